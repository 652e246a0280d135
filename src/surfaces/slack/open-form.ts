import type { ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import { type Person, readerZone } from '../../core/people/person.ts'
import {
  biggestCar,
  carChoices,
  noCarWords,
  type PersonChoice,
  personChoice,
  personChoices,
  suggestedWindow,
} from '../view-models/request-form.ts'
import { UNIDENTIFIED_WORDS } from '../view-models/unidentified-words.ts'
import { answerWithin, TOO_LATE } from './answer-within.ts'
import { type Actor, identify } from './identify.ts'
import { LIMITS } from './limits.ts'
import { escaped } from './mrkdwn.ts'
import type { SlackDeps } from './slack-deps.ts'
import type { SlackMessage } from './views/booking-card-message.ts'
import { loadingModal, noticeModal, openFormMessage } from './views/notice-modal.ts'
import { requestBookingModal } from './views/request-booking-modal.ts'

export interface FormOpening {
  client: WebClient
  actor: Actor
  /** Good for 3 s, once. https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
  triggerId: string
  /** Says something to this person alone, where they are. */
  tell(message: SlackMessage): Promise<unknown>
}

/** A form that is not ready by then opens as "one moment", so that the trigger is not lost. Milliseconds. */
const READY_WITHIN = 800
const TITLE = 'Book a car'
const SORRY = 'Motorpool cannot look up its cars right now. Nothing was booked; please try again in a minute.'

/** Opens the request form for whoever asks; somebody we do not know is told so instead. */
export async function openRequestForm(deps: SlackDeps, opening: FormOpening): Promise<void> {
  const { client, tell, triggerId } = opening
  const preparing = prepare(deps, opening.actor)
  const ready = await answerWithin(READY_WITHIN, preparing)
  if (ready !== TOO_LATE && typeof ready === 'string') {
    await tell({ text: escaped(ready), blocks: [] })
    return
  }
  try {
    const view = ready === TOO_LATE ? loadingModal() : ready
    const { view: opened } = await client.views.open({ trigger_id: triggerId, view })
    if (ready !== TOO_LATE || !opened?.id) return
    const late = await preparing
    await client.views.update({
      view_id: opened.id,
      view: typeof late === 'string' ? noticeModal(TITLE, late) : late,
    })
  } catch (error) {
    deps.log.error({ err: error }, 'The form could not be opened')
    await tell(openFormMessage())
  } finally {
    await preparing
  }
}

/** The form, or why this person gets none. Never throws. */
async function prepare(deps: SlackDeps, actor: Actor): Promise<ModalView | string> {
  try {
    const person = await identify(deps, actor)
    return typeof person === 'string' ? UNIDENTIFIED_WORDS[person] : await newForm(deps, person)
  } catch (error) {
    deps.log.error({ err: error }, 'The form could not be prepared')
    return SORRY
  }
}

async function newForm(deps: SlackDeps, person: Person): Promise<ModalView> {
  const window = suggestedWindow(deps.core.now(), readerZone(person))
  const [free, colleagues] = await Promise.all([deps.choices.freeVehicles(window, 1), peopleToChoose(deps, person)])
  return requestBookingModal({
    metadata: { requestKey: crypto.randomUUID(), window: epochSeconds(window), revisions: { return: 0, car: 0 } },
    window,
    passengers: 1,
    cars: carChoices(free, person.site.id),
    vehicleId: null,
    ...colleagues,
    note: free.length === 0 ? noCarWords(1, await biggestCar(deps.overview, window)) : null,
  })
}

/** The requester as they stand in the list, which is null where everybody is too many for one. */
export async function peopleToChoose(
  { choices }: SlackDeps,
  person: Person,
): Promise<{ requester: PersonChoice; people: PersonChoice[] | null }> {
  const everybody = await choices.everybody(LIMITS.options)
  const people = everybody && personChoices(everybody)
  // Slack takes a first choice only as the very option of the list.
  const requester = people?.find(({ personId }) => personId === person.id) ?? personChoice(person)
  return { requester, people }
}

export function epochSeconds(window: { startsAt: Date; endsAt: Date }): [number, number] {
  return [Math.floor(+window.startsAt / 1000), Math.floor(+window.endsAt / 1000)]
}
