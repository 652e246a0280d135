import { randomBytes } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createPage } from './page/serve-page.ts'
import { createLocalSlack, type LocalSlackOptions } from './protocol/local-slack.ts'

export interface WorkspaceOptions {
  /** The port on loopback that Motorpool listens on: the workspace is served beside it. */
  port: number
  /** Where Motorpool takes Slack's requests. */
  requestPath: string
  snapshotFile: string
  people: LocalSlackOptions['people']
}

/**
 * A small Slack and a mailbox for trying Motorpool without any account. `settings` are what Motorpool is told about them;
 * it speaks to both as it would to the real ones, over HTTP. `clock` is its business time, which the page moves.
 */
export async function startWorkspace({ port, requestPath, snapshotFile, people }: WorkspaceOptions) {
  const origin = `http://127.0.0.1:${port}`
  const signingSecret = randomBytes(16).toString('hex')
  const botToken = `xoxb-${randomBytes(16).toString('hex')}`
  const slack = createLocalSlack({
    baseUrl: `${origin}/workspace`,
    requestUrl: `${origin}${requestPath}`,
    signingSecret,
    botToken,
    team: { id: 'TLOCAL', name: 'Example Company' },
    botName: 'Motorpool',
    people,
    snapshotFile,
  })
  const page = await createPage()
  return {
    chatUrl: `http://localhost:${port}/`,
    clock: slack.clock,
    settings: {
      slack: { botToken, signingSecret, apiUrl: `${slack.baseUrl}/slack/api/`, teamIds: [] },
      email: { apiKey: 're_local', from: 'Motorpool <motorpool@example.com>', baseUrl: `${slack.baseUrl}/mail` },
    },
    listener: async (request: IncomingMessage, response: ServerResponse) =>
      page(request, response) || (await slack.listener(request, response)),
    upgrade: slack.upgrade,
    close: slack.close,
  }
}
