import { once } from 'node:events'
import { createServer, type IncomingHttpHeaders } from 'node:http'
import type { AddressInfo } from 'node:net'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'

interface Copied {
  status: number
  body: string
}

/** Stands between Slack and the app, and delivers what passes more than once, signature and all. */
export interface RequestCopier {
  /** How often each request is delivered at the same time; Slack gets the first copy's answer. */
  copies: number
  /** The answers to every copy so far. */
  answers: Copied[]
  /** The bodies that passed, oldest first. */
  passed: string[]
  /** Delivers the last request once more. */
  again(): Promise<Copied>
  close(): Promise<void>
}

export async function startRequestCopier(slack: LocalSlack): Promise<RequestCopier> {
  const requestUrl = slack.requestUrl
  let last: { body: string; headers: Record<string, string> } | undefined
  const forward = async (): Promise<Copied> => {
    if (!last) throw new Error('nothing has passed yet')
    const response = await fetch(requestUrl, { method: 'POST', ...last })
    return { status: response.status, body: await response.text() }
  }
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = []
    for await (const chunk of request) chunks.push(chunk)
    last = { body: Buffer.concat(chunks).toString(), headers: slackHeaders(request.headers) }
    copier.passed.push(last.body)
    const answers = await Promise.all(Array.from({ length: copier.copies }, forward))
    copier.answers.push(...answers)
    const [first] = answers
    response.writeHead(first?.status ?? 500, { 'content-type': 'application/json' }).end(first?.body)
  })
  server.listen(0, '127.0.0.1')
  await once(server, 'listening')
  slack.requestUrl = `http://127.0.0.1:${(server.address() as AddressInfo).port}/`
  const copier: RequestCopier = {
    copies: 1,
    answers: [],
    passed: [],
    again: forward,
    close: async () => {
      slack.requestUrl = requestUrl
      server.closeAllConnections()
      server.close()
      await once(server, 'close')
    },
  }
  return copier
}

function slackHeaders(headers: IncomingHttpHeaders): Record<string, string> {
  const kept = Object.entries(headers).filter(([name]) => name === 'content-type' || name.startsWith('x-slack-'))
  return Object.fromEntries(kept.map(([name, value]) => [name, String(value)]))
}
