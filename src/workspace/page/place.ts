import { useSyncExternalStore } from 'react'

const TABS = ['home', 'messages', 'mailbox'] as const
export type Tab = (typeof TABS)[number]

/** Where the page is: whose client, which tab, and in the mailbox which mail. It lives in the URL's hash. */
export interface Place {
  userId: string | null
  tab: Tab
  mailId: string | null
}

/** Reads `#/U123/mailbox/m1`; whatever is missing or unknown becomes the Messages tab of nobody. */
function parsePlace(hash: string): Place {
  const [userId = '', tab = '', mailId = ''] = hash.replace(/^#\/?/, '').split('/').map(safeDecode)
  return { userId: userId || null, tab: TABS.find((known) => known === tab) ?? 'messages', mailId: mailId || null }
}

/** The link to a place. */
export function placeHref(userId: string, tab: Tab, mailId?: string): string {
  return `#/${[userId, tab, ...(mailId ? [mailId] : [])].map(encodeURIComponent).join('/')}`
}

/** The current place; the component is drawn again when the hash changes. */
export function usePlace(): Place {
  return parsePlace(useSyncExternalStore(subscribe, () => window.location.hash))
}

function subscribe(onChange: () => void): () => void {
  window.addEventListener('hashchange', onChange)
  return () => window.removeEventListener('hashchange', onChange)
}

function safeDecode(part: string): string {
  try {
    return decodeURIComponent(part)
  } catch {
    return ''
  }
}
