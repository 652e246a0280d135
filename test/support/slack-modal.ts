import {
  carriedState,
  elementsOf,
  offeredOptions,
  type PlacedElement,
  stateField,
  stateValue,
} from '../../src/workspace/protocol/block-kit/view-state.ts'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import type { ActResult, ElementState, ViewState, WorkspaceView } from '../../src/workspace/protocol/page-api.ts'
import { labelOf, localPart, optionNamed, shownValue, userNamed } from './slack-field.ts'
import { plainText, textOf } from './visible-text.ts'
import { waitUntil } from './wait-until.ts'

type Fields = Record<string, unknown>

/** What may be typed or chosen; null clears. Options are named by their visible text, people by name or email. */
export type Filling = string | number | Date | null | readonly string[]

/** One open modal, as the person in front of it sees and fills it; always the newest state of the view. */
export class SlackModal {
  readonly #slack: LocalSlack
  readonly #person: { userId: string; timeZone: string }
  readonly #viewId: string
  #state: ViewState = {}
  #hash = ''

  constructor(slack: LocalSlack, person: { userId: string; timeZone: string }, viewId: string) {
    this.#slack = slack
    this.#person = person
    this.#viewId = viewId
  }

  view(): WorkspaceView {
    const current = this.#slack.modals(this.#person.userId).find((one) => one.id === this.#viewId)
    if (!current) throw new Error('this modal is not open any more')
    if (current.hash !== this.#hash) this.#state = carriedState(this.#state, current.blocks)
    this.#hash = current.hash
    return current
  }

  isOpen(): boolean {
    return this.#slack.modals(this.#person.userId).some((one) => one.id === this.#viewId)
  }

  title(): string {
    const view = this.view()
    return 'title' in view ? plainText(view.title) : ''
  }

  text(): string {
    return textOf(this.view())
  }

  /** Of the inputs, from top to bottom. */
  labels(): string[] {
    const view = this.view()
    const inputs = elementsOf(view.blocks).filter((placed) => placed.input)
    return inputs.map((placed) => labelOf(view, placed))
  }

  /** What a menu offers, by visible text. */
  async options(label: string): Promise<string[]> {
    return (await this.#offered(this.#field(label), '')).map((option) => plainText(option.text))
  }

  /** What a field shows: text, option text, list of option texts, date, or a Date for a moment; null when empty. */
  value(label: string): unknown {
    const { blockId, actionId, element } = this.#field(label)
    return shownValue(element.type, stateValue(this.#state[blockId]?.[actionId]))
  }

  /** Fills a field, waiting for it to appear; tells the app at once where the field asks for that. */
  async fill(label: string, filling: Filling): Promise<void> {
    const placed = await waitUntil(
      () => this.#find(label),
      () => `a field "${label}" among: ${this.labels().join(', ')}`,
    )
    const { blockId, actionId, element, input } = placed
    const field = stateField(element.type)
    if (!field) throw new Error(`"${label}" is no field to fill`)
    const filled: ElementState = { type: element.type, [field]: await this.#chosen(placed, filling) }
    this.view()
    this.#state = { ...this.#state, [blockId]: { ...this.#state[blockId], [actionId]: filled } }
    if (input && !input.dispatch_action) return
    const result = await this.#act(blockId, { ...filled, action_id: actionId })
    if (!result.ok) throw new Error(result.error)
  }

  buttons(): string[] {
    return buttonsOf(this.view()).map((button) => plainText(button.element.text))
  }

  async press(label: string): Promise<ActResult> {
    const button = await waitUntil(() => buttonNamed(this.view(), label), `a button "${label}"`)
    return this.#act(button.blockId, buttonAction(button))
  }

  /** Field errors come back by label. */
  async submit(): Promise<ActResult> {
    const { blocks } = this.view()
    const result = await this.#slack.submit(this.#person.userId, { viewId: this.#viewId, state: this.#state })
    if (!result.fieldErrors) return result
    const labelled = Object.entries(result.fieldErrors).map(([blockId, message]) => {
      const placed = elementsOf(blocks).find((one) => one.blockId === blockId)
      return [placed ? plainText(placed.input?.label) : blockId, message]
    })
    return { ...result, fieldErrors: Object.fromEntries(labelled) }
  }

  close(): Promise<ActResult> {
    return this.#slack.closeModal(this.#person.userId, { viewId: this.#viewId, clearAll: false })
  }

  /** Until the modal says this, for at most 3 s. */
  async waitFor(text: string | RegExp): Promise<void> {
    await waitUntil(
      () => matches(this.text(), text),
      () => `${text} in a modal that says: ${this.text()}`,
    )
  }

  #find(label: string): PlacedElement | undefined {
    const view = this.view()
    const found = elementsOf(view.blocks).filter((placed) => labelOf(view, placed) === label)
    if (found.length > 1) throw new Error(`there are ${found.length} fields called "${label}"`)
    return found[0]
  }

  #field(label: string): PlacedElement {
    const found = this.#find(label)
    if (!found) throw new Error(`there is no field "${label}" among: ${this.labels().join(', ')}`)
    return found
  }

  async #offered({ blockId, actionId, element }: PlacedElement, value: string): Promise<Fields[]> {
    if (!element.type.endsWith('external_select')) return offeredOptions(element)
    const typed = { viewId: this.#viewId, blockId, actionId, value }
    const result = await this.#slack.suggest(this.#person.userId, typed)
    if (!result.ok) throw new Error(result.error)
    const groups = result.optionGroups?.flatMap((group) => group.options) ?? []
    return [...(result.options ?? []), ...groups] as unknown as Fields[]
  }

  async #chosen(placed: PlacedElement, filling: Filling): Promise<unknown> {
    const { type } = placed.element
    const takesMany = type.startsWith('multi_') || type === 'checkboxes'
    if (filling === null) return takesMany ? [] : null
    if (typeof filling === 'object' && !(filling instanceof Date)) {
      return Promise.all(filling.map((one) => this.#chosenOne(placed, one)))
    }
    return this.#chosenOne(placed, filling)
  }

  async #chosenOne(placed: PlacedElement, filling: string | number | Date): Promise<unknown> {
    const { type } = placed.element
    if (type === 'datetimepicker') {
      return Math.floor(filling instanceof Date ? filling.getTime() / 1000 : Number(filling))
    }
    if (filling instanceof Date) return localPart(filling, this.#person.timeZone, type)
    if (type.endsWith('users_select')) return userNamed(this.#slack, String(filling))
    if (/select$|^radio_buttons$|^checkboxes$/.test(type)) {
      return optionNamed(await this.#offered(placed, String(filling)), String(filling))
    }
    return String(filling)
  }

  #act(blockId: string, action: ElementState & { action_id: string }): Promise<ActResult> {
    this.view()
    const source = { kind: 'view', viewId: this.#viewId } as const
    return this.#slack.action(this.#person.userId, { source, blockId, action, state: this.#state })
  }
}

export function matches(text: string, wanted: string | RegExp): boolean {
  return typeof wanted === 'string' ? text.includes(wanted) : wanted.test(text)
}

/** The buttons of a message or view. */
export function buttonsOf(shown: { blocks: readonly unknown[] }): PlacedElement[] {
  return elementsOf(shown.blocks).filter((placed) => placed.element.type === 'button')
}

export function buttonNamed(shown: { blocks: readonly unknown[] }, label: string): PlacedElement | undefined {
  return buttonsOf(shown).find((button) => plainText(button.element.text) === label)
}

/** A button's press as Slack's client sends it. */
export function buttonAction({ element, actionId }: PlacedElement): ElementState & { action_id: string } {
  const { text, value, style } = element
  return {
    type: 'button',
    action_id: actionId,
    text,
    ...(value !== undefined && { value }),
    ...(style !== undefined && { style }),
  }
}
