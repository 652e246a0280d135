import type { RequestListener } from 'node:http'
import { App, HTTPReceiver, type Logger, LogLevel } from '@slack/bolt'
import { WebClient, type WebClientOptions } from '@slack/web-api'
import type { Overview } from '../../core/booking/overview.ts'
import type { Directory } from '../../core/people/identify-person.ts'
import type { Deps } from '../../core/ports.ts'
import { registerActions } from './listeners/actions/index.ts'
import { registerCommands } from './listeners/commands/book-car.ts'
import { registerOptions } from './listeners/options/people-options.ts'
import { registerViews } from './listeners/views/index.ts'
import { createSlackProfiles } from './profiles.ts'
import { createSlackSender } from './sender.ts'
import type { FormChoices, PressedCards } from './slack-deps.ts'
import { chatUrlOf, createTokenIdentity } from './token-identity.ts'

export interface SlackSettings {
  botToken: string
  signingSecret: string
  /** Where Slack's Web API is, when that is not Slack. */
  apiUrl?: string
  /** Team ids that are let in; empty: the token's own team. */
  teamIds: string[]
}

export interface SlackAppDeps {
  core: Deps
  directory: Directory
  choices: FormChoices
  cards: PressedCards
  overview: Overview
  log: {
    debug(facts: object, message: string): void
    info(facts: object, message: string): void
    warn(facts: object, message: string): void
    error(facts: object, message: string): void
  }
}

export const SLACK_PATH = '/slack/events'

/** As Slack advises for the past, in seconds. https://docs.slack.dev/authentication/verifying-requests-from-slack */
const MOST_CLOCK_SKEW = 5 * 60

/** Longer than any answer of Slack's takes, and shorter than a lease. Milliseconds. */
const API_TIMEOUT = 10_000

/**
 * Slack, over signed HTTP requests in and the Web API out. The client gives up early and does not retry by itself: what may
 * not be lost is retried by the relay, and a retry that nobody sees would post twice.
 */
export function createSlackApp({ botToken, signingSecret, apiUrl, teamIds }: SlackSettings, deps: SlackAppDeps) {
  const logger = boltLogger(deps.log)
  const clientOptions: WebClientOptions = {
    ...(apiUrl && { slackApiUrl: apiUrl }),
    timeout: API_TIMEOUT,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
  }
  const client = new WebClient(botToken, clientOptions)
  const receiver = new HTTPReceiver({ signingSecret, endpoints: SLACK_PATH, logger })
  // Given `token`, Bolt would ask Slack at once who it is, and an unreachable Slack would end the process.
  const app = new App({ receiver, clientOptions, logger, authorize: async () => ({ botToken }) })
  const identity = createTokenIdentity(client)
  const profiles = createSlackProfiles(client, teamIds, identity)
  const slackDeps = { ...deps, profiles }
  // Bolt's own stop waits for requests, not for what goes on after they were acknowledged.
  const working = new Set<Promise<void>>()
  app.use(async ({ next }) => {
    const work = next()
    working.add(work)
    await work.finally(() => working.delete(work))
  })
  registerCommands(app, slackDeps)
  registerActions(app, slackDeps)
  registerViews(app, slackDeps)
  registerOptions(app, slackDeps)

  const listener: RequestListener = (request, response) => {
    if (isFromTheFuture(request.headers['x-slack-request-timestamp'])) response.writeHead(401).end()
    else receiver.requestListener(request, response)
  }
  return {
    listener,
    sender: createSlackSender({ client, profiles, directory: deps.directory, now: deps.core.now }),
    chatUrl: () => chatUrlOf(identity),
    drain: async () => {
      await Promise.allSettled(working)
    },
  }
}

/** Bolt refuses old timestamps, but a request signed for tomorrow could be kept and sent again until then. */
function isFromTheFuture(timestamp: string | string[] | undefined): boolean {
  return Number(timestamp) > Date.now() / 1000 + MOST_CLOCK_SKEW
}

/** Bolt's words in our log; its own informational chatter is for debugging. */
function boltLogger(log: SlackAppDeps['log']): Logger {
  const say =
    (level: 'debug' | 'warn' | 'error') =>
    (...words: unknown[]) =>
      log[level]({ from: 'bolt' }, words.map(String).join(' '))
  return {
    debug: () => {},
    info: say('debug'),
    warn: say('warn'),
    error: say('error'),
    setLevel: () => {},
    getLevel: () => LogLevel.INFO,
    setName: () => {},
  }
}
