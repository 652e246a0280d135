import { useState } from 'react'
import type { WorkspaceView } from '../protocol/page-api.ts'
import { Dialog } from './dialog.tsx'
import { ModalView } from './modal-view.tsx'
import type { Act } from './use-workspace.ts'

/** The open modals in one frame. Only the top one is seen; those beneath keep what was entered in them. */
export function ModalStack({ views, act }: { views: WorkspaceView[]; act: Act }) {
  const [problem, setProblem] = useState<{ viewId: string; text: string } | null>(null)
  const top = views.at(-1)
  if (!top) return null

  const close = async (clearAll: boolean) => {
    const result = await act('close', { viewId: top.id, clearAll })
    if (!result.ok && result.error) setProblem({ viewId: top.id, text: result.error })
  }
  return (
    <Dialog labelledBy={`${top.id}-title`} className="dialog-modal" focusKey={top.id} onDismiss={() => close(true)}>
      {views.map((view) => (
        <ModalView
          key={view.id}
          view={view}
          onTop={view === top}
          stacked={views.length > 1}
          problem={problem?.viewId === view.id ? problem.text : null}
          onProblem={(text) => setProblem(text === null ? null : { viewId: view.id, text })}
          onClose={close}
          act={act}
        />
      ))}
    </Dialog>
  )
}
