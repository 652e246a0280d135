import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http'

/** How long the headers, and the whole of a request, may take to come in. Milliseconds. */
const RECEIVED_WITHIN = 10_000
/** Open connections; what stands in front keeps a few, and each one that sends nothing is closed after a while. */
const MOST_CONNECTIONS = 1000
/** Seconds until whoever comes while it starts may try again. */
const RETRY_AFTER = '2'

interface Route {
  path: string
  handle(request: IncomingMessage, response: ServerResponse): unknown
}

export interface HttpSurface {
  /** Served while {@link readiness} is set, so that nothing new is begun while starting or stopping. */
  routes: Route[]
  /** Asked for every path that no route has; false: not theirs either. */
  fallback: ((request: IncomingMessage, response: ServerResponse) => boolean | Promise<boolean>) | null
  /** The parts that must work, by name; null while starting or stopping. */
  readiness: (() => Promise<Record<string, boolean>>) | null
}

/**
 * One HTTP server for everything that comes in. `/healthz`: the process is alive. `/readyz`: it can do its work; 503 with
 * the parts that cannot, and while it starts or stops.
 * @param paths those that have a route once it serves; until then they answer 503
 */
export function createHttpSurface(
  log: { error(facts: object, message: string): void },
  paths: readonly string[],
  { receivedWithin = RECEIVED_WITHIN }: { receivedWithin?: number } = {},
): { surface: HttpSurface; server: Server } {
  const surface: HttpSurface = { routes: [], fallback: null, readiness: null }
  const limits = {
    headersTimeout: receivedWithin,
    requestTimeout: receivedWithin,
    connectionsCheckingInterval: receivedWithin / 10,
  }
  const server = createServer(limits, (request, response) => {
    answer(surface, paths, request, response).catch((error: unknown) => {
      log.error({ err: error, path: request.url }, 'A request could not be answered')
      if (!response.headersSent) sendJson(response, 500, { error: 'internal' })
      else response.destroy()
    })
  })
  server.maxConnections = MOST_CONNECTIONS
  return { surface, server }
}

async function answer(
  surface: HttpSurface,
  paths: readonly string[],
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const path = (request.url ?? '/').split('?', 1)[0]
  if (path === '/healthz') return sendJson(response, 200, { status: 'alive' })
  if (path === '/readyz') return answerReadiness(surface, response)
  if (!surface.readiness && path !== undefined && paths.includes(path)) {
    response.setHeader('retry-after', RETRY_AFTER)
    return sendJson(response, 503, { error: 'not serving' })
  }
  const route = surface.routes.find((candidate) => candidate.path === path)
  if (route) {
    await route.handle(request, response)
    return
  }
  if (await surface.fallback?.(request, response)) return
  sendJson(response, 404, { error: 'not found' })
}

async function answerReadiness({ readiness }: HttpSurface, response: ServerResponse): Promise<void> {
  if (!readiness) return sendJson(response, 503, { status: 'not serving' })
  const parts = await readiness()
  const ready = Object.values(parts).every(Boolean)
  sendJson(response, ready ? 200 : 503, { status: ready ? 'ready' : 'not ready', ...parts })
}

function sendJson(response: ServerResponse, status: number, body: object): void {
  response.writeHead(status, { 'content-type': 'application/json', 'cache-control': 'no-store' })
  response.end(`${JSON.stringify(body)}\n`)
}
