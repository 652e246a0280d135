import type { RequestListener } from 'node:http'
import { HTTPReceiver, type Logger } from '@slack/bolt'

export const SLACK_PATH = '/slack/events'

/** As Slack advises for the past, in seconds. https://docs.slack.dev/authentication/verifying-requests-from-slack */
const MOST_CLOCK_SKEW = 5 * 60

/** Takes what Slack sends to our own address, signed. */
export function createSignedRequests(signingSecret: string, logger: Logger) {
  const receiver = new HTTPReceiver({ signingSecret, endpoints: SLACK_PATH, logger })
  const listener: RequestListener = (request, response) => {
    if (isFromTheFuture(request.headers['x-slack-request-timestamp'])) response.writeHead(401).end()
    else receiver.requestListener(request, response)
  }
  return { receiver, listener }
}

/** Bolt refuses old timestamps, but a request signed for tomorrow could be kept and sent again until then. */
function isFromTheFuture(timestamp: string | string[] | undefined): boolean {
  return Number(timestamp) > Date.now() / 1000 + MOST_CLOCK_SKEW
}
