import { setTimeout as sleep } from 'node:timers/promises'
import { type Logger, SocketModeReceiver } from '@slack/bolt'
import type { FetchFunction, WebClientOptions } from '@slack/web-api'
import { answerWithin, TOO_LATE } from './answer-within.ts'

/** Between two tries to connect: the first, and the longest. Milliseconds. */
const PAUSE = { first: 500, longest: 30_000 }
/** For Slack to say hello, and goodbye. Milliseconds. */
const HELLO_WITHIN = 15_000
const GOODBYE_WITHIN = 2000

/** A WebSocket to Slack in place of requests from it. https://docs.slack.dev/apis/events-api/using-socket-mode */
export interface SocketConnection {
  receiver: SocketModeReceiver
  /** Connects, and again whenever the connection ends, until it is closed. */
  start(): void
  isConnected(): boolean
  /** From now on nothing is taken from Slack any more; what was taken can still be answered. */
  takeNoMore(): void
  close(): Promise<void>
}

/**
 * Keeps one connection open. The client's own reconnecting is turned off: where Slack cannot be reached it gives up and ends
 * the process, and after each of the renewals that Slack asks for it pauses for seconds.
 */
export function createSocketConnection(
  appToken: string,
  clientOptions: WebClientOptions,
  logger: Logger,
): SocketConnection {
  const closing = new AbortController()
  const options = { ...clientOptions, fetch: fetchUntil(closing.signal, clientOptions.fetch) }
  const installerOptions = { clientOptions: options }
  const receiver = new SocketModeReceiver({ appToken, logger, autoReconnectEnabled: false, installerOptions })
  const { client } = receiver
  let connected = false
  client.on('connected', () => {
    connected = true
  })
  client.on('disconnected', () => {
    connected = false
  })

  /** Connects, and stays until the connection ends. */
  async function connect(): Promise<void> {
    const started = await answerWithin(HELLO_WITHIN, receiver.start())
    if (started === TOO_LATE) {
      await client.disconnect()
      throw new Error('Slack did not say hello')
    }
    if (connected) await new Promise((resolve) => client.once('disconnected', resolve))
  }

  async function stayConnected(): Promise<void> {
    let pause = PAUSE.first
    while (!closing.signal.aborted) {
      const since = Date.now()
      await connect().catch((error: unknown) => {
        if (!closing.signal.aborted) logger.warn(`Slack cannot be reached: ${error}`)
      })
      if (Date.now() - since > PAUSE.longest) pause = PAUSE.first
      else {
        await sleep(pause, undefined, { signal: closing.signal }).catch(() => {})
        pause = Math.min(2 * pause, PAUSE.longest)
      }
    }
  }

  let staying = Promise.resolve()
  return {
    receiver,
    start: () => {
      staying = stayConnected()
    },
    isConnected: () => connected,
    takeNoMore: () => {
      client.removeAllListeners('slack_event')
    },
    close: async () => {
      closing.abort()
      // Asked a second time, the client does not wait for Slack's goodbye.
      const closed = await answerWithin(GOODBYE_WITHIN, client.disconnect())
      if (closed === TOO_LATE) await client.disconnect()
      await staying
    },
  }
}

/** A call that is on its way at the end is given up, so that closing does not wait for it. */
function fetchUntil(end: AbortSignal, call: FetchFunction = fetch): FetchFunction {
  return (input, init) =>
    call(input, { ...init, signal: AbortSignal.any([end, ...(init?.signal ? [init.signal] : [])]) })
}
