import type { KnownBlock, ModalView } from '@slack/types'
import { REASON_WORDS, TYPE_WORDS } from '../../view-models/booking-words.ts'
import type { CarChoice, PersonChoice } from '../../view-models/request-form.ts'
import { NAMES_HINT } from '../../view-models/typed-names.ts'
import { escaped, mrkdwn, plain, sections } from '../mrkdwn.ts'
import {
  carInput,
  draftBlocks,
  passengersInput,
  peopleInput,
  type ShownFill,
  selectInput,
  textInput,
  windowInputs,
} from './form-inputs.ts'
import type { ListPlace } from './list-blocks.ts'

export const REQUEST_BOOKING = 'request_booking'
export const CHANGE_BOOKING = 'change_booking'

/** What the form carries with it. None of it is believed for authority. */
export interface FormMetadata {
  /** The same form, sent twice, makes one booking. */
  requestKey: string
  /** The window the cars were listed for, as epoch seconds. */
  window: [number, number]
  /** Grow when the form sets a value itself, in place of what was chosen. */
  revisions: { return: number; car: number }
  /** The booking that it changes, and the list it was opened from; null: it asks for a new one. */
  changes: { bookingId: string; list: ListPlace | null } | null
  /** When it was put aside as a draft, in epoch milliseconds; null: it was not. */
  savedAt: number | null
}

export interface RequestForm {
  metadata: FormMetadata
  title: string
  /** What there is to know before anything is filled in. Plain text. */
  above: string[]
  fill: ShownFill
  cars: CarChoice[]
  /** Everybody, or null when they are too many for a list and have to be searched. */
  people: PersonChoice[] | null
  /** Whether there are cars, and what the form did on its own account. Plain text. */
  note: string | null
  /** What became of saving it as a draft. Plain text. */
  draftLine: string | null
}

/** The form behind `/book-car`, or to change a booking. Only the needed is required, and everything that can be has a sensible first value. */
export function requestBookingModal(form: RequestForm): ModalView {
  const { metadata, title, above, draftLine } = form
  const isChange = metadata.changes !== null
  return {
    type: 'modal',
    callback_id: isChange ? CHANGE_BOOKING : REQUEST_BOOKING,
    title: plain(title),
    submit: plain(isChange ? 'Send' : 'Request car'),
    close: plain('Close'),
    private_metadata: JSON.stringify(metadata),
    blocks: [
      ...above.flatMap((line) => sections(escaped(line))),
      ...tripBlocks(form),
      ...aboutBlocks(form),
      ...(isChange ? [] : draftBlocks(draftLine)),
    ],
  }
}

function tripBlocks({ metadata: { revisions }, fill, cars, note }: RequestForm): KnownBlock[] {
  return [
    ...windowInputs(fill.window, revisions.return),
    passengersInput(fill.passengers),
    carInput(cars, fill.vehicleId, revisions.car),
    ...(note
      ? [{ type: 'context' as const, block_id: 'note', elements: [mrkdwn(`:information_source: ${escaped(note)}`)] }]
      : []),
  ]
}

function aboutBlocks({ fill, people }: RequestForm): KnownBlock[] {
  return [
    textInput('destination', 'Destination', { typed: fill.destination, placeholder: 'Where to?' }),
    selectInput('type', 'Type', TYPE_WORDS, fill.type),
    selectInput('reason', 'Reason', REASON_WORDS, fill.reason),
    textInput('details', 'Details', {
      typed: fill.details,
      optional: true,
      multiline: true,
      placeholder: 'What the approvers should know',
    }),
    peopleInput('drivers', 'Drivers', people, fill.drivers),
    peopleInput('companions', 'Companions', people, fill.companions),
    textInput('other_companions', 'Other companions', {
      typed: fill.otherCompanions,
      optional: true,
      placeholder: 'Names, separated by semicolons',
      hint: `People who are not in the company directory. ${NAMES_HINT}`,
    }),
  ]
}
