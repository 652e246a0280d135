import { useEffect } from 'react'
import type { WorkspaceState } from '../protocol/page-api.ts'
import { ClientView } from './client-view.tsx'
import { usePlace } from './place.ts'
import { Sidebar } from './sidebar.tsx'
import { useWorkspace } from './use-workspace.ts'
import { Welcome } from './welcome.tsx'

/** The whole page: the people on the left, and the Slack of whoever was chosen. */
export function App() {
  const place = usePlace()
  const { state, person, online, act } = useWorkspace(place)
  const chosen = state?.people.find(({ userId }) => userId === place.userId)
  useTitle(state, chosen?.name)
  if (!state) return <p className="starting">{online ? 'One moment…' : 'The workspace cannot be reached.'}</p>
  return (
    <div className="app">
      <Sidebar state={state} place={place} chosen={chosen} />
      <main className="client">
        {!online && (
          <p className="offline" role="status">
            The connection was lost. Trying again…
          </p>
        )}
        {chosen ? (
          <ClientView key={chosen.userId} state={state} place={place} chosen={chosen} person={person} act={act} />
        ) : (
          <Welcome state={state} place={place} />
        )}
      </main>
    </div>
  )
}

function useTitle(state: WorkspaceState | null, name: string | undefined) {
  const unread = state?.people.reduce((sum, person) => sum + person.unread, 0) ?? 0
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${name ? `${name} · ` : ''}Motorpool workspace`
  }, [unread, name])
}
