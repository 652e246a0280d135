import { type Fields, fieldsList, isFields, stringOf } from '../json.ts'
import type { ElementState, ViewState } from '../page-api.ts'

/** An interactive element and where it stands. */
export interface PlacedElement {
  blockId: string
  actionId: string
  element: Fields & { type: string }
  /** The input block around it, when it is an input's element. */
  input: Fields | undefined
}

/**
 * Which field of `state.values` holds what somebody chose, for each element that has state, and which field of the
 * element holds its first value. https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload
 */
const STATE_FIELDS: Readonly<Record<string, { field: string; initial: string; empty: null | [] }>> = {
  plain_text_input: { field: 'value', initial: 'initial_value', empty: null },
  number_input: { field: 'value', initial: 'initial_value', empty: null },
  email_text_input: { field: 'value', initial: 'initial_value', empty: null },
  url_text_input: { field: 'value', initial: 'initial_value', empty: null },
  rich_text_input: { field: 'rich_text_value', initial: 'initial_value', empty: null },
  datepicker: { field: 'selected_date', initial: 'initial_date', empty: null },
  timepicker: { field: 'selected_time', initial: 'initial_time', empty: null },
  datetimepicker: { field: 'selected_date_time', initial: 'initial_date_time', empty: null },
  radio_buttons: { field: 'selected_option', initial: 'initial_option', empty: null },
  checkboxes: { field: 'selected_options', initial: 'initial_options', empty: [] },
  static_select: { field: 'selected_option', initial: 'initial_option', empty: null },
  external_select: { field: 'selected_option', initial: 'initial_option', empty: null },
  users_select: { field: 'selected_user', initial: 'initial_user', empty: null },
  conversations_select: { field: 'selected_conversation', initial: 'initial_conversation', empty: null },
  channels_select: { field: 'selected_channel', initial: 'initial_channel', empty: null },
  multi_static_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
  multi_external_select: { field: 'selected_options', initial: 'initial_options', empty: [] },
  multi_users_select: { field: 'selected_users', initial: 'initial_users', empty: [] },
  multi_conversations_select: { field: 'selected_conversations', initial: 'initial_conversations', empty: [] },
  multi_channels_select: { field: 'selected_channels', initial: 'initial_channels', empty: [] },
}

/** Every interactive element of these blocks, from top to bottom. */
export function elementsOf(blocks: unknown): PlacedElement[] {
  return fieldsList(blocks).flatMap((block) => {
    const inside = [block.element, block.accessory, ...(block.type === 'actions' ? fieldsList(block.elements) : [])]
    return inside.filter(isFields).flatMap((element) => {
      if (typeof element.action_id !== 'string') return []
      const placed = { ...element, type: stringOf(element.type) }
      const input = block.type === 'input' ? block : undefined
      return [{ blockId: stringOf(block.block_id), actionId: element.action_id, element: placed, input }]
    })
  })
}

/** What an element's state holds: its own field, for example `selected_date`; undefined for buttons and overflow menus. */
export function stateField(type: string): string | undefined {
  return STATE_FIELDS[type]?.field
}

/** What an untouched client reports: the `initial_…` values, and null or [] for what has none. */
export function initialState(blocks: unknown): ViewState {
  return carriedState({}, blocks)
}

/**
 * The client's state after its view was replaced: what somebody typed stays where block id and action id are the same
 * and the element still is of that type and still offers what was chosen; anything else starts with its initial value.
 * https://docs.slack.dev/surfaces/modals#updating_views
 */
export function carriedState(before: ViewState, blocks: unknown): ViewState {
  const state: ViewState = {}
  for (const { blockId, actionId, element } of elementsOf(blocks)) {
    const kept = before[blockId]?.[actionId]
    const next = kept?.type === element.type && stillOffered(kept, element) ? kept : untouched(element)
    if (next) state[blockId] = { ...state[blockId], [actionId]: next }
  }
  return state
}

/** The value of an element's state, whatever field its type keeps it in. */
export function stateValue(state: ElementState | undefined): unknown {
  const field = state && stateField(state.type)
  return field === undefined ? undefined : state?.[field]
}

/** Every option of a menu, also those inside groups. */
export function offeredOptions(element: Fields): Fields[] {
  const groups = fieldsList(element.option_groups)
  return [...fieldsList(element.options), ...groups.flatMap((group) => fieldsList(group.options))]
}

function untouched(element: Fields & { type: string }): ElementState | undefined {
  const fields = STATE_FIELDS[element.type]
  return fields && { type: element.type, [fields.field]: element[fields.initial] ?? fields.empty }
}

function stillOffered(state: ElementState, element: Fields): boolean {
  const offered = offeredOptions(element)
  if (offered.length === 0) return true
  const value = stateValue(state)
  const chosen = Array.isArray(value) ? fieldsList(value) : [value].filter(isFields)
  return chosen.every((one) => offered.some((option) => option.value === one.value))
}
