import { App, type Logger, LogLevel } from '@slack/bolt'
import { WebClient, type WebClientOptions } from '@slack/web-api'
import type { Drafts } from '../../core/booking/draft.ts'
import type { FormChoices } from '../../core/booking/form-choices.ts'
import type { Overview } from '../../core/booking/overview.ts'
import type { PressedCards } from '../../core/notification/pressed-cards.ts'
import type { Absences } from '../../core/people/absences.ts'
import type { Directory } from '../../core/people/identify-person.ts'
import type { Deps } from '../../core/ports.ts'
import { fetchWithin } from '../fetch-within.ts'
import { homeStateOf, readHome } from '../view-models/home.ts'
import { answerEverything } from './answer-everything.ts'
import { closeIfOut, createCloseHome } from './close-home.ts'
import { registerActions } from './listeners/actions/index.ts'
import { registerCommands } from './listeners/commands/book-car.ts'
import { registerEvents } from './listeners/events/index.ts'
import { registerOptions } from './listeners/options/people-options.ts'
import { registerShortcuts } from './listeners/shortcuts/book-car.ts'
import { registerViews } from './listeners/views/index.ts'
import { createSlackProfiles } from './profiles.ts'
import { createSlackSender } from './sender.ts'
import { createSignedRequests } from './signed-requests.ts'
import type { HandledActivities, Homes } from './slack-deps.ts'
import { createSocketConnection } from './socket-connection.ts'
import { chatUrlOf, createTokenIdentity } from './token-identity.ts'

export type SlackSettings = {
  botToken: string
  /** Where Slack's Web API is, when that is not Slack. */
  apiUrl?: string | undefined
  /** Team ids that are let in; empty: the token's own team. */
  teamIds: string[]
} & WayIn

/** Slack sends signed requests to us, or all that comes in comes over a socket that we open to Slack. */
type WayIn = { signingSecret: string; appToken?: undefined } | { appToken: string; signingSecret?: undefined }

export interface SlackAppDeps {
  core: Deps
  directory: Directory
  choices: FormChoices
  drafts: Drafts
  absences: Absences
  cards: PressedCards
  homes: Homes
  overview: Overview
  activities: HandledActivities
  log: {
    debug(facts: object, message: string): void
    info(facts: object, message: string): void
    warn(facts: object, message: string): void
    error(facts: object, message: string): void
  }
}

/** Longer than any answer of Slack's takes, and shorter than a lease. Milliseconds. */
const API_TIMEOUT = 10_000

/**
 * Slack, over signed HTTP requests or a socket in and the Web API out. The client gives up early and does not retry by itself: what may
 * not be lost is retried by the relay, and a retry that nobody sees would post twice.
 */
export function createSlackApp(settings: SlackSettings, deps: SlackAppDeps) {
  const { botToken, apiUrl, teamIds } = settings
  const logger = boltLogger(deps.log)
  const clientOptions: WebClientOptions = {
    ...(apiUrl && { slackApiUrl: apiUrl }),
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger,
    fetch: fetchWithin(API_TIMEOUT),
  }
  const client = new WebClient(botToken, clientOptions)
  const wayIn =
    settings.appToken !== undefined
      ? { socket: createSocketConnection(settings.appToken, clientOptions, logger), requests: null }
      : { socket: null, requests: createSignedRequests(settings.signingSecret, deps.log) }
  const { socket, requests } = wayIn
  const { receiver } = wayIn.socket ?? wayIn.requests
  // Given `token`, Bolt would ask Slack at once who it is, and an unreachable Slack would end the process.
  const app = new App({ receiver, clientOptions, logger, convoStore: false, authorize: async () => ({ botToken }) })
  const identity = createTokenIdentity(client)
  const profiles = createSlackProfiles(client, teamIds, identity)
  const slackDeps = { ...deps, profiles, closeHome: createCloseHome(client, deps.log) }
  // Bolt's own stop waits for requests, not for what goes on after they were acknowledged.
  const working = new Set<Promise<void>>()
  app.use(async ({ next }) => {
    const work = next()
    working.add(work)
    await work.finally(() => working.delete(work))
  })
  answerEverything(app, deps.log, socket !== null)
  registerCommands(app, slackDeps)
  registerActions(app, slackDeps)
  registerViews(app, slackDeps)
  registerOptions(app, slackDeps)
  registerEvents(app, slackDeps)
  registerShortcuts(app, slackDeps)

  return {
    /** Where requests go, at SLACK_PATH; null where a socket carries them. */
    listener: requests?.listener ?? null,
    socket,
    sender: createSlackSender({
      client,
      profiles,
      directory: deps.directory,
      now: deps.core.now,
      readHome: async ({ recipient, viewState }) => {
        const person = await deps.core.store.findPerson(recipient.personId)
        const { core, overview, drafts, absences, homes } = deps
        if (!person) return null
        const home = await readHome({ ...core, overview, drafts, absences }, person, homeStateOf(viewState, core.now()))
        await homes.keepRows(person.id, { ...home.rows }, viewState)
        return home
      },
      closeIfOut: (account) => closeIfOut(slackDeps, account),
    }),
    chatUrl: () => chatUrlOf(identity),
    isAnswering: () => working.size > 0,
    drain: async () => {
      socket?.takeNoMore()
      await Promise.allSettled(working)
      await socket?.close()
    },
  }
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
