import type {
  ActResult,
  Acts,
  ClockMove,
  ClockProblem,
  WorkspacePersonState,
  WorkspaceState,
} from '../protocol/page-api.ts'
import type { Tab } from './place.ts'

const HEADERS = { 'content-type': 'application/json' }
const RETRY_MS = 1000
const UNREACHABLE = 'The workspace cannot be reached. Is it still running?'

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
    const { response, result } = await postJson(`/workspace/people/${encodeURIComponent(userId)}/${act}`, body)
    return isActResult(result) ? result : { ok: false, error: unexpected(response) }
  } catch {
    return { ok: false, error: UNREACHABLE }
  }
}

/** Moves Motorpool's clock; null when it did, else why not. Never throws. */
export async function postClockMove(move: ClockMove): Promise<string | null> {
  try {
    const { response, result } = await postJson('/workspace/clock', move)
    if (response.ok) return null
    return isClockProblem(result) ? result.error : unexpected(response)
  } catch {
    return UNREACHABLE
  }
}

/**
 * Calls `changed` at once and after each change, and `lost` while the workspace cannot be reached; it keeps trying.
 * @returns a function that ends it
 */
export function followChanges(changed: () => void, lost: () => void): () => void {
  let socket: WebSocket
  let retry: number
  const open = () => {
    socket = new WebSocket(`ws://${location.host}/workspace/changes`)
    socket.onmessage = changed
    socket.onclose = () => {
      lost()
      retry = window.setTimeout(open, RETRY_MS)
    }
  }
  open()
  return () => {
    window.clearTimeout(retry)
    socket.onclose = null
    socket.close()
  }
}

/** Whatever the answer is: a `result` of null is none. */
async function postJson(path: string, body: unknown): Promise<{ response: Response; result: unknown }> {
  const response = await fetch(path, { method: 'POST', headers: HEADERS, body: JSON.stringify(body) })
  return { response, result: await response.json().catch(() => null) }
}

function unexpected({ status }: Response): string {
  return `The workspace answered with status ${status}.`
}

async function getJson<T>(path: string): Promise<T> {
  const response = await fetch(path)
  if (!response.ok) throw new Error(`${path}: ${response.status}`)
  return (await response.json()) as T
}

function isActResult(value: unknown): value is ActResult {
  return typeof value === 'object' && value !== null && 'ok' in value && typeof value.ok === 'boolean'
}

function isClockProblem(value: unknown): value is ClockProblem {
  return typeof value === 'object' && value !== null && 'error' in value && typeof value.error === 'string'
}
