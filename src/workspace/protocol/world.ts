import type { Conversations } from './conversations.ts'
import type { Directory } from './directory.ts'
import type { Sockets } from './socket-mode.ts'
import type { Views } from './views.ts'
import type { ResponseUrls } from './web-api/response-urls.ts'
import type { Triggers } from './web-api/triggers.ts'

/** Everything there is in the local Slack: one team, one app with its bot, and the people who talk to it. */
export interface World {
  /** Where this server is reached, without a slash at the end. */
  baseUrl: string
  /** The app's Request URL. */
  requestUrl: string
  signingSecret: string
  botToken: string
  /** The app-level token, where the app has turned on Socket Mode. */
  appToken: string | null
  sockets: Sockets | null
  team: { id: string; name: string }
  bot: { name: string; userId: string; botId: string; appId: string }
  /** The slash commands the app has declared. */
  commands: readonly string[]
  now(): number
  directory: Directory
  conversations: Conversations
  views: Views
  triggers: Triggers
  responseUrls: ResponseUrls
  isClosed(): boolean
}
