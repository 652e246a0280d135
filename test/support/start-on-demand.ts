import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { TestProject } from 'vitest/node'
import type { Started } from './started.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** Answers tests that ask for what runs once for all of them. */
    startOnDemand: string
  }
}

const STARTS = {
  /** A superuser's URL on the server of this run; tests work in databases of their own: see `createTestDatabase`. */
  postgres: async () => (await import('./postgres-server.ts')).startTestServer(),
  /** The folder of the service compiled to JavaScript. */
  compiledService: async () => (await import('./compiled-service.ts')).compileService(),
}

export type Name = keyof typeof STARTS

/** Waits for tests to ask, so that those which need nothing wait for nothing. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const started = new Map<Name, Promise<Started>>()
  const startedOnce = (name: Name) => {
    const one = started.get(name) ?? (STARTS[name]() as Promise<Started>)
    started.set(name, one)
    return one
  }
  const server = createServer(async ({ url = '' }, res) => {
    try {
      const { value } = await startedOnce(url.slice(1) as Name)
      res.end(value)
    } catch (error) {
      res.writeHead(500).end(String(error))
    }
  }).listen(0, '127.0.0.1')
  await once(server, 'listening')
  project.provide('startOnDemand', `http://127.0.0.1:${(server.address() as AddressInfo).port}`)
  return async () => {
    server.close()
    for (const one of await Promise.allSettled(started.values())) if (one.status === 'fulfilled') await one.value.stop()
  }
}
