import { type Fields, fieldsList, isFields, stringOf } from '../../../src/workspace/protocol/json.ts'

/** An action with the inputs it sends: those of its card and of the cards around it. */
interface Reach {
  action: Fields
  inputs: Fields[]
  depth: number
}

/** By its title or verb, or by looking at the action. */
export type Wanted = string | ((action: Fields) => boolean)

/** What a client sends, or what it says below the inputs and sends nothing. */
export type Filled = { data: Fields } | { errors: string[] }

/** The titles of all actions, those in cards that are shown on a press behind the one that shows them. */
export function actionTitles(card: Fields): string[] {
  return reachesIn(card, [], 0).map(({ action }) => stringOf(action.title))
}

/**
 * Finds what is pressed as somebody with a client would: the outermost action of that name; where it shows a card, the one
 * action on that card.
 */
export function findAction(card: Fields, wanted: Wanted): Reach {
  const all = reachesIn(card, [], 0)
  const fits = ({ action }: Reach) =>
    typeof wanted === 'string' ? action.title === wanted || action.verb === wanted : wanted(action)
  const matching = all.filter(fits)
  const outermost = matching.filter(({ depth }) => depth === Math.min(...matching.map((one) => one.depth)))
  const [found, another] = outermost
  const names = all.map(({ action }) => stringOf(action.title)).join(', ')
  if (!found) throw new Error(`there is no action ${wanted}; there are: ${names}`)
  if (another) throw new Error(`there is more than one action ${wanted}; there are: ${names}`)
  if (found.action.type !== 'Action.ShowCard') return found
  const inside = isFields(found.action.card) ? reachesIn(found.action.card, found.inputs, found.depth + 1) : []
  const [only, more] = inside.filter(({ action }) => action.type === 'Action.Execute')
  if (!only || more) throw new Error(`the card behind ${wanted} has not exactly one action to send it`)
  return only
}

/**
 * Fills the inputs and checks them as clients do before they send.
 * https://learn.microsoft.com/en-us/adaptive-cards/authoring-cards/input-validation
 */
export function fillIn({ action, inputs }: Reach, typed: Record<string, string>): Filled {
  const sent = action.associatedInputs === 'none' ? [] : inputs
  for (const id of Object.keys(typed)) {
    if (!sent.some((input) => input.id === id)) throw new Error(`there is no input ${id} to fill in`)
  }
  const values = sent.map((input) => [stringOf(input.id), typed[stringOf(input.id)] ?? presetOf(input)] as const)
  const errors = sent.flatMap((input, at) => problemWith(input, values[at]?.[1] ?? '') ?? [])
  if (errors.length > 0) return { errors }
  return { data: { ...(isFields(action.data) ? action.data : {}), ...Object.fromEntries(values) } }
}

function reachesIn(card: Fields, outer: Fields[], depth: number): Reach[] {
  const { inputs, actions } = contentsOf(card)
  const reached = [...outer, ...inputs]
  return actions.flatMap((action) => {
    const inside = action.type === 'Action.ShowCard' && isFields(action.card) ? action.card : null
    return [{ action, inputs: reached, depth }, ...(inside ? reachesIn(inside, reached, depth + 1) : [])]
  })
}

/** What stands on the card itself, not on cards that an action shows. */
function contentsOf(card: Fields): { inputs: Fields[]; actions: Fields[] } {
  const inputs: Fields[] = []
  const actions: Fields[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one)
    if (!isFields(value)) return
    const type = stringOf(value.type)
    if (type.startsWith('Input.')) inputs.push(value)
    if (type.startsWith('Action.')) actions.push(value)
    else for (const inside of Object.values(value)) walk(inside)
  }
  walk([card.body, card.actions])
  return { inputs, actions }
}

function presetOf(input: Fields): string {
  const { value } = input
  if (input.type === 'Input.Toggle') return stringOf(value) || stringOf(input.valueOff) || 'false'
  return typeof value === 'number' ? String(value) : stringOf(value)
}

function problemWith(input: Fields, value: string): string | null {
  return isWrong(input, value) ? stringOf(input.errorMessage) || `${stringOf(input.id)} is not valid` : null
}

function isWrong(input: Fields, value: string): boolean {
  if (value === '') return input.isRequired === true
  if (typeof input.maxLength === 'number' && value.length > input.maxLength) return true
  if (typeof input.regex === 'string' && !new RegExp(input.regex).test(value)) return true
  if (input.type === 'Input.Number') {
    const number = Number(value)
    return Number.isNaN(number) || number < Number(input.min ?? number) || number > Number(input.max ?? number)
  }
  if (input.type !== 'Input.ChoiceSet') return false
  const offered = fieldsList(input.choices).map((choice) => stringOf(choice.value))
  const chosen = input.isMultiSelect === true ? value.split(',') : [value]
  return chosen.some((one) => !offered.includes(one))
}
