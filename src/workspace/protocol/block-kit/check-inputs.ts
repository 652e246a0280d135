import { type Fields, isFields } from '../json.ts'
import type { ViewState } from '../page-api.ts'
import { elementsOf, stateValue } from './view-state.ts'

const EMAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/

/**
 * What Slack's own client refuses before it submits a view: required inputs left empty, text or numbers out of bounds.
 * https://docs.slack.dev/reference/block-kit/blocks/input-block
 * @returns messages at block ids; empty when the view may be submitted
 */
export function inputErrors(blocks: unknown, state: ViewState): Record<string, string> {
  const errors: Record<string, string> = {}
  for (const { blockId, actionId, element, input } of elementsOf(blocks)) {
    if (!input) continue
    const value = stateValue(state[blockId]?.[actionId])
    const error = isEmpty(value) ? requiredError(input) : valueError(element, value)
    if (error) errors[blockId] = error
  }
  return errors
}

function isEmpty(value: unknown): boolean {
  return value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)
}

function requiredError(input: Fields): string | undefined {
  return input.optional ? undefined : 'Please complete this required field.'
}

function valueError(element: Fields, value: unknown): string | undefined {
  if (Array.isArray(value)) {
    const max = Number(element.max_selected_items ?? Number.POSITIVE_INFINITY)
    return value.length > max ? `Please select no more than ${max} items.` : undefined
  }
  if (isFields(value) || typeof value !== 'string') return undefined
  if (element.type === 'number_input') return numberError(element, value)
  if (element.type === 'email_text_input') return EMAIL.test(value) ? undefined : 'Please enter a valid email address.'
  if (element.type === 'url_text_input') return URL.canParse(value) ? undefined : 'Please enter a valid URL.'
  if (element.type === 'plain_text_input') return lengthError(element, value)
  return undefined
}

function numberError(element: Fields, value: string): string | undefined {
  const number = Number(value)
  if (Number.isNaN(number)) return 'Please enter a number.'
  if (!element.is_decimal_allowed && !Number.isInteger(number)) return 'Please enter a whole number.'
  const { min_value: min, max_value: max } = element
  if (min !== undefined && number < Number(min)) return `Please enter a number of at least ${min}.`
  if (max !== undefined && number > Number(max)) return `Please enter a number of at most ${max}.`
  return undefined
}

function lengthError(element: Fields, value: string): string | undefined {
  const { min_length: min, max_length: max } = element
  if (min !== undefined && value.length < Number(min)) return `Please enter at least ${min} characters.`
  if (value.length > Number(max ?? 3000)) return `Please enter at most ${max ?? 3000} characters.`
  return undefined
}
