import { setTimeout as pause } from 'node:timers/promises'

/** What goes wrong. */
type Trouble =
  /** HTTP 429 with `Retry-After`. https://docs.slack.dev/apis/web-api/rate-limits */
  | { kind: 'rate_limited'; retryAfterSeconds: number }
  | { kind: 'server_error' }
  /** A page in place of the answer, with status 200, as a proxy puts it up during maintenance. */
  | { kind: 'page' }
  | { kind: 'slow'; ms: number }
  /** The call takes effect and its answer is lost. */
  | { kind: 'drop_after_acting' }
  | { kind: 'drop_before_acting' }
  /** A refusal with this code. */
  | { kind: 'error'; error: string }

type Fault = Trouble & {
  /** Which calls: by method, for example `chat.postMessage`; and from the nth such call on, counted from 1. */
  match?: { method?: string | RegExp; nth?: number }
  /** How many calls it strikes, 1 when absent. */
  times?: number
}

export interface Faults {
  add(fault: Fault): void
  clear(): void
  /** While down, every connection is destroyed. */
  down(isDown: boolean): void
  isDown(): boolean
  /** The fault that strikes this call, if any; it is then used up by one. */
  strike(method: string): Trouble | undefined
}

/** Troubles that a test switches on for some calls to come. The first that matches strikes. */
export function createFaults(): Faults {
  let pending: { fault: Fault; seen: number; left: number }[] = []
  let isDown = false
  return {
    add(fault) {
      pending.push({ fault, seen: 0, left: fault.times ?? 1 })
    },
    clear() {
      pending = []
      isDown = false
    },
    down(value) {
      isDown = value
    },
    isDown: () => isDown,
    strike(method) {
      for (const entry of pending) {
        if (entry.left <= 0 || !matches(entry.fault.match?.method, method)) continue
        entry.seen += 1
        if (entry.seen < (entry.fault.match?.nth ?? 1)) continue
        entry.left -= 1
        return entry.fault
      }
      return undefined
    },
  }
}

function matches(wanted: string | RegExp | undefined, method: string): boolean {
  if (wanted === undefined) return true
  return typeof wanted === 'string' ? wanted === method : wanted.test(method)
}

const PAGE = '<!doctype html><title>Down for maintenance</title>'

/** What a server answers: a status, headers, and a body that is sent as JSON; a string is a page, and sent as it is. */
export interface Answer {
  status: number
  headers?: Record<string, string>
  body: unknown
}

/** In what words a server tells its troubles. */
export interface TroubleWords {
  rateLimited: unknown
  serverError: unknown
  refusal(code: string): Answer
}

/**
 * Runs a call under whatever fault strikes it.
 * @returns the answer to send and what to note in a log; no answer means that the connection is to be destroyed
 */
export async function underFaults(
  faults: Faults,
  method: string,
  words: TroubleWords,
  act: () => Promise<Answer> | Answer,
): Promise<{ answer?: Answer; struck?: Trouble['kind'] | 'down' }> {
  if (faults.isDown()) return { struck: 'down' }
  const trouble = faults.strike(method)
  switch (trouble?.kind) {
    case undefined:
      return { answer: await act() }
    case 'rate_limited': {
      const headers = { 'Retry-After': String(trouble.retryAfterSeconds) }
      return { struck: trouble.kind, answer: { status: 429, headers, body: words.rateLimited } }
    }
    case 'server_error':
      return { struck: trouble.kind, answer: { status: 500, body: words.serverError } }
    case 'page':
      return { struck: trouble.kind, answer: { status: 200, body: PAGE } }
    case 'error':
      return { struck: trouble.kind, answer: words.refusal(trouble.error) }
    case 'slow':
      await pause(trouble.ms)
      return { struck: trouble.kind, answer: await act() }
    case 'drop_before_acting':
      return { struck: trouble.kind }
    case 'drop_after_acting':
      await act()
      return { struck: trouble.kind }
  }
}
