import { z } from 'zod'
import { cleanText } from '../../../core/text/clean-text.ts'

/** The inputs of the request form, by their ids. */
export const FORM_INPUTS = [
  'departure_date',
  'departure_time',
  'return_date',
  'return_time',
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
export type FormInput = (typeof FORM_INPUTS)[number]

/** What stands in each input, as typed or as the value that was chosen; several values have commas between them. '' is empty. */
export type FormFields = Record<FormInput, string>

/** Some clients send numbers as numbers, and leave out what is empty. */
const Typed = z
  .union([z.string(), z.number().transform(String)])
  .catch('')
  .transform((typed) => cleanText(typed, { lines: true }))
const Fields = z.record(z.string(), z.unknown()).catch({})

/** What a press in the form sent along; nothing of it is checked yet. */
export function readFormFields(data: unknown): FormFields {
  const sent = Fields.parse(data)
  return Object.fromEntries(FORM_INPUTS.map((id) => [id, Typed.parse(sent[id])])) as FormFields
}
