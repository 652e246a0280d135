import { useState } from 'react'
import type { WorkspacePerson, WorkspaceState } from '../protocol/page-api.ts'
import { ClockPanel } from './clock-panel.tsx'
import { MenuIcon } from './icons.tsx'
import { PeopleList } from './people-list.tsx'
import type { Place } from './place.ts'
import { useBusinessTime } from './use-business-time.ts'
import { clockTime24, lengthWords } from './zoned-time.ts'

type Drawer = 'people' | 'clock'

interface SidebarProps {
  state: WorkspaceState
  place: Place
  chosen: WorkspacePerson | undefined
}

/** The people and Motorpool's clock; where there is little room, a bar from which either is drawn. */
export function Sidebar({ state, place, chosen }: SidebarProps) {
  const [open, setOpen] = useState<Drawer | null>(null)
  const { aheadMs } = state.clock
  const time = useBusinessTime(aheadMs)
  const timeZone = chosen?.timeZone ?? Intl.DateTimeFormat().resolvedOptions().timeZone
  const unread = state.people.reduce((sum, person) => sum + person.unread, 0)
  const close = () => setOpen(null)
  const toggle = (drawer: Drawer) => setOpen(open === drawer ? null : drawer)
  return (
    <aside
      className="sidebar"
      aria-label="People and clock"
      data-open={open ?? undefined}
      onKeyDown={(event) => event.key === 'Escape' && close()}
    >
      <div className="sidebar-head">
        <button
          type="button"
          className="icon-button sidebar-toggle"
          aria-label={open === 'people' ? 'Hide people' : 'Show people'}
          aria-expanded={open === 'people'}
          onClick={() => toggle('people')}
        >
          <MenuIcon />
          {unread > 0 && open !== 'people' && <span className="sidebar-dot" />}
        </button>
        <div className="team">
          <b className="team-name">{state.teamName}</b>
          <span className="team-about">A local workspace. Nothing leaves this computer.</span>
        </div>
        <button
          type="button"
          className="clock-toggle"
          aria-label={open === 'clock' ? 'Hide the clock' : 'Show the clock'}
          aria-expanded={open === 'clock'}
          onClick={() => toggle('clock')}
        >
          <b>{clockTime24(time, timeZone)}</b>
          {aheadMs > 0 && <span>{lengthWords(aheadMs)} ahead</span>}
        </button>
      </div>
      <nav className="sidebar-people" aria-label="People">
        <h2>Try it as</h2>
        <PeopleList people={state.people} place={place} onPick={close} />
      </nav>
      <ClockPanel time={time} aheadMs={aheadMs} timeZone={timeZone} />
      {open && <button type="button" className="sidebar-veil" aria-label={`Hide the ${open}`} onClick={close} />}
    </aside>
  )
}
