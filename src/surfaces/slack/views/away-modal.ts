import type { ExternalSelect, InputBlock, KnownBlock, ModalView, StaticSelect } from '@slack/types'
import type { TripWindow } from '../../../core/booking/trip-window.ts'
import { AWAY_WORDS } from '../../view-models/away-words.ts'
import type { PersonChoice } from '../../view-models/request-form.ts'
import { escaped, plain, sections } from '../mrkdwn.ts'
import { PEOPLE_OPTIONS, personOption } from './form-inputs.ts'
import { END_ABSENCE } from './home-own-blocks.ts'

export const AWAY = 'away'

/** The fields, each in a block of its name. */
export type AwayField = 'from' | 'until' | 'stand_in'

export interface AwayForm {
  /** What is set already, and the word of the button that ends it; null: nothing is. */
  set: { text: string; end: string } | null
  window: TripWindow
  standIn: PersonChoice | null
  /** Whom one may choose, or null when they are too many for a list and have to be searched. */
  people: PersonChoice[] | null
}

/** From when until when somebody is away, and who stands in for them. */
export function awayModal({ set, window, standIn, people }: AwayForm): ModalView {
  return {
    type: 'modal',
    callback_id: AWAY,
    title: plain(AWAY_WORDS.title),
    submit: plain(AWAY_WORDS.submit),
    close: plain('Close'),
    blocks: [
      ...(set ? setBlocks(set) : []),
      ...sections(escaped(AWAY_WORDS.what)),
      timeInput('from', AWAY_WORDS.from, window.startsAt),
      timeInput('until', AWAY_WORDS.until, window.endsAt),
      {
        type: 'input',
        block_id: 'stand_in',
        label: plain(AWAY_WORDS.standIn),
        element: standInSelect(people, standIn),
      },
    ],
  }
}

function setBlocks({ text, end }: NonNullable<AwayForm['set']>): KnownBlock[] {
  return [
    ...sections(`*${escaped(text)}*`),
    { type: 'actions', elements: [{ type: 'button', action_id: END_ABSENCE, text: plain(end) }] },
    { type: 'divider' },
  ]
}

function timeInput(field: AwayField, label: string, at: Date): InputBlock {
  return {
    type: 'input',
    block_id: field,
    label: plain(label),
    element: { type: 'datetimepicker', action_id: field, initial_date_time: Math.floor(+at / 1000) },
  }
}

function standInSelect(people: PersonChoice[] | null, chosen: PersonChoice | null): StaticSelect | ExternalSelect {
  const initial = people && chosen ? people.find(({ personId }) => personId === chosen.personId) : chosen
  const shared = {
    action_id: PEOPLE_OPTIONS,
    placeholder: plain('Choose a colleague'),
    ...(initial && { initial_option: personOption(initial) }),
  }
  return people && people.length > 0
    ? { type: 'static_select', ...shared, options: people.map(personOption) }
    : { type: 'external_select', ...shared, min_query_length: 1 }
}
