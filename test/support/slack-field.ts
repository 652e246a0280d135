import type { PlacedElement } from '../../src/workspace/protocol/block-kit/view-state.ts'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import type { WorkspaceView } from '../../src/workspace/protocol/page-api.ts'
import { isFields, plainText } from './visible-text.ts'

type Fields = Record<string, unknown>

/** An input's label; for an element without one the text of its section, or its placeholder. */
export function labelOf(view: WorkspaceView, placed: PlacedElement): string {
  if (placed.input) return plainText(placed.input.label)
  const block = (view.blocks as unknown as Fields[]).find((one) => one.block_id === placed.blockId)
  return (block?.type === 'section' && plainText(block.text)) || plainText(placed.element.placeholder)
}

/** The option with this text, or the only one that contains it. */
export function optionNamed(options: readonly Fields[], text: string): Fields {
  const exact = options.find((option) => plainText(option.text) === text)
  const containing = options.filter((option) => plainText(option.text).includes(text))
  const found = exact ?? (containing.length === 1 ? containing[0] : undefined)
  if (found) return found
  throw new Error(`"${text}" is not one of: ${options.map((option) => plainText(option.text)).join(', ')}`)
}

export function userNamed(slack: LocalSlack, nameOrEmail: string): string {
  const found = slack.people.find((one) => one.name === nameOrEmail || one.email === nameOrEmail)
  if (!found) throw new Error(`nobody here is ${nameOrEmail}`)
  return found.userId
}

/** The date or the time of day that a clock in that zone shows. */
export function localPart(moment: Date, timeZone: string, type: string): string {
  if (type === 'timepicker') {
    return moment.toLocaleTimeString('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' })
  }
  return moment.toLocaleDateString('sv-SE', { timeZone })
}

export function shownValue(type: string, value: unknown): unknown {
  if (type === 'datetimepicker' && typeof value === 'number') return new Date(value * 1000)
  if (Array.isArray(value)) return value.map((one) => (isFields(one) ? plainText(one.text) : one))
  return isFields(value) && type !== 'rich_text_input' ? plainText(value.text) : value
}
