import { randomBytes } from 'node:crypto'
import { type Fields, fieldsList, isFields } from '../json.ts'

/**
 * Gives a block id to each block and an action id to each element that came without one, as Slack does.
 * https://docs.slack.dev/reference/block-kit/blocks ("If not specified, one will be generated")
 */
export function fillIds(blocks: unknown): Fields[] {
  return fieldsList(structuredClone(blocks)).map((block) => {
    const filled: Fields = { ...block, block_id: block.block_id || randomId() }
    if (isFields(block.element)) filled.element = withActionId(block.element)
    if (isFields(block.accessory)) filled.accessory = withActionId(block.accessory)
    if (block.type === 'actions') filled.elements = fieldsList(block.elements).map(withActionId)
    return filled
  })
}

function withActionId(element: Fields): Fields {
  return element.type === 'image' ? element : { ...element, action_id: element.action_id || randomId() }
}

function randomId(): string {
  return randomBytes(4).toString('base64url').slice(0, 5)
}
