import { useCallback, useEffect, useRef, useState } from 'react'
import type { ActResult, Acts, WorkspacePersonState, WorkspaceState } from '../protocol/page-api.ts'
import { fetchPerson, fetchState, followChanges, postAct } from './api.ts'
import type { Place } from './place.ts'

/** Does something on behalf of the chosen person and returns once the page shows what came of it. */
export type Act = <K extends keyof Acts>(act: K, body: Acts[K]) => Promise<ActResult>

interface Shown {
  state: WorkspaceState
  userId: string | null
  person: WorkspacePersonState | null
}

/** The workspace as the server has it, kept up to date as it changes. */
export function useWorkspace({ userId, tab }: Place) {
  const [shown, setShown] = useState<Shown | null>(null)
  const [online, setOnline] = useState(true)
  const asked = useRef(0)
  const drawn = useRef(0)

  const refresh = useCallback(async () => {
    const ticket = ++asked.current
    try {
      // In this order: asking for the person marks what they see as seen, and the badges should know.
      const person = userId ? await fetchPerson(userId, tab).catch(() => null) : null
      const state = await fetchState()
      if (ticket < drawn.current) return
      drawn.current = ticket
      setShown({ state, userId, person })
      setOnline(true)
    } catch {
      setOnline(false)
    }
  }, [userId, tab])

  // What an act led to is shown for whoever is looked at by then.
  const newest = useRef(refresh)
  newest.current = refresh

  useEffect(() => {
    refresh()
    return () => {
      // Answers still on their way belong to somebody who is no longer looked at.
      drawn.current = asked.current + 1
      asked.current = drawn.current
    }
  }, [refresh])

  useEffect(
    () =>
      followChanges(
        () => newest.current(),
        () => setOnline(false),
      ),
    [],
  )

  const act = useCallback<Act>(
    async (name, body) => {
      if (!userId) return { ok: false }
      const result = await postAct(userId, name, body)
      if (name !== 'suggest') await newest.current()
      return result
    },
    [userId],
  )

  return {
    state: shown?.state ?? null,
    person: shown && shown.userId === userId ? shown.person : null,
    online,
    act,
  }
}
