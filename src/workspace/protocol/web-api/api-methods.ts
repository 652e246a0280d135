import { slackUser } from '../directory.ts'
import { type Fields, stringOf } from '../json.ts'
import { assertViewIsValid } from '../views.ts'
import type { World } from '../world.ts'
import { ApiRefusal } from './api-refusal.ts'
import { chatDelete, chatPostEphemeral, chatPostMessage, chatUpdate } from './chat-methods.ts'
import { conversationsHistory, conversationsOpen } from './conversation-methods.ts'

/** One method of the Web API: gives what stands beside `ok: true`, or throws an {@link ApiRefusal}. */
export type ApiMethod = (world: World, args: Fields) => Fields

/** The methods that this Slack knows; each one's page is https://docs.slack.dev/reference/methods/<method> */
export const API_METHODS: Readonly<Record<string, ApiMethod>> = {
  'api.test': (_world, args) => ({ args }),
  // https://docs.slack.dev/reference/methods/bots.info
  'bots.info': (world, args) => {
    if (args.bot !== world.bot.botId) throw new ApiRefusal('bot_not_found')
    return {
      bot: {
        id: world.bot.botId,
        deleted: false,
        name: world.bot.name,
        app_id: world.bot.appId,
        user_id: world.bot.userId,
      },
    }
  },
  'auth.test': (world) => ({
    url: `${world.baseUrl}/`,
    team: world.team.name,
    team_id: world.team.id,
    user: world.bot.name.toLowerCase(),
    user_id: world.bot.userId,
    bot_id: world.bot.botId,
    is_enterprise_install: false,
  }),
  // https://docs.slack.dev/reference/methods/apps.connections.open
  'apps.connections.open': ({ baseUrl, sockets }) => {
    if (!sockets) throw new ApiRefusal('not_allowed_token_type')
    return { url: `${baseUrl.replace(/^http/, 'ws')}/slack/socket?ticket=${sockets.issueTicket()}` }
  },
  'users.info': usersInfo,
  'users.lookupByEmail': usersLookupByEmail,
  'conversations.open': conversationsOpen,
  'conversations.history': conversationsHistory,
  'chat.postMessage': chatPostMessage,
  'chat.postEphemeral': chatPostEphemeral,
  'chat.update': chatUpdate,
  'chat.delete': chatDelete,
  'views.open': (world, args) => openView(world, args, 'open'),
  'views.push': (world, args) => openView(world, args, 'push'),
  'views.update': viewsUpdate,
  'views.publish': viewsPublish,
}

/** The arguments that are objects, and come as JSON text inside a form. */
export const STRUCTURED_ARGUMENTS = ['view', 'blocks', 'metadata', 'attachments'] as const

function usersInfo(world: World, args: Fields): Fields {
  const person = world.directory.byId(stringOf(args.user))
  if (!person) throw new ApiRefusal('user_not_found')
  return { user: slackUser(person, world.now()) }
}

/** Bots have no address, and those who left are not found by theirs. */
function usersLookupByEmail(world: World, args: Fields): Fields {
  const person = world.directory.byEmail(stringOf(args.email))
  if (!person || person.bot || person.deleted) throw new ApiRefusal('users_not_found')
  return { user: slackUser(person, world.now()) }
}

function openView(world: World, args: Fields, how: 'open' | 'push'): Fields {
  if (args.view === undefined) {
    throw new ApiRefusal('invalid_arguments', ['missing required field: view [json-pointer:/view]'])
  }
  // An invalid view does not spend the trigger.
  assertViewIsValid(args.view)
  const userId = world.triggers.exchange(args.trigger_id)
  return { view: world.views[how](userId, args.view) }
}

function viewsUpdate(world: World, args: Fields): Fields {
  const externalId = stringOf(args.external_id)
  const viewId = stringOf(args.view_id) || (externalId && world.views.byExternalId(externalId)?.id)
  if (!viewId && !externalId) {
    throw new ApiRefusal('invalid_arguments', ['missing required field: view_id [json-pointer:/view_id]'])
  }
  if (!viewId) throw new ApiRefusal('not_found')
  return { view: world.views.update(viewId, args.view, args.hash) }
}

function viewsPublish(world: World, args: Fields): Fields {
  const person = world.directory.byId(stringOf(args.user_id))
  if (!person || !world.directory.canBeWrittenTo(person)) throw new ApiRefusal('user_not_found')
  return { view: world.views.publish(person.userId, args.view, args.hash) }
}
