import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt'
import { actorOf } from '../../identify.ts'
import { zoneOf } from '../../profiles.ts'
import type { SlackDeps } from '../../slack-deps.ts'

/**
 * Somebody's profile has changed: where it names another time zone, they read by that clock from then on. Whoever never
 * used Motorpool is none of its accounts. https://docs.slack.dev/reference/events/user_change
 */
export function userChange({ directory }: SlackDeps) {
  return async ({ event, body }: SlackEventMiddlewareArgs<'user_change'> & AllMiddlewareArgs) => {
    const { teamId, userId } = actorOf({ team: { id: body.team_id }, user: event.user })
    const timeZone = zoneOf(event.user)
    if (timeZone) await directory.zoneChanged({ platform: 'slack', tenantId: teamId, userId }, timeZone)
  }
}
