import type { ConfirmationDialog, PlainTextOption } from '@slack/types'
import { createContext, useContext } from 'react'
import type { ElementState, ViewState } from '../../protocol/page-api.ts'

export interface OptionsGroup {
  label?: string
  options: PlainTextOption[]
}

/** What an element says to Motorpool: the action as Slack sends it, and the element's new state when it has one. */
export interface Deed {
  blockId: string
  action: ElementState & { action_id: string }
  state?: ElementState
  confirm?: ConfirmationDialog
}

/** What is around some blocks: a message, the Home tab or a modal, with everything entered in it so far. */
export interface Surface {
  /** Keeps the ids of one surface's fields apart from those of another. */
  id: string
  values: ViewState
  /** Messages at their blocks, from a submission that was turned down. */
  errors: Record<string, string>
  /** The block and action ids of deeds that are still under way, see {@link deedKey}. */
  pending: ReadonlySet<string>
  keep(blockId: string, actionId: string, state: ElementState): void
  perform(deed: Deed): void
  suggest(blockId: string, actionId: string, query: string): Promise<OptionsGroup[]>
}

export const SurfaceContext = createContext<Surface | null>(null)

export function useSurface(): Surface {
  const surface = useContext(SurfaceContext)
  if (!surface) throw new Error('blocks are drawn outside a surface')
  return surface
}

export function deedKey(blockId: string, actionId: string): string {
  return `${blockId}\n${actionId}`
}
