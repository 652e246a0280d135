import { z } from 'zod'
import { BOOKING_REASONS, BOOKING_TYPES } from '../../core/booking/booking.ts'
import type { TripForm } from '../../core/booking/check-trip.ts'
import type { DraftForm } from '../../core/booking/draft.ts'
import type { RequestBooking } from '../../core/booking/request-booking.ts'
import { cleanText } from '../../core/text/clean-text.ts'
import { ANY_CAR, type CarChoice, type PersonChoice } from '../view-models/request-form.ts'
import { typedNames } from '../view-models/typed-names.ts'
import { ListPlaceSchema } from './list-place.ts'
import { readMetadata, readPart } from './unreadable-form.ts'
import { FIELDS, type Field } from './views/form-inputs.ts'
import type { FormMetadata } from './views/request-booking-modal.ts'

const OptionSchema = z.object({ value: z.string(), text: z.object({ text: z.string() }) })
/** The state of one element, whatever its type. https://docs.slack.dev/reference/views#view_state */
const ElementSchema = z.object({
  value: z.string().nullish(),
  selected_option: OptionSchema.nullish(),
  selected_options: z.array(OptionSchema).nullish(),
  selected_date_time: z.number().nullish(),
})
type Element = z.infer<typeof ElementSchema>
const ValuesSchema = z.record(z.string(), z.record(z.string(), ElementSchema))
const UUID = '[\\da-f]{8}(?:-[\\da-f]{4}){3}-[\\da-f]{12}'
/** A form that was put aside in Teams names the person before its own key. */
const RequestKeySchema = z.string().regex(new RegExp(`^${UUID}(?: ${UUID})?$`, 'i'))
const MetadataSchema = z.object({
  requestKey: z.string().min(1).max(1000),
  window: z.tuple([z.number(), z.number()]),
  revisions: z.object({ return: z.number(), car: z.number() }),
  changes: z.object({ bookingId: z.uuid(), list: ListPlaceSchema }).nullable().default(null),
  savedAt: z.number().nullable().default(null),
}) satisfies z.ZodType<FormMetadata>

export interface FormState {
  metadata: FormMetadata
  element(field: Field): Element
  /** The block a field stands in now, for errors. */
  blockId(field: Field): string
}

/** Returns the form as it was sent: what is in which field. @throws UnreadableForm when it is none of ours */
export function readForm(view: { private_metadata: string; state: { values: unknown } }): FormState {
  const metadata = readMetadata(MetadataSchema, view)
  if (metadata.changes === null) readPart(RequestKeySchema, metadata.requestKey, 'requestKey')
  const values = readPart(ValuesSchema, view.state.values, 'values')
  const blocks = new Map(
    Object.entries(values).flatMap(([blockId, actions]) => {
      const field = FIELDS.find((name) => blockId.startsWith(`${name}.`))
      const [element] = Object.values(actions)
      return field && element ? [[field, { blockId, element }] as const] : []
    }),
  )
  return {
    metadata,
    element: (field) => blocks.get(field)?.element ?? {},
    blockId: (field) => blocks.get(field)?.blockId ?? `${field}.0`,
  }
}

/** Null where a time is missing. Epoch seconds. */
export function chosenTime(form: FormState, field: 'departure' | 'return'): number | null {
  return form.element(field).selected_date_time ?? null
}

/** NaN where what was typed is no whole number. */
export function chosenPassengers(form: FormState): number {
  const typed = typedText(form, 'passengers')
  return /^\d{1,3}$/.test(typed) ? Number(typed) : Number.NaN
}

/** Null: any suitable car. */
export function chosenVehicle(form: FormState): string | null {
  const value = form.element('car').selected_option?.value ?? ANY_CAR
  return value === ANY_CAR ? null : value
}

/** The same as it stood in the list. */
export function chosenCar(form: FormState): CarChoice | null {
  const vehicleId = chosenVehicle(form)
  const label = form.element('car').selected_option?.text.text ?? ''
  return vehicleId === null ? null : { vehicleId, siteName: '', label }
}

/** Colleagues as they stood in the list. */
export function chosenPeople(form: FormState, field: 'drivers' | 'companions'): PersonChoice[] {
  const options = form.element(field).selected_options ?? []
  return options.map(({ value, text }) => ({ personId: value, label: text.text }))
}

/** Undefined where nothing that we know is chosen. */
export function chosenType(form: FormState) {
  return BOOKING_TYPES.find((type) => type === form.element('type').selected_option?.value)
}

/** Undefined where nothing that we know is chosen. */
export function chosenReason(form: FormState) {
  return BOOKING_REASONS.find((reason) => reason === form.element('reason').selected_option?.value)
}

/** What was typed into a field, made storable and showable. */
export function typedText(form: FormState, field: 'passengers' | 'destination' | 'details' | 'other_companions') {
  return cleanText(form.element(field).value ?? '', { lines: true })
}

/** The companions who are typed by name, as they were typed. */
export function typedCompanions(form: FormState): string[] {
  return typedNames(typedText(form, 'other_companions'))
}

const IdSchema = z.uuid()
const ids = (element: Element, field: Field) =>
  (element.selected_options ?? []).map(({ value }) => readPart(IdSchema, value, field))

/** The field in which this person is chosen. */
export function fieldNaming(form: FormState, personId: string): Field {
  const isDriver = form.element('drivers').selected_options?.some(({ value }) => value === personId)
  return isDriver ? 'drivers' : 'companions'
}

/**
 * Returns the trip that a form asks for. A missing time becomes an invalid date, which core refuses.
 * @throws UnreadableForm
 */
export function tripFrom(form: FormState): TripForm {
  const vehicleId = chosenVehicle(form)
  const at = (field: 'departure' | 'return') => new Date((chosenTime(form, field) ?? Number.NaN) * 1000)
  return {
    window: { startsAt: at('departure'), endsAt: at('return') },
    passengers: chosenPassengers(form),
    vehicleId: vehicleId === null ? null : readPart(IdSchema, vehicleId, 'car'),
    destination: typedText(form, 'destination'),
    type: readPart(z.enum(BOOKING_TYPES), chosenType(form), 'type'),
    reason: readPart(z.enum(BOOKING_REASONS), chosenReason(form), 'reason'),
    details: typedText(form, 'details'),
    driverIds: ids(form.element('drivers'), 'drivers'),
    companionIds: ids(form.element('companions'), 'companions'),
    otherCompanions: typedCompanions(form),
  }
}

/** The request that a form makes for this person. */
export function requestFrom(form: FormState, requesterId: string): RequestBooking {
  return { ...tripFrom(form), requestKey: form.metadata.requestKey, requesterId }
}

/** The form as it stands, with nothing checked: what is missing was not filled in. */
export function draftFrom(form: FormState): DraftForm {
  const starts = chosenTime(form, 'departure')
  const ends = chosenTime(form, 'return')
  const type = chosenType(form)
  const reason = chosenReason(form)
  return {
    ...(starts !== null && { starts: { at: new Date(starts * 1000) } }),
    ...(ends !== null && { ends: { at: new Date(ends * 1000) } }),
    passengers: typedText(form, 'passengers'),
    vehicleId: chosenVehicle(form),
    destination: typedText(form, 'destination'),
    ...(type && { type }),
    ...(reason && { reason }),
    details: typedText(form, 'details'),
    driverIds: chosenPeople(form, 'drivers').map(({ personId }) => personId),
    companionIds: chosenPeople(form, 'companions').map(({ personId }) => personId),
    otherCompanions: typedText(form, 'other_companions'),
  }
}
