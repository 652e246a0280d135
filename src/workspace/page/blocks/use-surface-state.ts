import type { KnownBlock } from '@slack/types'
import { useCallback, useRef, useState } from 'react'
import { carriedState } from '../../protocol/block-kit/view-state.ts'
import type { Acts, ElementState, ViewState } from '../../protocol/page-api.ts'
import type { Act } from '../use-workspace.ts'
import { type Deed, deedKey, type OptionsGroup, type Surface } from './surface.ts'

const NO_ERRORS: Record<string, string> = {}

/** Where a surface's deeds come from, and who hears when one fails. */
interface SurfaceUse {
  id: string
  source: Acts['action']['source']
  blocks: KnownBlock[]
  errors?: Record<string, string>
  act: Act
  onProblem: (problem: string) => void
}

/** Holds what somebody entered in some blocks, carries it over when the blocks are replaced, and sends deeds. */
export function useSurfaceState({ id, source, blocks, errors = NO_ERRORS, act, onProblem }: SurfaceUse) {
  const [held, setHeld] = useState(() => ({ blocks, values: carriedState({}, blocks) }))
  const [pending, setPending] = useState<ReadonlySet<string>>(new Set())
  const [asking, setAsking] = useState<Deed | null>(null)
  const current = held.blocks === blocks ? held : { blocks, values: carriedState(held.values, blocks) }
  if (current !== held) setHeld(current)
  // A delayed deed must send what stands in the fields when it leaves, not when it was planned.
  const latest = useRef<ViewState>(current.values)
  latest.current = current.values

  const keep = useCallback((blockId: string, actionId: string, state: ElementState) => {
    latest.current = withState(latest.current, blockId, actionId, state)
    const values = latest.current
    setHeld((before) => ({ ...before, values }))
  }, [])

  const send = async ({ blockId, action, state }: Deed) => {
    if (state) keep(blockId, action.action_id, state)
    const key = deedKey(blockId, action.action_id)
    setPending((before) => new Set(before).add(key))
    const result = await act('action', { source, blockId, action, state: latest.current })
    setPending((before) => new Set([...before].filter((other) => other !== key)))
    if (!result.ok) onProblem(result.error ?? 'Something went wrong.')
  }

  const suggest = async (blockId: string, actionId: string, value: string): Promise<OptionsGroup[]> => {
    const viewId = source.kind === 'view' ? source.viewId : ''
    const answer = await act('suggest', { viewId, blockId, actionId, value })
    if (!answer.ok) onProblem(answer.error ?? 'The options could not be loaded.')
    const groups = answer.optionGroups?.map(({ label, options }) => ({ label: label.text, options }))
    return groups ?? [{ options: answer.options ?? [] }]
  }

  const perform = (deed: Deed) => (deed.confirm ? setAsking(deed) : void send(deed))
  const surface: Surface = { id, values: current.values, errors, pending, keep, perform, suggest }
  const answerConfirm = (yes: boolean) => {
    setAsking(null)
    if (yes && asking) send(asking)
  }
  return { surface, asking: asking?.confirm ?? null, answerConfirm }
}

function withState(values: ViewState, blockId: string, actionId: string, state: ElementState): ViewState {
  return { ...values, [blockId]: { ...values[blockId], [actionId]: state } }
}
