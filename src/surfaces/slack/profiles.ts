import type { WebClient } from '@slack/web-api'
import type { ChatIdentity, ChatProfile } from '../../core/people/identify-person.ts'
import { isTimeZone } from '../../core/people/time-zone.ts'
import { platformError } from './platform-error.ts'
import type { TokenIdentity } from './token-identity.ts'

/** What Slack says about its users. */
export interface SlackProfiles {
  /** The profile of a user who acts in our workspace. */
  profileOf(userId: string): Promise<ChatProfile>
  /** A full member with this address, or null. */
  findByEmail(email: string): Promise<{ identity: ChatIdentity; profile: ChatProfile } | null>
}

type SlackUser = NonNullable<Awaited<ReturnType<WebClient['users']['info']>>['user']>

/** The zone of a Slack user's clock; null where there is none that ours knows as well. */
export function zoneOf({ tz }: { tz?: string }): string | null {
  return tz && isTimeZone(tz) ? tz : null
}

/**
 * Guests, bots, people of other organisations and deactivated users are no members, whatever their email says.
 * @param allowedTeams Slack team ids; empty: the token's own team
 */
export function createSlackProfiles(
  client: WebClient,
  allowedTeams: readonly string[],
  identity: () => Promise<TokenIdentity>,
): SlackProfiles {
  /** Slack says whose member somebody is; one who comes without that was found with our token, in our team. */
  const teamOf = async (user: SlackUser) => user.team_id ?? (await identity()).teamId

  async function toProfile(user: SlackUser): Promise<ChatProfile> {
    const outside = user.is_bot || user.is_restricted || user.is_ultra_restricted || user.is_stranger || user.deleted
    const ours = allowedTeams.length > 0 ? allowedTeams : [(await identity()).teamId]
    return {
      isMember: ours.includes(await teamOf(user)) && !outside,
      email: user.profile?.email ?? null,
      timeZone: zoneOf(user),
    }
  }

  return {
    profileOf: async (userId) => {
      const { user } = await client.users.info({ user: userId })
      return user ? toProfile(user) : { isMember: false, email: null, timeZone: null }
    },

    findByEmail: async (email) => {
      try {
        const { user } = await client.users.lookupByEmail({ email })
        if (!user?.id) return null
        const profile = await toProfile(user)
        return profile.isMember
          ? { identity: { platform: 'slack', tenantId: await teamOf(user), userId: user.id }, profile }
          : null
      } catch (error) {
        if (platformError(error) === 'users_not_found') return null
        throw error
      }
    },
  }
}
