import type {
  ActionsBlock,
  InputBlock,
  KnownBlock,
  MultiExternalSelect,
  MultiStaticSelect,
  PlainTextOption,
  StaticSelect,
} from '@slack/types'
import { LONGEST } from '../../../core/booking/check-request.ts'
import type { TripWindow } from '../../../core/booking/trip-window.ts'
import { clipped, wholeCharacters } from '../../view-models/clipped.ts'
import type { FormFill } from '../../view-models/form-fill.ts'
import {
  ANY_CAR,
  ANY_CAR_WORDS,
  type CarChoice,
  MOST_PASSENGERS,
  type PersonChoice,
} from '../../view-models/request-form.ts'
import { LIMITS } from '../limits.ts'
import { escaped, mrkdwn, plain } from '../mrkdwn.ts'

/** Departure, return or passengers changed: the list of cars is drawn anew. */
export const FORM_CHANGED = 'request_form_changed'
export const PEOPLE_OPTIONS = 'people_options'
export const SAVE_DRAFT = 'draft_save'

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

/** What stands in the fields, with people as they stand in their list. */
export type ShownFill = Omit<FormFill, 'drivers' | 'companions'> & {
  drivers: PersonChoice[]
  companions: PersonChoice[]
}

export function windowInputs({ startsAt, endsAt }: TripWindow, returnRevision: number): InputBlock[] {
  return [timeInput('departure', 'Departure', startsAt, 0), timeInput('return', 'Return', endsAt, returnRevision)]
}

function timeInput(field: Field, label: string, at: Date, revision: number): InputBlock {
  return {
    ...input(field, label, revision),
    dispatch_action: true,
    element: { type: 'datetimepicker', action_id: FORM_CHANGED, initial_date_time: Math.floor(+at / 1000) },
  }
}

export function passengersInput(typed: string): InputBlock {
  const isNumber = /^[1-9]\d?$/.test(typed)
  return {
    ...input('passengers', 'Passengers', 0),
    dispatch_action: true,
    hint: plain('Everybody aboard, drivers included.'),
    element: {
      type: 'number_input',
      action_id: FORM_CHANGED,
      is_decimal_allowed: false,
      ...(isNumber && { initial_value: typed }),
      min_value: '1',
      max_value: String(MOST_PASSENGERS),
      dispatch_action_config: { trigger_actions_on: ['on_character_entered', 'on_enter_pressed'] },
    },
  }
}

export function carInput(cars: CarChoice[], vehicleId: string | null, revision: number): InputBlock {
  const any = option(ANY_CAR_WORDS, ANY_CAR)
  const choice = cars.find((car) => car.vehicleId === vehicleId)
  const chosen = choice ? carOption(choice) : any
  return {
    ...input('car', 'Car', revision),
    element: { type: 'static_select', action_id: 'car', ...carOptions(any, cars), initial_option: chosen },
  }
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

/** `people`: everybody, or null when they are too many for a list and have to be searched. */
export function peopleInput(
  field: Field,
  label: string,
  people: PersonChoice[] | null,
  chosen: PersonChoice[],
): InputBlock {
  const shared = {
    action_id: PEOPLE_OPTIONS,
    placeholder: plain('Choose colleagues'),
    ...(chosen.length > 0 && { initial_options: chosen.map(personOption) }),
  }
  const element: MultiStaticSelect | MultiExternalSelect = people
    ? { type: 'multi_static_select', ...shared, options: people.map(personOption) }
    : { type: 'multi_external_select', ...shared, min_query_length: 1 }
  return { ...input(field, label, 0), optional: true, element }
}

export function personOption({ personId, label }: PersonChoice): PlainTextOption {
  return option(label, personId)
}

export function selectInput<Value extends string>(
  field: Field,
  label: string,
  words: Record<Value, string>,
  chosen: Value,
): InputBlock {
  const values = Object.keys(words) as Value[]
  return {
    ...input(field, label, 0),
    element: {
      type: 'static_select',
      action_id: field,
      options: values.map((value) => option(words[value], value)),
      initial_option: option(words[chosen], chosen),
    },
  }
}

export function textInput(
  field: Extract<Field, 'destination' | 'details' | 'other_companions'>,
  label: string,
  {
    typed,
    optional = false,
    multiline = false,
    placeholder,
    hint,
  }: { typed: string; optional?: boolean; multiline?: boolean; placeholder: string; hint?: string },
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
      ...(typed !== '' && { initial_value: typed.slice(0, wholeCharacters(typed, most)) }),
      placeholder: plain(placeholder),
    },
  }
}

/** Puts the form aside; above it, where whoever presses looks, what became of that. Plain text. */
export function draftBlocks(line: string | null): KnownBlock[] {
  const button: ActionsBlock = {
    type: 'actions',
    block_id: 'draft',
    elements: [{ type: 'button', action_id: SAVE_DRAFT, text: plain('Save as draft') }],
  }
  return line === null
    ? [button]
    : [{ type: 'context', block_id: 'draft_saved', elements: [mrkdwn(escaped(line))] }, button]
}

function input(field: Field, label: string, revision: number) {
  return { type: 'input' as const, block_id: `${field}.${revision}`, label: plain(label) }
}

function option(label: string, value: string): PlainTextOption {
  return { text: plain(clipped(label, LIMITS.optionText)), value }
}
