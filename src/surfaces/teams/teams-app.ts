import type { TurnContext } from 'botbuilder'
import { createTeamsAdapter } from './adapter.ts'
import { cardPressed } from './handlers/card-action.ts'
import { installed, messageReceived } from './handlers/message.ts'
import { createInbound } from './inbound.ts'
import { isRefusedThere } from './outcome-of.ts'
import { TEAMS_PATH } from './path.ts'
import { createTeamsProfiles } from './profiles.ts'
import { createTeamsSender } from './sender.ts'
import type { TeamsDeps } from './teams-deps.ts'
import type { TeamsSettings } from './teams-settings.ts'

/** Microsoft Teams: verified activities in, the Bot Connector out. */
export function createTeamsApp(settings: TeamsSettings, deps: Omit<TeamsDeps, 'adapter' | 'profiles' | 'tracked'>) {
  const adapter = createTeamsAdapter(settings)
  const working = new Set<Promise<unknown>>()
  const tracked = <T>(work: Promise<T>): Promise<T> => {
    const done = work.finally(() => working.delete(done))
    working.add(done)
    return done
  }
  const teamsDeps: TeamsDeps = { ...deps, adapter, tracked, profiles: createTeamsProfiles(adapter, settings.tenantId) }
  const handle = (context: TurnContext) => tracked(turn(teamsDeps, context))

  return {
    /** Where activities go. */
    path: TEAMS_PATH,
    listener: createInbound(settings, adapter, handle, deps.log),
    sender: createTeamsSender({ adapter, now: deps.core.now }),
    /** The 1:1 chat with the bot. https://learn.microsoft.com/en-us/microsoftteams/platform/concepts/build-and-test/deep-link-teams */
    chatUrl: `https://teams.microsoft.com/l/chat/0/0?users=28:${settings.appId}`,
    isAnswering: () => working.size > 0,
    drain: async () => {
      while (working.size > 0) await Promise.allSettled(working)
    },
  }
}

async function turn(deps: TeamsDeps, context: TurnContext): Promise<void> {
  const { type, action, membersAdded } = context.activity
  switch (type) {
    case 'message':
      return unlessRefused(deps, type, messageReceived(deps, context))
    case 'invoke':
      return answerInvoke(deps, context)
    case 'installationUpdate':
      return action?.startsWith('add') ? unlessRefused(deps, type, installed(deps, context)) : undefined
    case 'conversationUpdate':
      return membersAdded ? unlessRefused(deps, type, installed(deps, context)) : undefined
  }
}

/** Any kind but a press is none that our cards or our manifest ask Teams for. */
async function answerInvoke(deps: TeamsDeps, context: TurnContext): Promise<void> {
  const { name } = context.activity
  const isPress = name === 'adaptiveCard/action'
  if (!isPress) deps.log.info({ name: name?.slice(0, 100) }, 'An invoke from Teams is of no use to this version')
  const value = isPress
    ? { status: 200, body: await cardPressed(deps, context) }
    : { status: 400, body: { error: 'not known here' } }
  await context.sendActivity({ type: 'invokeResponse', value })
}

/** Where Teams itself refuses the answer, such as to somebody who has left the chat, nobody waits for one. */
async function unlessRefused(deps: TeamsDeps, type: string, work: Promise<void>): Promise<void> {
  try {
    await work
  } catch (error) {
    if (!isRefusedThere(error)) throw error
    deps.log.info({ type, reason: String(error) }, 'Teams does not let us answer somebody')
  }
}
