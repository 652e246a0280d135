import type { IncomingMessage } from 'node:http'
import type { Duplex } from 'node:stream'
import { WebSocketServer } from 'ws'

/**
 * Tells every open window of the page the state's version: at once, and again after each change. Over WebSockets, since of
 * requests that stay open a browser allows six for all its windows, and the seventh window would never load.
 */
export interface ChangeFeed {
  open(req: IncomingMessage, socket: Duplex, head: Buffer): void
  /** To be called after each change: those of one moment are told together. */
  tell(): void
  close(): void
}

/** Changes come in bursts, and each telling has every window draw itself. Milliseconds. */
const MOMENT = 50

/** @param version the state's version now */
export function createChangeFeed(version: () => number): ChangeFeed {
  const server = new WebSocketServer({ noServer: true })
  let soon: NodeJS.Timeout | undefined
  const tellAll = () => {
    soon = undefined
    for (const window of server.clients) window.send(`${version()}`)
  }
  return {
    open: (req, socket, head) => server.handleUpgrade(req, socket, head, (window) => window.send(`${version()}`)),
    tell() {
      soon ??= setTimeout(tellAll, MOMENT)
    },
    close() {
      clearTimeout(soon)
      for (const window of server.clients) window.terminate()
    },
  }
}
