import type { ActResult, Acts, WorkspacePersonState, WorkspaceState } from '../protocol/page-api.ts'
import type { Tab } from './place.ts'

const HEADERS = { 'content-type': 'application/json' }

/** Everybody in the workspace, with what each has not looked at yet. */
export async function fetchState(): Promise<WorkspaceState> {
  return getJson('/workspace/state')
}

/** What one person's client shows; what stands on the tab looked at is marked as seen. */
export async function fetchPerson(userId: string, tab: Tab): Promise<WorkspacePersonState> {
  return getJson(`/workspace/people/${encodeURIComponent(userId)}?tab=${tab}`)
}

/** Does something on behalf of a person. Never throws: a lost connection is an answer too. */
export async function postAct<K extends keyof Acts>(userId: string, act: K, body: Acts[K]): Promise<ActResult> {
  try {
    const response = await fetch(`/workspace/people/${encodeURIComponent(userId)}/${act}`, {
      method: 'POST',
      headers: HEADERS,
      body: JSON.stringify(body),
    })
    const result: unknown = await response.json().catch(() => null)
    if (isActResult(result)) return result
    return { ok: false, error: `The workspace answered with status ${response.status}.` }
  } catch {
    return { ok: false, error: 'The workspace cannot be reached. Is it still running?' }
  }
}

async function getJson<T>(path: string): Promise<T> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return (await response.json()) as T
}

function isActResult(value: unknown): value is ActResult {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean'
}
