import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt'
import { type ChatIdentity, isStillTheirs, type Unidentified } from '../../../../core/people/identify-person.ts'
import type { SlackDeps } from '../../slack-deps.ts'

type Changed = SlackEventMiddlewareArgs<'user_change'> & AllMiddlewareArgs

/**
 * Somebody's profile has changed. Guests, bots, people of elsewhere, closed accounts and those with another address lose their
 * way in at once; where the profile names another time zone, they read by that clock from then on. Somebody who never used
 * Motorpool has no account here. https://docs.slack.dev/reference/events/user_change
 */
export function userChange(deps: SlackDeps) {
  return async ({ event: { user }, body }: Changed) => {
    // Of somebody who is of another team now, the account is known under the one they were of.
    const teams = new Set([user.team_id ?? body.team_id, body.team_id])
    for (const tenantId of teams) {
      const why = await whyOut(deps, { platform: 'slack', tenantId, userId: user.id }, user)
      if (why && !user.deleted) await deps.closeHome(user.id, why)
    }
  }
}

/** Revokes the account if it is no longer somebody's way in, and returns why; null if it is, or was nobody's before. */
async function whyOut(
  { directory, profiles }: SlackDeps,
  identity: ChatIdentity,
  user: Changed['event']['user'],
): Promise<Unidentified | null> {
  const holder = await directory.holderOf(identity)
  if (!holder) return null
  const profile = await profiles.read(user)
  if (isStillTheirs(profile, holder)) {
    if (profile.timeZone) await directory.zoneChanged(identity, profile.timeZone)
    return null
  }
  await directory.revokeAccount(identity)
  return profile.isMember ? 'not_in_directory' : 'not_a_member'
}
