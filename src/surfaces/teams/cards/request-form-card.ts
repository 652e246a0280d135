import { BOOKING_REASONS, BOOKING_TYPES } from '../../../core/booking/booking.ts'
import { LONGEST } from '../../../core/booking/check-request.ts'
import { REASON_WORDS, TYPE_WORDS } from '../../view-models/booking-words.ts'
import { clipped } from '../../view-models/clipped.ts'
import type { FormField } from '../../view-models/refusal-words.ts'
import {
  ANY_CAR,
  ANY_CAR_WORDS,
  type CarChoice,
  MOST_PASSENGERS,
  type PersonChoice,
} from '../../view-models/request-form.ts'
import type { AdaptiveCard, ChoiceSetInput, ColumnSet, Element, Input } from './adaptive-card.ts'
import { execute, row } from './booking-actions.ts'
import { bytesOf, LIMITS } from './limits.ts'
import { card, heading, under } from './parts.ts'
import type { FormFields, FormInput } from './request-form-fields.ts'
import { choiceInput, choosablePeople, momentInput, peopleInput, textInput } from './request-form-inputs.ts'

export const FORM_REFRESH = 'form.refresh'
export const FORM_SUBMIT = 'form.submit'

export interface RequestFormModel {
  /** The same form, sent twice, makes one booking. */
  requestKey: string
  fields: FormFields
  /** Those that are free in the window, best first. */
  cars: CarChoice[]
  /** Everybody, or null when they are too many for a list. */
  people: PersonChoice[] | null
  /** What is wrong, at its field. */
  errors: Partial<Record<FormField, string>>
  /** What the form did on its own account, in one line. */
  remark: string | null
  /** In which zone its times are, where that is not plain. */
  zoneNote: string | null
}

const TITLE = 'Book a car'

/**
 * The form behind `book`. A client checks every required input before it sends any button, so only what is filled in from
 * the start is required there: "Show free cars" works before there is a destination, whose lack core refuses.
 * https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/input-validation
 */
export function requestFormCard(form: RequestFormModel): AdaptiveCard {
  return drawn(form, fittingCars(form))
}

function drawn(form: RequestFormModel, cars: CarChoice[]): AdaptiveCard {
  const data = { requestKey: form.requestKey }
  return card(
    TITLE,
    [
      heading(TITLE),
      ...tripInputs(form),
      row([execute(FORM_REFRESH, 'Show free cars', data)]),
      ...carInputs(form, cars),
      ...aboutInputs(form),
      ...peopleInputs(form),
    ],
    [execute(FORM_SUBMIT, 'Request car', data, { style: 'positive' })],
  )
}

function tripInputs(form: RequestFormModel): Element[] {
  const { fields, errors, zoneNote } = form
  const value = fields.passengers.trim()
  return [
    moment('Departure', fields, 'departure_date', 'departure_time'),
    ...error(errors.departure),
    moment('Return', fields, 'return_date', 'return_time'),
    ...(zoneNote ? [under(zoneNote, { isSubtle: true })] : []),
    ...error(errors.return),
    {
      type: 'Input.Number',
      id: 'passengers',
      label: 'Passengers, drivers included',
      min: 1,
      max: MOST_PASSENGERS,
      isRequired: true,
      errorMessage: `A whole number from 1 to ${MOST_PASSENGERS}.`,
      ...(/^\d+$/.test(value) && { value: Number(value) }),
    },
    ...error(errors.passengers),
  ]
}

function moment(label: string, fields: FormFields, date: FormInput, time: FormInput): ColumnSet {
  return sideBySide(
    momentInput('Input.Date', { id: date, label, fields }),
    momentInput('Input.Time', { id: time, label: 'Time', fields }),
  )
}

/** Short enough for that on a phone as well. */
function sideBySide(...inputs: Input[]): ColumnSet {
  return { type: 'ColumnSet', columns: inputs.map((input) => ({ type: 'Column', width: 'stretch', items: [input] })) }
}

function carInputs({ fields, errors, remark, cars }: RequestFormModel, shown: CarChoice[]): Element[] {
  const choices = [{ title: ANY_CAR_WORDS, value: ANY_CAR }, ...shown.map(carChoice)]
  const left = cars.length - shown.length
  return [
    choiceInput({ id: 'car', label: 'Car', fields }, choices),
    ...(remark ? [under(`ℹ️ ${clipped(remark, LIMITS.notice)}`, { isSubtle: true })] : []),
    ...(left > 0 ? [under(moreCars(left), { isSubtle: true })] : []),
    ...error(errors.car),
  ]
}

/** Those that fit, the chosen one among them. */
function fittingCars(form: RequestFormModel): CarChoice[] {
  const { cars, fields } = form
  const chosen = cars.filter(({ vehicleId }) => vehicleId === fields.car)
  let room = LIMITS.card - bytesOf(drawn(form, chosen))
  const end = cars.findIndex((car) => {
    room -= bytesOf(carChoice(car)) + 1
    return room < 0
  })
  return end < 0 ? cars : [...new Set([...cars.slice(0, end), ...chosen])]
}

function moreCars(left: number): string {
  return `${left === 1 ? '1 more car is' : `${left} more cars are`} free, and may be taken as “${ANY_CAR_WORDS}”.`
}

function carChoice({ vehicleId, label }: CarChoice): ChoiceSetInput['choices'][number] {
  return { title: clipped(label, LIMITS.choice), value: vehicleId }
}

function aboutInputs({ fields, errors }: RequestFormModel): Element[] {
  return [
    textInput(
      { id: 'destination', label: 'Destination (required)', fields },
      { maxLength: LONGEST.destination, placeholder: 'Where to?' },
    ),
    ...error(errors.destination),
    sideBySide(
      choiceInput(
        { id: 'type', label: 'Type', fields },
        BOOKING_TYPES.map((value) => ({ title: TYPE_WORDS[value], value })),
      ),
      choiceInput(
        { id: 'reason', label: 'Reason', fields },
        BOOKING_REASONS.map((value) => ({ title: REASON_WORDS[value], value })),
      ),
    ),
    textInput(
      { id: 'details', label: 'Details', fields },
      { maxLength: LONGEST.details, isMultiline: true, placeholder: 'What the approvers should know' },
    ),
    ...error(errors.details),
  ]
}

function peopleInputs({ fields, errors, people }: RequestFormModel): Element[] {
  const choosable = choosablePeople(people)
  return [
    peopleInput({ id: 'drivers', label: 'Drivers', fields }, choosable),
    ...error(errors.drivers),
    peopleInput({ id: 'companions', label: 'Companions', fields }, choosable),
    ...error(errors.companions),
    textInput(
      { id: 'other_companions', label: 'Other companions, not in the directory', fields },
      { maxLength: LIMITS.otherNames, placeholder: 'Names, separated by commas' },
    ),
    ...error(errors.other_companions),
  ]
}

function error(words: string | undefined): Element[] {
  return words === undefined ? [] : [under(clipped(words, LIMITS.notice), { color: 'attention' })]
}
