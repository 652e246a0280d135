import { clipped } from '../../view-models/clipped.ts'
import type { PersonChoice } from '../../view-models/request-form.ts'
import type { ChoiceSetInput, DateInput, Input, TextInput } from './adaptive-card.ts'
import { bytesOf, LIMITS } from './limits.ts'
import type { FormFields, FormInput } from './request-form-fields.ts'

/** One input of the form, with what stood in it. */
interface Filled {
  id: FormInput
  label: string
  fields: FormFields
}

const FORM_OF = { 'Input.Date': /^\d{4}-\d{2}-\d{2}$/, 'Input.Time': /^\d{2}:\d{2}$/ }

export function momentInput(type: DateInput['type'], { id, label, fields }: Filled): DateInput {
  const value = fields[id]
  const what = type === 'Input.Date' ? 'a day' : 'a time'
  return {
    type,
    id,
    label,
    isRequired: true,
    errorMessage: `Please choose ${what}.`,
    ...(FORM_OF[type].test(value) && { value }),
  }
}

type TextMore = Pick<TextInput, 'maxLength'> & Partial<Pick<TextInput, 'placeholder' | 'isMultiline'>>

/** Only a client that ignores the limits sends more than fits. */
export function textInput({ id, label, fields }: Filled, more: TextMore): TextInput {
  const value = clipped(fields[id], more.maxLength)
  return { type: 'Input.Text', id, label, ...more, ...(value !== '' && { value }) }
}

export function choiceInput({ id, label, fields }: Filled, choices: ChoiceSetInput['choices']): ChoiceSetInput {
  const chosen = choices.find(({ value }) => value === fields[id]) ?? choices[0]
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    style: 'compact',
    isRequired: true,
    errorMessage: 'Please choose one.',
    choices,
    ...(chosen && { value: chosen.value }),
  }
}

/** Colleagues to choose from, or a field for their names where they are too many for a card. */
export function peopleInput(filled: Filled, people: PersonChoice[] | null): Input {
  if (!people)
    return textInput(filled, { maxLength: LIMITS.names, placeholder: 'Names or email addresses, separated by commas' })
  const { id, label, fields } = filled
  const choices = people.map(personChoice)
  const chosen = fields[id].split(',').filter((value) => choices.some((choice) => choice.value === value))
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    style: 'compact',
    isMultiSelect: true,
    choices,
    ...(chosen.length > 0 && { value: chosen.join(',') }),
  }
}

/** The same people, or null where the two lists of them would crowd out the rest of a form: their names are typed then. */
export function choosablePeople(people: PersonChoice[] | null): PersonChoice[] | null {
  return people && 2 * bytesOf(people.map(personChoice)) <= LIMITS.people ? people : null
}

function personChoice({ personId, label }: PersonChoice): ChoiceSetInput['choices'][number] {
  return { title: clipped(label, LIMITS.choice), value: personId }
}
