import type { KeyboardEvent } from 'react'
import type { WorkspaceState } from '../protocol/page-api.ts'
import { Badge } from './people-list.tsx'
import { type Place, placeHref, type Tab } from './place.ts'

const TABS: readonly { tab: Tab; name: string }[] = [
  { tab: 'home', name: 'Home' },
  { tab: 'messages', name: 'Messages' },
  { tab: 'mailbox', name: 'Mailbox' },
]

/** https://www.w3.org/WAI/ARIA/apg/patterns/tabs/ */
export function ClientTabs({ place, chosen }: { place: Place; chosen: WorkspaceState['people'][number] }) {
  const go = (tab: Tab) => {
    window.location.hash = placeHref(chosen.userId, tab)
    document.getElementById(`tab-${tab}`)?.focus()
  }
  const pressKey = (event: KeyboardEvent) => {
    const step = { ArrowRight: 1, ArrowLeft: -1 }[event.key]
    if (!step) return
    const at = TABS.findIndex(({ tab }) => tab === place.tab)
    const next = TABS[(at + step + TABS.length) % TABS.length]
    if (next) go(next.tab)
  }
  return (
    <div className="tabs" role="tablist" aria-label="Views" onKeyDown={pressKey}>
      {TABS.map(({ tab, name }) => (
        <button
          key={tab}
          id={`tab-${tab}`}
          type="button"
          role="tab"
          aria-selected={place.tab === tab}
          tabIndex={place.tab === tab ? 0 : -1}
          onClick={() => go(tab)}
        >
          {name}
          {tab === 'messages' && place.tab !== tab && chosen.unread > 0 && (
            <Badge count={chosen.unread} what="new message" />
          )}
          {tab === 'mailbox' && chosen.unreadMails > 0 && <Badge count={chosen.unreadMails} what="new mail" />}
        </button>
      ))}
    </div>
  )
}
