import { type Fields, fieldsList, isFields } from '../json.ts'
import { LIMITS } from './block-limits.ts'
import { BlockProblems } from './block-problems.ts'
import { blockProblems } from './check-blocks.ts'

const EVERY_VIEW = ['type', 'blocks', 'private_metadata', 'callback_id', 'external_id']

/**
 * What an app may put into a view; anything else is refused, also what Slack itself adds (id, hash, state …).
 * https://docs.slack.dev/reference/views/modal-views and https://docs.slack.dev/reference/views/home-tab-views
 */
const VIEW_FIELDS = {
  modal: [...EVERY_VIEW, 'title', 'submit', 'close', 'clear_on_close', 'notify_on_close', 'submit_disabled'],
  home: EVERY_VIEW,
} as const

/**
 * Says what Slack would not accept about this view.
 * @returns sentences with JSON pointers that start at `/view`; none when all is well
 */
export function viewProblems(view: unknown): string[] {
  const problems = new BlockProblems()
  if (!isFields(view)) {
    problems.add('must provide an object', '/view')
    return problems.list
  }
  if (view.type !== 'modal' && view.type !== 'home') {
    problems.add('must be one of modal, home', '/view/type')
    return problems.list
  }
  const known: readonly string[] = VIEW_FIELDS[view.type]
  for (const field of Object.keys(view)) {
    if (!known.includes(field)) problems.add(`invalid additional property: ${field}`, '/view')
  }
  problems.string(view, 'private_metadata', 'privateMetadata', '/view')
  problems.string(view, 'callback_id', 'callbackId', '/view')
  problems.string(view, 'external_id', 'externalId', '/view')
  if (view.type === 'modal') checkModal(view, problems)
  checkFocus(view, problems)
  return [...problems.list, ...blockProblems(view.blocks, view.type, '/view/blocks')]
}

/** Whether the view is larger than Slack takes (`view_too_large`). */
export function isViewTooLarge(view: unknown): boolean {
  return Buffer.byteLength(JSON.stringify(view) ?? '') > LIMITS.viewBytes.max
}

function checkModal(view: Fields, problems: BlockProblems): void {
  problems.text(view, 'title', 'viewTitle', '/view', { plain: true, required: true })
  problems.text(view, 'submit', 'viewSubmit', '/view', { plain: true, required: false })
  problems.text(view, 'close', 'viewClose', '/view', { plain: true, required: false })
  const hasInput = fieldsList(view.blocks).some((block) => block.type === 'input')
  if (hasInput && !view.submit) problems.add('missing required field: submit', '/view')
}

/** Only one element of a view may take the focus. https://docs.slack.dev/reference/block-kit/block-elements */
function checkFocus(view: Fields, problems: BlockProblems): void {
  const focused = fieldsList(view.blocks).filter((block) => isFields(block.element) && block.element.focus_on_load)
  if (focused.length > 1) problems.add('only one element may have focus_on_load', '/view/blocks')
}
