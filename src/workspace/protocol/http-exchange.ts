import type { IncomingMessage, ServerResponse } from 'node:http'
import { parseJson } from './json.ts'

/** The body is larger than the server takes. */
export class BodyTooLarge extends Error {}

/** The whole body as text; throws {@link BodyTooLarge} beyond the limit (bytes). */
export async function readBody(req: IncomingMessage, limit: number): Promise<string> {
  const chunks: Buffer[] = []
  let size = 0
  for await (const chunk of req as AsyncIterable<Buffer>) {
    size += chunk.length
    if (size > limit) throw new BodyTooLarge()
    chunks.push(chunk)
  }
  return Buffer.concat(chunks).toString('utf8')
}

/** The parsed JSON body; what is none, or beyond the limit (bytes), is answered here with its status, and gives null. */
export async function receiveJson(
  req: IncomingMessage,
  res: ServerResponse,
  limit: number,
): Promise<{ body: unknown } | null> {
  if (!/^application\/json\b/i.test(req.headers['content-type'] ?? '')) {
    sendJson(res, 415, { error: 'application/json expected' })
    return null
  }
  try {
    return { body: parseJson(await readBody(req, limit)) }
  } catch (error) {
    if (!(error instanceof BodyTooLarge)) throw error
    sendJson(res, 413, { error: 'body too large' }, { Connection: 'close' })
    return null
  }
}

/** Answers with JSON; a string is sent as a page of HTML. */
export function sendJson(
  res: ServerResponse,
  status: number,
  body: unknown,
  headers: Record<string, string> = {},
): void {
  const isPage = typeof body === 'string'
  res.writeHead(status, { 'Content-Type': `${isPage ? 'text/html' : 'application/json'}; charset=utf-8`, ...headers })
  res.end(isPage ? body : JSON.stringify(body))
}

/** The token of an `Authorization: Bearer …` header. */
export function bearerToken(req: IncomingMessage): string | undefined {
  return /^Bearer\s+(\S+)$/i.exec(req.headers.authorization ?? '')?.[1]
}
