import type {
  InputBlock,
  KnownBlock,
  ModalView,
  MultiExternalSelect,
  MultiStaticSelect,
  PlainTextOption,
  StaticSelect,
} from '@slack/types'
import { BOOKING_REASONS, BOOKING_TYPES } from '../../../core/booking/booking.ts'
import { LONGEST } from '../../../core/booking/check-request.ts'
import type { TripWindow } from '../../../core/booking/trip-window.ts'
import { REASON_WORDS, TYPE_WORDS } from '../../view-models/booking-words.ts'
import { clipped } from '../../view-models/clipped.ts'
import {
  ANY_CAR,
  ANY_CAR_WORDS,
  type CarChoice,
  MOST_PASSENGERS,
  type PersonChoice,
} from '../../view-models/request-form.ts'
import { LIMITS } from '../limits.ts'
import { escaped, mrkdwn, plain } from '../mrkdwn.ts'

export const REQUEST_BOOKING = 'request_booking'
/** Departure, return or passengers changed: the list of cars is drawn anew. */
export const FORM_CHANGED = 'request_form_changed'
export const PEOPLE_OPTIONS = 'people_options'

/** The fields by the first part of their block ids; the rest is the revision, for Slack keeps what was typed in a block. */
export const FIELDS = [
  'departure',
  'return',
  'passengers',
  'car',
  'destination',
  'type',
  'reason',
  'details',
  'drivers',
  'companions',
  'other_companions',
] as const
export type Field = (typeof FIELDS)[number]

/** What the form carries with it. None of it is believed for authority. */
export interface FormMetadata {
  /** The same form, sent twice, makes one booking. */
  requestKey: string
  /** The window the cars were listed for, as epoch seconds. */
  window: [number, number]
  /** Grow when the form sets a value itself, in place of what was chosen. */
  revisions: { return: number; car: number }
}

export interface RequestForm {
  metadata: FormMetadata
  window: TripWindow
  passengers: number
  cars: CarChoice[]
  /** Null: any suitable car. */
  vehicleId: string | null
  requester: PersonChoice
  /** Everybody, or null when they are too many for a list and have to be searched. */
  people: PersonChoice[] | null
  /** Whether there are cars, and what the form did on its own account. Plain text. */
  note: string | null
}

/** The form behind `/book-car`. Only the needed is required, and everything that can be has a sensible first value. */
export function requestBookingModal(form: RequestForm): ModalView {
  return {
    type: 'modal',
    callback_id: REQUEST_BOOKING,
    title: plain('Book a car'),
    submit: plain('Request car'),
    close: plain('Close'),
    private_metadata: JSON.stringify(form.metadata),
    blocks: [
      ...tripBlocks(form),
      ...carBlocks(form),
      textInput('destination', 'Destination', { placeholder: 'Where to?' }),
      select(
        'type',
        'Type',
        BOOKING_TYPES.map((type) => option(TYPE_WORDS[type], type)),
      ),
      select(
        'reason',
        'Reason',
        BOOKING_REASONS.map((reason) => option(REASON_WORDS[reason], reason)),
      ),
      textInput('details', 'Details', {
        optional: true,
        multiline: true,
        placeholder: 'What the approvers should know',
      }),
      peopleInput('drivers', 'Drivers', form, [form.requester]),
      peopleInput('companions', 'Companions', form, []),
      textInput('other_companions', 'Other companions', {
        optional: true,
        placeholder: 'Names, separated by commas',
        hint: 'People who are not in the company directory.',
      }),
    ],
  }
}

function tripBlocks({ window, passengers, metadata }: RequestForm): KnownBlock[] {
  const time = (field: Field, label: string, at: Date, revision: number): InputBlock => ({
    ...input(field, label, revision),
    dispatch_action: true,
    element: { type: 'datetimepicker', action_id: FORM_CHANGED, initial_date_time: Math.floor(+at / 1000) },
  })
  return [
    time('departure', 'Departure', window.startsAt, 0),
    time('return', 'Return', window.endsAt, metadata.revisions.return),
    {
      ...input('passengers', 'Passengers', 0),
      dispatch_action: true,
      hint: plain('Everybody aboard, drivers included.'),
      element: {
        type: 'number_input',
        action_id: FORM_CHANGED,
        is_decimal_allowed: false,
        initial_value: String(passengers),
        min_value: '1',
        max_value: String(MOST_PASSENGERS),
        dispatch_action_config: { trigger_actions_on: ['on_character_entered', 'on_enter_pressed'] },
      },
    },
  ]
}

function carBlocks({ cars, vehicleId, note, metadata }: RequestForm): KnownBlock[] {
  const any = option(ANY_CAR_WORDS, ANY_CAR)
  const choice = cars.find((car) => car.vehicleId === vehicleId)
  const chosen = choice ? carOption(choice) : any
  return [
    {
      ...input('car', 'Car', metadata.revisions.car),
      element: { type: 'static_select', action_id: 'car', ...carOptions(any, cars), initial_option: chosen },
    },
    ...(note
      ? [{ type: 'context' as const, block_id: 'note', elements: [mrkdwn(`:information_source: ${escaped(note)}`)] }]
      : []),
  ]
}

/** A list takes 100; a bigger fleet stands in groups by site, which Slack's own search goes through. */
function carOptions(any: PlainTextOption, cars: CarChoice[]): Pick<StaticSelect, 'options' | 'option_groups'> {
  if (cars.length < LIMITS.options) return { options: [any, ...cars.map(carOption)] }
  const sites = [...new Set(cars.map((car) => car.siteName))]
  const groups = sites.flatMap((siteName) => {
    const there = cars.filter((car) => car.siteName === siteName)
    const parts = Math.ceil(there.length / LIMITS.options)
    return Array.from({ length: parts }, (_, part) => ({
      label: plain(clipped(parts > 1 ? `${siteName} (${part + 1} of ${parts})` : siteName, LIMITS.optionText)),
      options: there.slice(part * LIMITS.options, (part + 1) * LIMITS.options).map(carOption),
    }))
  })
  return { option_groups: [{ label: plain('All sites'), options: [any] }, ...groups].slice(0, LIMITS.options) }
}

function carOption(car: CarChoice): PlainTextOption {
  return option(car.label, car.vehicleId)
}

function peopleInput(field: Field, label: string, { people }: RequestForm, initial: PersonChoice[]): InputBlock {
  const chosen = initial.map(personOption)
  const shared = {
    action_id: PEOPLE_OPTIONS,
    placeholder: plain('Choose colleagues'),
    ...(chosen.length > 0 && { initial_options: chosen }),
  }
  const element: MultiStaticSelect | MultiExternalSelect = people
    ? { type: 'multi_static_select', ...shared, options: people.map(personOption) }
    : { type: 'multi_external_select', ...shared, min_query_length: 1 }
  return { ...input(field, label, 0), optional: true, element }
}

export function personOption({ personId, label }: PersonChoice): PlainTextOption {
  return option(label, personId)
}

function select(
  field: Field,
  label: string,
  options: [PlainTextOption, ...PlainTextOption[]] | PlainTextOption[],
): InputBlock {
  const [first] = options
  return {
    ...input(field, label, 0),
    element: { type: 'static_select', action_id: field, options, initial_option: first },
  }
}

function textInput(
  field: Extract<Field, 'destination' | 'details' | 'other_companions'>,
  label: string,
  {
    optional = false,
    multiline = false,
    placeholder,
    hint,
  }: { optional?: boolean; multiline?: boolean; placeholder: string; hint?: string },
): InputBlock {
  const most = field === 'other_companions' ? LIMITS.inputText : LONGEST[field]
  return {
    ...input(field, label, 0),
    optional,
    ...(hint && { hint: plain(hint) }),
    element: {
      type: 'plain_text_input',
      action_id: field,
      multiline,
      max_length: most,
      placeholder: plain(placeholder),
    },
  }
}

function input(field: Field, label: string, revision: number) {
  return { type: 'input' as const, block_id: `${field}.${revision}`, label: plain(label) }
}

function option(label: string, value: string): PlainTextOption {
  return { text: plain(clipped(label, LIMITS.optionText)), value }
}
