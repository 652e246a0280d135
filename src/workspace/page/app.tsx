import { useEffect, useState } from 'react'
import type { WorkspaceState } from '../protocol/page-api.ts'
import { ClientView } from './client-view.tsx'
import { MenuIcon } from './icons.tsx'
import { PeopleList } from './people-list.tsx'
import { type Place, usePlace } from './place.ts'
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
      <Sidebar state={state} place={place} />
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

function Sidebar({ state, place }: { state: WorkspaceState; place: Place }) {
  const [open, setOpen] = useState(false)
  const unread = state.people.reduce((sum, person) => sum + person.unread, 0)
  const close = () => setOpen(false)
  return (
    <nav className="sidebar" aria-label="People" data-open={open} onKeyDown={(e) => e.key === 'Escape' && close()}>
      <div className="sidebar-head">
        <button
          type="button"
          className="icon-button sidebar-toggle"
          aria-label={open ? 'Hide people' : 'Show people'}
          aria-expanded={open}
          onClick={() => setOpen(!open)}
        >
          <MenuIcon />
          {unread > 0 && !open && <span className="sidebar-dot" />}
        </button>
        <div className="team">
          <b className="team-name">{state.teamName}</b>
          <span className="team-about">A local workspace. Nothing leaves this computer.</span>
        </div>
      </div>
      <div className="sidebar-people">
        <h2>Try it as</h2>
        <PeopleList people={state.people} place={place} onPick={close} />
      </div>
      {open && <button type="button" className="sidebar-veil" aria-label="Hide people" onClick={close} />}
    </nav>
  )
}

function useTitle(state: WorkspaceState | null, name: string | undefined) {
  const unread = state?.people.reduce((sum, person) => sum + person.unread, 0) ?? 0
  useEffect(() => {
    document.title = `${unread > 0 ? `(${unread}) ` : ''}${name ? `${name} · ` : ''}Motorpool workspace`
  }, [unread, name])
}
