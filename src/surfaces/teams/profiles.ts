import type { ChatProfile } from '../../core/people/identify-person.ts'
import type { TeamsAdapter, TeamsMember } from './adapter.ts'
import type { Conversation } from './conversation.ts'

/** What Teams says about its users. */
export interface TeamsProfiles {
  /** The profile of somebody in a conversation; `userId` is their Teams id (`29:…`). Teams tells no time zone here. */
  profileOf(conversation: Conversation, userId: string): Promise<ChatProfile>
}

/** Guests, people of other organisations and those who joined without signing in are no members, whatever their email says. */
export function createTeamsProfiles(adapter: Pick<TeamsAdapter, 'member'>, tenantId: string): TeamsProfiles {
  return {
    profileOf: async (conversation, userId) => {
      const member = await adapter.member(conversation, userId).catch((error: unknown) => {
        // https://learn.microsoft.com/en-us/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis
        if ((error as { code?: unknown }).code === 'MemberNotFoundInConversation') return null
        throw error
      })
      if (!member) return { isMember: false, email: null, timeZone: null }
      const { email, userPrincipalName: signInName } = member
      return { isMember: isMember(member, tenantId), email, signInName, timeZone: null }
    },
  }
}

/**
 * The activity has shown its tenant before; a roster that names one has to name the same.
 * A guest's sign-in name carries `#EXT#`. https://learn.microsoft.com/en-us/entra/external-id/user-properties
 */
function isMember(member: TeamsMember, tenantId: string): boolean {
  const isGuest = (member.userRole ?? 'user') !== 'user' || member.userPrincipalName?.includes('#EXT#')
  return (member.tenantId ?? tenantId).toLowerCase() === tenantId.toLowerCase() && !isGuest
}
