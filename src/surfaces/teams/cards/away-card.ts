import { z } from 'zod'
import { cleanText } from '../../../core/text/clean-text.ts'
import { AWAY_WORDS } from '../../view-models/away-words.ts'
import type { PersonChoice } from '../../view-models/request-form.ts'
import type { AdaptiveCard, Element } from './adaptive-card.ts'
import { execute } from './booking-actions.ts'
import { card, error, heading, line, remarks, under } from './parts.ts'
import { momentInput, oneColleagueInput, sideBySide } from './request-form-inputs.ts'

export const AWAY_SAVE = 'away.save'
export const AWAY_CHANGE = 'away.change'
export const AWAY_END = 'away.end'

/** The inputs, by their ids. */
const AWAY_INPUTS = ['from_date', 'from_time', 'until_date', 'until_time', 'stand_in'] as const

/** What stands in each input, as typed or as the value that was chosen; '' is empty. */
export type AwayFields = Record<(typeof AWAY_INPUTS)[number], string>
export type AwayErrors = Partial<Record<'from' | 'until' | 'stand_in', string>>

export interface AwayModel {
  /** What is set, and for whom they stand in. */
  lines: string[]
  /** The words of the button that ends what is set; null: nothing is. */
  end: string | null
  form: AwayForm | null
}

interface AwayForm {
  fields: AwayFields
  /** What is wrong, at its field. */
  errors: AwayErrors
  /** Whom one may choose, or null when they are too many for a list. */
  people: PersonChoice[] | null
  /** In which zone its times are, where that is not plain. */
  zoneNote: string | null
}

/** Whether somebody is away, who answers for them, and the form to say so. */
export function awayCard({ lines, end, form }: AwayModel): AdaptiveCard {
  const [first = AWAY_WORDS.what] = lines
  const back = end === null ? [] : [execute(AWAY_END, end, {}, { associatedInputs: 'none' })]
  const change = execute(AWAY_CHANGE, AWAY_WORDS.change, {}, { associatedInputs: 'none' })
  return card(
    `${AWAY_WORDS.title}. ${first}`,
    [heading(AWAY_WORDS.title), ...remarks(lines), ...(form ? formBody(form) : [])],
    form ? [execute(AWAY_SAVE, AWAY_WORDS.submit, {}, { style: 'positive' }), ...back] : [...back, change],
  )
}

function formBody({ fields, errors, people, zoneNote }: AwayForm): Element[] {
  return [
    line(AWAY_WORDS.what, { isSubtle: true }),
    sideBySide(
      momentInput('Input.Date', { id: 'from_date', label: AWAY_WORDS.from, fields }),
      momentInput('Input.Time', { id: 'from_time', label: 'Time', fields }),
    ),
    ...error(errors.from),
    sideBySide(
      momentInput('Input.Date', { id: 'until_date', label: AWAY_WORDS.until, fields }),
      momentInput('Input.Time', { id: 'until_time', label: 'Time', fields }),
    ),
    ...(zoneNote ? [under(zoneNote, { isSubtle: true })] : []),
    ...error(errors.until),
    oneColleagueInput({ id: 'stand_in', label: AWAY_WORDS.standIn, fields }, people),
    ...error(errors.stand_in),
  ]
}

const Typed = z
  .string()
  .catch('')
  .transform((typed) => cleanText(typed))

/** What a press in the form sent along; nothing of it is checked yet. */
export function readAwayFields(data: Record<string, unknown>): AwayFields {
  return Object.fromEntries(AWAY_INPUTS.map((id) => [id, Typed.parse(data[id])])) as AwayFields
}
