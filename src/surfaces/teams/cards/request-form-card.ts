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
import { NAMES_HINT } from '../../view-models/typed-names.ts'
import type { AdaptiveCard, ChoiceSetInput, ColumnSet, Element } from './adaptive-card.ts'
import { execute, row } from './booking-actions.ts'
import { type FormAbout, formData } from './form-about.ts'
import { bytesOf, LIMITS } from './limits.ts'
import { card, error, heading, line, under } from './parts.ts'
import type { FormFields, FormInput } from './request-form-fields.ts'
import { choiceInput, choosablePeople, momentInput, peopleInput, sideBySide, textInput } from './request-form-inputs.ts'

export const FORM_REFRESH = 'form.refresh'
export const FORM_SUBMIT = 'form.submit'
export const FORM_SAVE = 'form.save'

export interface RequestFormModel {
  about: FormAbout
  title: string
  /** What there is to know before it is filled in. */
  lines: string[]
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
  /** That it was put aside just now. */
  saved: string | null
}

/** How much of a line above the form is shown, in characters: what an approver asks for is read whole, where it fits. */
const LINE = 1300
const BRIEF_LINE = 250

/**
 * The form behind `book`, and the same for changing what was booked. A client checks every required input before it sends
 * any button, so none is: free cars are shown, and a draft is saved, from a form that is half filled, and what a request
 * lacks is said at its field when it is sent.
 * https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/input-validation
 */
export function requestFormCard(form: RequestFormModel): AdaptiveCard {
  const whole = { ...form, lines: form.lines.map((text) => clipped(text, LINE)) }
  const cars = fittingCars(whole)
  const card = drawn(whole, cars)
  if (bytesOf(card) <= LIMITS.card) return card
  // What is said above stands on the booking's card as well; what was typed stands only here.
  const brief = { ...form, lines: form.lines.map((text) => clipped(text, BRIEF_LINE)) }
  return drawn(brief, fittingCars(brief))
}

function drawn(form: RequestFormModel, cars: CarChoice[]): AdaptiveCard {
  const { about, title, lines, saved } = form
  const data = formData(about)
  return card(
    title,
    [
      heading(title),
      ...lines.map((text) => line(text)),
      ...tripInputs(form),
      row([execute(FORM_REFRESH, 'Show free cars', data)]),
      ...carInputs(form, cars),
      ...aboutInputs(form),
      ...peopleInputs(form),
      ...(saved === null ? [] : [line(`✅ ${saved}`)]),
    ],
    about.kind === 'change'
      ? [execute(FORM_SUBMIT, 'Send change', data, { style: 'positive' })]
      : [execute(FORM_SUBMIT, 'Request car', data, { style: 'positive' }), execute(FORM_SAVE, 'Save as draft', data)],
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
  const more = left === 1 ? '1 more car is' : `${left} more cars are`
  return `${more} free than this list has room for. “${ANY_CAR_WORDS}” takes the best one of your site.`
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
      { maxLength: LIMITS.otherNames, placeholder: NAMES_HINT },
    ),
    ...error(errors.other_companions),
  ]
}
