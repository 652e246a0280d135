import type { ConfirmationDialog } from '@slack/types'
import type { ElementState } from '../../protocol/page-api.ts'
import { deedKey, type OptionsGroup, useSurface } from '../blocks/surface.ts'

/** One interactive element's place in its surface: its state, what it may say, and how it is told to assistive tools. */
export interface Field {
  id: string
  state: ElementState | undefined
  error: string | undefined
  /** The ids of the hint and the error, for `aria-describedby`. */
  describedBy: string | undefined
  optional: boolean
  pending: boolean
  /** True where a change is told to Motorpool at once. */
  dispatches: boolean
  /** Remembers a state without telling anybody. */
  keep(state: ElementState): void
  /** Remembers a state and, where the element dispatches, tells Motorpool. */
  commit(state: ElementState): void
  /** Tells Motorpool about a press that leaves no state (buttons, overflow menus). */
  press(action: ElementState): void
  suggest(query: string): Promise<OptionsGroup[]>
}

interface FieldUse {
  blockId: string
  element: { type: string; action_id?: string; confirm?: ConfirmationDialog }
  dispatches: boolean
  optional: boolean
  hinted: boolean
}

/** Connects an element with the surface it is drawn on. */
export function useField({ blockId, element, dispatches, optional, hinted }: FieldUse): Field {
  const surface = useSurface()
  const actionId = element.action_id ?? ''
  const id = `${surface.id}-${blockId}-${actionId}`.replace(/[^\w-]/g, '_')
  const error = surface.errors[blockId]
  const described = [error && `${id}-error`, hinted && `${id}-hint`].filter(Boolean).join(' ')
  const named = { action_id: actionId, block_id: blockId }
  const confirm = element.confirm ? { confirm: element.confirm } : {}
  return {
    id,
    state: surface.values[blockId]?.[actionId],
    error,
    describedBy: described || undefined,
    optional,
    pending: surface.pending.has(deedKey(blockId, actionId)),
    dispatches,
    keep: (state) => surface.keep(blockId, actionId, state),
    commit: (state) => {
      if (!dispatches) return surface.keep(blockId, actionId, state)
      surface.perform({ blockId, action: { ...state, ...named }, state, ...confirm })
    },
    press: (action) => surface.perform({ blockId, action: { ...action, ...named }, ...confirm }),
    suggest: (query) => surface.suggest(blockId, actionId, query),
  }
}
