import { randomBytes } from 'node:crypto'
import { LIMITS } from './block-kit/block-limits.ts'
import { isViewTooLarge, viewProblems } from './block-kit/check-view.ts'
import { fillIds } from './block-kit/fill-ids.ts'
import { type Fields, isFields, stringOf } from './json.ts'
import type { WorkspaceView } from './page-api.ts'
import { ApiRefusal } from './web-api/api-refusal.ts'

interface Place {
  id: string
  root: string
  previous: string | null
}

/**
 * Everybody's modals and Home tabs. https://docs.slack.dev/surfaces/modals and https://docs.slack.dev/surfaces/app-home
 * A person has one stack of modals: opening another one ends the stack before.
 */
export class Views {
  readonly #teamId: string
  readonly #now: () => number
  readonly #changed: () => void
  readonly #stacks = new Map<string, WorkspaceView[]>()
  readonly #homes: Map<string, WorkspaceView>

  /** `stored`: Home tabs from an earlier run, by user id. */
  constructor(teamId: string, now: () => number, stored: [string, WorkspaceView][], changed: () => void) {
    this.#teamId = teamId
    this.#now = now
    this.#changed = changed
    this.#homes = new Map(stored)
  }

  /** The open modals of a person, undermost first. */
  stack(userId: string): readonly WorkspaceView[] {
    return this.#stacks.get(userId) ?? []
  }

  home(userId: string): WorkspaceView | null {
    return this.#homes.get(userId) ?? null
  }

  homes(): [string, WorkspaceView][] {
    return [...this.#homes]
  }

  find(viewId: string): { userId: string; view: WorkspaceView } | undefined {
    return this.#all().find((one) => one.view.id === viewId)
  }

  byExternalId(externalId: string): WorkspaceView | undefined {
    return this.#all().find((one) => one.view.external_id === externalId)?.view
  }

  open(userId: string, view: unknown): WorkspaceView {
    expectType(view, 'modal')
    const id = newViewId()
    const opened = this.#build(view, { id, root: id, previous: null })
    this.#setStack(userId, [opened])
    return opened
  }

  push(userId: string, view: unknown): WorkspaceView {
    expectType(view, 'modal')
    const stack = this.stack(userId)
    const root = stack[0]
    const top = stack.at(-1)
    if (!root || !top) throw new ApiRefusal('not_found')
    if (stack.length >= LIMITS.viewStack.max) throw new ApiRefusal('push_limit_reached')
    const pushed = this.#build(view, { id: newViewId(), root: root.id, previous: top.id })
    this.#setStack(userId, [...stack, pushed])
    return pushed
  }

  update(viewId: string, view: unknown, hash?: unknown): WorkspaceView {
    const found = this.find(viewId)
    if (!found) throw new ApiRefusal('not_found')
    expectHash(found.view, hash)
    expectType(view, found.view.type)
    const { root_view_id: root, previous_view_id: previous } = found.view
    const updated = this.#build(view, { id: viewId, root, previous })
    if (updated.type === 'home') this.#setHome(found.userId, updated)
    else {
      const stack = this.stack(found.userId).map((one) => (one.id === viewId ? updated : one))
      this.#setStack(found.userId, stack)
    }
    return updated
  }

  publish(userId: string, view: unknown, hash?: unknown): WorkspaceView {
    expectType(view, 'home')
    const before = this.#homes.get(userId)
    expectHash(before, hash)
    const id = before?.id ?? newViewId()
    const published = this.#build(view, { id, root: id, previous: null })
    this.#setHome(userId, published)
    return published
  }

  /** Closes one modal with whatever is above it, or all of them; gives those that were closed. */
  close(userId: string, viewId: string, clearAll: boolean): WorkspaceView[] {
    const stack = this.stack(userId)
    const index = stack.findIndex((one) => one.id === viewId)
    if (index < 0) return []
    const kept = clearAll ? [] : stack.slice(0, index)
    this.#setStack(userId, kept)
    return stack.slice(kept.length)
  }

  #all(): { userId: string; view: WorkspaceView }[] {
    const modals = [...this.#stacks].flatMap(([userId, views]) => views.map((view) => ({ userId, view })))
    return [...modals, ...this.homes().map(([userId, view]) => ({ userId, view }))]
  }

  #setHome(userId: string, view: WorkspaceView): void {
    this.#homes.set(userId, view)
    this.#changed()
  }

  #setStack(userId: string, views: readonly WorkspaceView[]): void {
    if (views.length === 0) this.#stacks.delete(userId)
    else this.#stacks.set(userId, [...views])
    this.#changed()
  }

  /** The view as Slack keeps it: with its ids, a new hash and every field that has a default. */
  #build(view: unknown, place: Place): WorkspaceView {
    assertViewIsValid(view)
    const externalId = stringOf(view.external_id)
    const twin = externalId ? this.byExternalId(externalId) : undefined
    if (twin && twin.id !== place.id) throw new ApiRefusal('duplicate_external_id')
    const made = {
      private_metadata: '',
      callback_id: '',
      external_id: '',
      ...(view.type === 'modal' && { submit: null, close: null, clear_on_close: false, notify_on_close: false }),
      ...view,
      blocks: fillIds(view.blocks),
      id: place.id,
      team_id: this.#teamId,
      hash: `${Math.floor(this.#now() / 1000)}.${randomBytes(4).toString('hex')}`,
      state: { values: {} },
      root_view_id: place.root,
      previous_view_id: place.previous,
    }
    return made as unknown as WorkspaceView
  }
}

/** Throws `view_too_large` or `invalid_arguments` for what Slack would not show. */
export function assertViewIsValid(view: unknown): asserts view is Fields {
  if (isViewTooLarge(view)) throw new ApiRefusal('view_too_large')
  const problems = viewProblems(view)
  if (problems.length > 0) throw new ApiRefusal('invalid_arguments', problems)
}

/** https://docs.slack.dev/surfaces/modals#handling_race_conditions */
function expectHash(view: WorkspaceView | undefined, hash: unknown): void {
  if (typeof hash === 'string' && hash !== '' && hash !== view?.hash) throw new ApiRefusal('hash_conflict')
}

function expectType(view: unknown, type: 'modal' | 'home'): void {
  if (isFields(view) && view.type === type) return
  throw new ApiRefusal('invalid_arguments', [`must be a view of type ${type} [json-pointer:/view/type]`])
}

function newViewId(): string {
  return `V${randomBytes(6).toString('hex').toUpperCase().slice(0, 10)}`
}
