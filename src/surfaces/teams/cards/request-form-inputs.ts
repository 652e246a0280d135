import { clipped } from '../../view-models/clipped.ts'
import type { PersonChoice } from '../../view-models/request-form.ts'
import { clockText, readClock, WHOLE_DAY } from '../../view-models/typed-clock.ts'
import { dayText, readFullDay } from '../../view-models/typed-day.ts'
import type { ChoiceSetInput, ColumnSet, DateInput, Input, TextInput } from './adaptive-card.ts'
import { bytesOf, LIMITS } from './limits.ts'
import type { FormInput } from './request-form-fields.ts'

/** One input of a form, with what stood in it. */
interface Filled<Id extends string = FormInput> {
  id: Id
  label: string
  fields: Record<Id, string>
}

/** Turns what was typed into the value of an input; '' where no input takes it. */
const VALUE_OF: Record<DateInput['type'], (typed: string) => string> = {
  'Input.Date': (typed) => {
    const day = readFullDay(typed)
    return day ? dayText(day) : ''
  },
  'Input.Time': (typed) => {
    const minutes = readClock(typed)
    return minutes === null || minutes === WHOLE_DAY ? '' : clockText(minutes)
  },
}

/** None is required: requestFormCard says why. */
export function momentInput<Id extends string>(type: DateInput['type'], { id, label, fields }: Filled<Id>): DateInput {
  const value = VALUE_OF[type](fields[id])
  return { type, id, label, ...(value !== '' && { value }) }
}

type TextMore = Pick<TextInput, 'maxLength'> & Partial<Pick<TextInput, 'placeholder' | 'isMultiline'>>

/** Only a client that ignores the limits sends more than fits. */
export function textInput<Id extends string>({ id, label, fields }: Filled<Id>, more: TextMore): TextInput {
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
    choices,
    ...(chosen && { value: chosen.value }),
  }
}

/** Colleagues to choose from, or a field for their names where they are too many for a card. */
export function peopleInput(filled: Filled, people: PersonChoice[] | null): Input {
  if (!people)
    return textInput(filled, {
      maxLength: LIMITS.names,
      placeholder: 'Names or email addresses, separated by semicolons',
    })
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

/** One colleague to choose, or a field for their name where everybody is too many for a card. */
export function oneColleagueInput<Id extends string>(filled: Filled<Id>, people: PersonChoice[] | null): Input {
  if (!people) return textInput(filled, { maxLength: LIMITS.names, placeholder: 'Name or email address' })
  const { id, label, fields } = filled
  const choices = people.map(personChoice)
  const chosen = choices.find(({ value }) => value === fields[id])
  return {
    type: 'Input.ChoiceSet',
    id,
    label,
    style: 'compact',
    placeholder: 'Choose a colleague',
    choices,
    ...(chosen && { value: chosen.value }),
  }
}

/** Short enough for that on a phone as well. */
export function sideBySide(...inputs: Input[]): ColumnSet {
  return { type: 'ColumnSet', columns: inputs.map((input) => ({ type: 'Column', width: 'stretch', items: [input] })) }
}

/** The same people, or null where the two lists of them would crowd out the rest of a form: their names are typed then. */
export function choosablePeople(people: PersonChoice[] | null): PersonChoice[] | null {
  return people && 2 * bytesOf(people.map(personChoice)) <= LIMITS.people ? people : null
}

function personChoice({ personId, label }: PersonChoice): ChoiceSetInput['choices'][number] {
  return { title: clipped(label, LIMITS.choice), value: personId }
}
