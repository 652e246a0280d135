import type { TurnContext } from 'botbuilder'
import { createTeamsAdapter, type TeamsSettings } from './adapter.ts'
import { cardPressed } from './handlers/card-action.ts'
import { installed, messageReceived } from './handlers/message.ts'
import { createInbound, TEAMS_PATH } from './inbound.ts'
import { createTeamsProfiles } from './profiles.ts'
import { createTeamsSender } from './sender.ts'
import type { TeamsDeps } from './teams-deps.ts'

export { TEAMS_PATH }

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
  const { type, name, action, membersAdded } = context.activity
  switch (type) {
    case 'message':
      return messageReceived(deps, context)
    case 'invoke':
      if (name === 'adaptiveCard/action') {
        await context.sendActivity({
          type: 'invokeResponse',
          value: { status: 200, body: await cardPressed(deps, context) },
        })
      }
      return
    case 'installationUpdate':
      return action?.startsWith('add') ? installed(deps, context) : undefined
    case 'conversationUpdate':
      return membersAdded ? installed(deps, context) : undefined
  }
}
