import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'

export interface Answer {
  status?: number
  headers?: Record<string, string>
  body: object
}

/** A server on this machine that answers every request the same way, and stands for Slack or Resend. */
export async function startAnsweringServer(answer: () => Answer): Promise<{ url: string; close(): void }> {
  const server = createServer((_request, response) => {
    const { status = 200, headers, body } = answer()
    response.writeHead(status, { 'content-type': 'application/json', ...headers }).end(JSON.stringify(body))
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, close: () => server.close() }
}
