import type { WebClient } from '@slack/web-api'
import type { ChatIdentity, ChatProfile } from '../../core/people/identify-person.ts'
import { isTimeZone } from '../../core/people/time-zone.ts'
import { platformError } from './platform-error.ts'
import type { TokenIdentity } from './token-identity.ts'

/** A user as Slack describes them, wherever it does. https://docs.slack.dev/reference/objects/user-object */
interface SlackUser {
  id?: string
  team_id?: string
  tz?: string
  deleted?: boolean
  is_bot?: boolean
  is_restricted?: boolean
  is_ultra_restricted?: boolean
  is_stranger?: boolean
  profile?: { email?: string }
}

/** What Slack says about its users. */
export interface SlackProfiles {
  /** The profile of a user who acts in our workspace. */
  profileOf(userId: string): Promise<ChatProfile>
  /** Reads a user whom Slack describes by itself. */
  read(user: SlackUser): Promise<ChatProfile>
  /** A full member with this address, or null. */
  findByEmail(email: string): Promise<{ identity: ChatIdentity; profile: ChatProfile } | null>
}

const NOBODY: ChatProfile = { isMember: false, email: null, timeZone: null }

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

  async function isOurs(user: SlackUser): Promise<boolean> {
    const ours = allowedTeams.length > 0 ? allowedTeams : [(await identity()).teamId]
    return ours.includes(await teamOf(user))
  }

  async function toProfile(user: SlackUser): Promise<ChatProfile> {
    const outside = user.is_bot || user.is_restricted || user.is_ultra_restricted || user.is_stranger || user.deleted
    return {
      isMember: !outside && (await isOurs(user)),
      email: user.profile?.email ?? null,
      timeZone: zoneOf(user),
    }
  }

  return {
    read: toProfile,

    profileOf: async (userId) => {
      try {
        const { user } = await client.users.info({ user: userId })
        return user ? await toProfile(user) : NOBODY
      } catch (error) {
        // https://docs.slack.dev/reference/methods/users.info#errors
        if (['user_not_found', 'user_not_visible'].includes(platformError(error) ?? '')) return NOBODY
        throw error
      }
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
