import { inputErrors } from './block-kit/check-inputs.ts'
import { carriedState } from './block-kit/view-state.ts'
import { deliver } from './deliver.ts'
import type { DirectoryPerson } from './directory.ts'
import { type Fields, fieldsList, isFields, parseJson } from './json.ts'
import type { ActResult, Acts, WorkspaceView } from './page-api.ts'
import { viewSubmission } from './payloads.ts'
import { ApiRefusal } from './web-api/api-refusal.ts'
import type { World } from './world.ts'

const OK: ActResult = { ok: true }
/** What the client says at the foot of a modal when the app failed or answered nonsense. */
const TROUBLE: ActResult = { ok: false, error: 'We had some trouble connecting. Try again?' }

/**
 * Submits the modal on top and does what the app answers: errors at inputs, another view in its place or above it, or
 * closing it. https://docs.slack.dev/surfaces/modals#handling_submissions
 */
export async function submitView(world: World, person: DirectoryPerson, act: Acts['submit']): Promise<ActResult> {
  const view = world.views.stack(person.userId).at(-1)
  if (view?.id !== act.viewId) return { ok: false, error: 'This modal is not open any more.' }
  const state = carriedState(act.state, view.blocks)
  const errors = inputErrors(view.blocks, state)
  if (Object.keys(errors).length > 0) return { ok: false, fieldErrors: errors }
  const payload = JSON.stringify(viewSubmission(world, person, view, state))
  const delivered = await deliver(world, { form: { payload } })
  if (!delivered.answered) return TROUBLE
  const answer = delivered.body.trim() === '' ? {} : parseJson(delivered.body)
  if (!isFields(answer)) return TROUBLE
  try {
    return follow(world, person, view, answer)
  } catch (error) {
    if (error instanceof ApiRefusal) return TROUBLE
    throw error
  }
}

function follow(world: World, person: DirectoryPerson, view: WorkspaceView, answer: Fields): ActResult {
  switch (answer.response_action) {
    case undefined:
      world.views.close(person.userId, view.id, false)
      return OK
    case 'clear':
      world.views.close(person.userId, view.id, true)
      return OK
    case 'update':
      world.views.update(view.id, answer.view)
      return OK
    case 'push':
      world.views.push(person.userId, answer.view)
      return OK
    case 'errors':
      return fieldErrors(view, answer.errors)
    default:
      return TROUBLE
  }
}

/** Errors may only stand at input blocks. https://docs.slack.dev/surfaces/modals#displaying_errors */
function fieldErrors(view: WorkspaceView, errors: unknown): ActResult {
  if (!isFields(errors)) return TROUBLE
  const inputs = fieldsList(view.blocks).filter((block) => block.type === 'input')
  const entries = Object.entries(errors).map(([blockId, message]): [string, string] => [blockId, String(message)])
  const known = entries.every(([blockId]) => inputs.some((input) => input.block_id === blockId))
  return known && entries.length > 0 ? { ok: false, fieldErrors: Object.fromEntries(entries) } : TROUBLE
}
