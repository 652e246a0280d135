import { randomBytes } from 'node:crypto'
import type { StoredMessage } from './conversations.ts'
import { type DirectoryPerson, slackUser, userName } from './directory.ts'
import type { Fields } from './json.ts'
import type { ViewState, WorkspaceView } from './page-api.ts'
import { slackMessage } from './web-api/post-message.ts'
import type { World } from './world.ts'

/** Slack's old verification token, which nothing should rely on any more. */
const TOKEN = 'local-workspace'

/** A slash command's form. https://docs.slack.dev/interactivity/implementing-slash-commands#app_command_handling */
export function commandForm(
  world: World,
  person: DirectoryPerson,
  command: string,
  text: string,
  responseUrl: string,
): Record<string, string> {
  return {
    token: TOKEN,
    team_id: person.teamId,
    team_domain: domain(world),
    channel_id: person.channel,
    channel_name: 'directmessage',
    user_id: person.userId,
    user_name: userName(person),
    command,
    text,
    api_app_id: world.bot.appId,
    is_enterprise_install: 'false',
    response_url: responseUrl,
    trigger_id: world.triggers.issue(person.userId),
  }
}

/** A press in a message. https://docs.slack.dev/reference/interaction-payloads/block_actions-payload */
export function messageAction(
  world: World,
  person: DirectoryPerson,
  message: StoredMessage,
  press: { action: Fields; state: ViewState; responseUrl: string },
): Fields {
  const { channel, ts, ephemeral } = message
  return {
    type: 'block_actions',
    ...interaction(world, person),
    container: { type: 'message', message_ts: ts, channel_id: channel, is_ephemeral: ephemeral },
    trigger_id: world.triggers.issue(person.userId),
    channel: { id: channel, name: 'directmessage' },
    // An ephemeral message is not kept, so that Slack cannot send it along.
    ...(!ephemeral && { message: slackMessage(world, message, true) }),
    state: { values: press.state },
    response_url: press.responseUrl,
    actions: [{ ...press.action, action_ts: world.conversations.nextTs() }],
  }
}

/** The same in a modal or on the Home tab. */
export function viewAction(
  world: World,
  person: DirectoryPerson,
  view: WorkspaceView,
  press: { action: Fields; state: ViewState },
): Fields {
  return {
    type: 'block_actions',
    ...interaction(world, person),
    container: { type: 'view', view_id: view.id },
    trigger_id: world.triggers.issue(person.userId),
    view: viewWithState(world, view, press.state),
    actions: [{ ...press.action, action_ts: world.conversations.nextTs() }],
  }
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_submission */
export function viewSubmission(world: World, person: DirectoryPerson, view: WorkspaceView, state: ViewState): Fields {
  return {
    type: 'view_submission',
    ...interaction(world, person),
    trigger_id: world.triggers.issue(person.userId),
    view: viewWithState(world, view, state),
    response_urls: [],
  }
}

/** https://docs.slack.dev/reference/interaction-payloads/view-interactions-payload#view_closed */
export function viewClosed(world: World, person: DirectoryPerson, view: WorkspaceView, isCleared: boolean): Fields {
  return {
    type: 'view_closed',
    ...interaction(world, person),
    view: viewWithState(world, view, {}),
    is_cleared: isCleared,
  }
}

/** https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload */
export function blockSuggestion(
  world: World,
  person: DirectoryPerson,
  view: WorkspaceView,
  typed: { blockId: string; actionId: string; value: string },
): Fields {
  return {
    type: 'block_suggestion',
    ...interaction(world, person),
    container: { type: 'view', view_id: view.id },
    view: viewWithState(world, view, {}),
    block_id: typed.blockId,
    action_id: typed.actionId,
    value: typed.value,
  }
}

/** https://docs.slack.dev/reference/interaction-payloads/shortcuts-interaction-payload */
export function shortcut(world: World, person: DirectoryPerson, callbackId: string): Fields {
  return {
    type: 'shortcut',
    ...interaction(world, person),
    callback_id: callbackId,
    trigger_id: world.triggers.issue(person.userId),
    action_ts: world.conversations.nextTs(),
  }
}

/** https://docs.slack.dev/reference/events/app_home_opened */
export function appHomeOpened(world: World, person: DirectoryPerson): Fields {
  const view = world.views.home(person.userId)
  return eventCallback(world, {
    type: 'app_home_opened',
    user: person.userId,
    channel: person.channel,
    tab: 'home',
    ...(view && { view: viewWithState(world, view, {}) }),
  })
}

/** https://docs.slack.dev/reference/events/message.im */
export function messageWritten(world: World, person: DirectoryPerson, { ts, text }: StoredMessage): Fields {
  const said = { user: person.userId, text, team: person.teamId }
  return eventCallback(world, {
    type: 'message',
    ...said,
    ts,
    event_ts: ts,
    channel: person.channel,
    channel_type: 'im',
  })
}

/** https://docs.slack.dev/reference/events/user_change */
export function userChange(world: World, person: DirectoryPerson): Fields {
  const user = slackUser(person, world.now())
  return eventCallback(world, { type: 'user_change', user, cache_ts: Math.floor(world.now() / 1000) })
}

/** https://docs.slack.dev/apis/events-api/#event-type-structure */
function eventCallback(world: World, event: Fields): Fields {
  return {
    token: TOKEN,
    team_id: world.team.id,
    api_app_id: world.bot.appId,
    type: 'event_callback',
    event_id: `Ev${randomBytes(5).toString('hex').toUpperCase()}`,
    event_time: Math.floor(world.now() / 1000),
    authorizations: [
      {
        enterprise_id: null,
        team_id: world.team.id,
        user_id: world.bot.userId,
        is_bot: true,
        is_enterprise_install: false,
      },
    ],
    is_ext_shared_channel: false,
    event: { event_ts: world.conversations.nextTs(), ...event },
  }
}

function interaction(world: World, person: DirectoryPerson): Fields {
  return {
    team: { id: person.teamId, domain: domain(world) },
    user: { id: person.userId, username: userName(person), name: userName(person), team_id: person.teamId },
    api_app_id: world.bot.appId,
    token: TOKEN,
    enterprise: null,
    is_enterprise_install: false,
  }
}

function viewWithState(world: World, view: WorkspaceView, state: ViewState): Fields {
  return { ...view, state: { values: state }, app_id: world.bot.appId, bot_id: world.bot.botId } as unknown as Fields
}

function domain(world: World): string {
  return world.team.name.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}
