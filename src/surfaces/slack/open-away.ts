import type { ModalView } from '@slack/types'
import { type Person, readerZone } from '../../core/people/person.ts'
import { AWAY_WORDS, readAway, suggestedAbsence } from '../view-models/away-words.ts'
import { personChoice } from '../view-models/request-form.ts'
import { peopleToChoose } from './draw-form.ts'
import { type FormOpening, openPrepared } from './open-form.ts'
import type { SlackDeps } from './slack-deps.ts'
import { awayModal } from './views/away-modal.ts'
import { OPEN_AWAY } from './views/home-own-blocks.ts'

const SORRY = 'Motorpool cannot look that up right now. Nothing was changed; please try again in a minute.'

/** Opens the form in which somebody says that they are away; it shows what they said before. */
export function openAway(deps: SlackDeps, opening: FormOpening): Promise<void> {
  return openPrepared(deps, opening, {
    title: AWAY_WORDS.title,
    prepare: (person) => awayForm(deps, person),
    sorry: SORRY,
    again: { actionId: OPEN_AWAY },
  })
}

async function awayForm(deps: SlackDeps, person: Person): Promise<ModalView> {
  const { core, absences, overview } = deps
  const [everybody, { own }] = await Promise.all([
    peopleToChoose(deps),
    readAway({ ...core, absences, overview }, person),
  ])
  return awayModal({
    set: own && { text: own.text, end: own.isAway ? AWAY_WORDS.back : AWAY_WORDS.stay },
    window: own ? own.absence : suggestedAbsence(core.now(), readerZone(person)),
    standIn: own && personChoice(own.absence.standIn),
    people: everybody?.filter(({ personId }) => personId !== person.id) ?? null,
  })
}
