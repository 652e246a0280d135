import { createContext, useContext, useSyncExternalStore } from 'react'
import type { WorkspacePerson } from '../protocol/page-api.ts'

/** Who reads: Slack shows names and times as this person sees them. */
export interface Reader {
  person: WorkspacePerson
  people: readonly WorkspacePerson[]
  botName: string
}

const NOBODY: WorkspacePerson = { userId: '', name: '', email: '', title: '', timeZone: 'UTC' }

export const ReaderContext = createContext<Reader>({ person: NOBODY, people: [], botName: '' })

export function useReader(): Reader {
  return useContext(ReaderContext)
}

/** The colours that the system prefers, for what cannot be said in CSS. */
export function useTheme(): 'light' | 'dark' {
  return useSyncExternalStore(subscribe, () => (prefersDark().matches ? 'dark' : 'light'))
}

function subscribe(onChange: () => void): () => void {
  const query = prefersDark()
  query.addEventListener('change', onChange)
  return () => query.removeEventListener('change', onChange)
}

function prefersDark(): MediaQueryList {
  return window.matchMedia('(prefers-color-scheme: dark)')
}
