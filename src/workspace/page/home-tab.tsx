import type { KnownBlock } from '@slack/types'
import { useEffect } from 'react'
import type { WorkspaceView } from '../protocol/page-api.ts'
import { SurfaceBlocks } from './blocks/surface-blocks.tsx'
import { useSurfaceState } from './blocks/use-surface-state.ts'
import { CarIcon } from './icons.tsx'
import type { Act } from './use-workspace.ts'

interface HomeTabProps {
  view: WorkspaceView | null
  act: Act
  onProblem: (problem: string) => void
}

/** The App Home. Looking at it tells Motorpool so: https://docs.slack.dev/reference/events/app_home_opened */
export function HomeTab({ view, act, onProblem }: HomeTabProps) {
  useEffect(() => {
    act('home', {})
  }, [act])
  if (!view) {
    return (
      <div className="empty">
        <CarIcon />
        <p>Nothing is on this Home tab yet.</p>
      </div>
    )
  }
  return (
    <div className="scroller">
      <div className="home">
        <HomeBlocks view={view} act={act} onProblem={onProblem} />
      </div>
    </div>
  )
}

function HomeBlocks({ view, act, onProblem }: HomeTabProps & { view: WorkspaceView }) {
  const blocks = view.blocks as KnownBlock[]
  const use = useSurfaceState({ id: view.id, source: { kind: 'view', viewId: view.id }, blocks, act, onProblem })
  return <SurfaceBlocks blocks={blocks} use={use} />
}
