import { once } from 'node:events'
import { type AddressInfo, connect, createServer, type Socket } from 'node:net'

/** A door in front of a server, for everything that can happen to a network. */
export interface TcpGate {
  /** The server's URL, through the gate. */
  through(url: string): string
  /** What is sent arrives nowhere, and nobody is told. */
  stall(): void
  /** What was held back goes on its way. */
  resume(): void
  /** Resets about this share of the connections; returns how many. */
  reset(share: number): number
  /** Resets the next connection over which this text is sent: before it arrives, or when its answer comes back. */
  breakAt(text: string, when: 'before' | 'after'): void
  /** Ends every connection and refuses new ones. */
  shut(): void
  open(): void
  close(): Promise<void>
}

export async function startTcpGate(): Promise<TcpGate> {
  const broken = new WeakSet<Socket>()
  const pairs = new Set<[Socket, Socket]>()
  let target = { host: '127.0.0.1', port: 0 }
  let breaking: { text: string; when: 'before' | 'after' } | null = null
  let state: 'open' | 'stalled' | 'shut' = 'open'
  const server = createServer({ pauseOnConnect: true }, (near) => {
    if (state === 'shut') {
      near.resetAndDestroy()
      return
    }
    const far = connect(target)
    const pair: [Socket, Socket] = [near, far]
    pairs.add(pair)
    for (const [one, other] of [pair, pair.toReversed()] as [Socket, Socket][]) {
      one.on('data', (chunk: Buffer) => {
        if (one === near && breaking && chunk.includes(breaking.text)) {
          const { when } = breaking
          breaking = null
          if (when === 'before') near.resetAndDestroy()
          else broken.add(near)
        }
        if (one === far && broken.has(near)) near.resetAndDestroy()
        else if (!near.destroyed) other.write(chunk)
      })
      one.on('error', () => {})
      one.on('close', () => {
        other.destroy()
        pairs.delete(pair)
      })
      if (state === 'stalled') one.pause()
      else one.resume()
    }
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  const { port } = server.address() as AddressInfo
  const each = (act: (socket: Socket) => void) => {
    for (const pair of [...pairs]) for (const socket of pair) act(socket)
  }
  return {
    through: (url) => {
      const gate = new URL(url)
      target = { host: gate.hostname, port: Number(gate.port) }
      gate.hostname = '127.0.0.1'
      gate.port = String(port)
      return gate.href
    },
    stall: () => {
      state = 'stalled'
      each((socket) => socket.pause())
    },
    resume: () => {
      state = 'open'
      each((socket) => socket.resume())
    },
    reset: (share) => {
      const chosen = [...pairs].filter(() => Math.random() < share)
      for (const [near] of chosen) near.resetAndDestroy()
      return chosen.length
    },
    breakAt: (text, when) => {
      breaking = { text, when }
    },
    shut: () => {
      state = 'shut'
      each((socket) => socket.destroy())
    },
    open: () => {
      state = 'open'
    },
    close: async () => {
      each((socket) => socket.destroy())
      server.close()
      await once(server, 'close')
    },
  }
}
