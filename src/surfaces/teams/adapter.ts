import { type Activity, ActivityTypes, CloudAdapter, type InvokeResponse, type TurnContext } from 'botbuilder'
import { z } from 'zod'
import { BOT_FRAMEWORK, TeamsAuthentication } from './authentication.ts'
import type { Conversation } from './conversation.ts'
import type { TeamsSettings } from './teams-settings.ts'

const said = z
  .string()
  .nullish()
  .transform((value) => value || null)
/** https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/get-teams-context#get-single-member-details */
const TeamsMember = z.object({
  id: z.string(),
  name: said,
  email: said,
  userPrincipalName: said,
  tenantId: said,
  aadObjectId: said,
  /** `user`, `guest`, `anonymous` … */
  userRole: said,
})

/** Somebody in a conversation's roster. */
export type TeamsMember = z.infer<typeof TeamsMember>

export interface TeamsAdapter {
  /**
   * Verifies the token of an activity, then runs the logic.
   * @returns what an invoke is answered
   * @throws AuthenticationError 401 when the token does not vouch for the activity, 503 when it cannot be verified now
   */
  receive(
    authorization: string,
    activity: Activity,
    logic: (context: TurnContext) => Promise<void>,
  ): Promise<InvokeResponse | undefined>
  /** Posts into a known conversation; gives the activity id. */
  post(conversation: Conversation, activity: Partial<Activity>): Promise<string>
  /** Draws a posted activity anew, in place. */
  update(conversation: Conversation, activityId: string, activity: Partial<Activity>): Promise<void>
  /** Opens the 1:1 conversation with somebody whose Teams id is known. */
  openConversation(serviceUrl: string, user: { userId: string; tenantId: string }): Promise<Conversation>
  /** What the roster says of somebody in a conversation. */
  member(conversation: Conversation, userId: string): Promise<TeamsMember>
}

/** @param now by which tokens are good or not */
export function createTeamsAdapter(settings: TeamsSettings, now: () => Date = () => new Date()): TeamsAdapter {
  const authentication = new TeamsAuthentication(settings, now)
  const adapter = new VerifyingAdapter(authentication)
  const connectors = authentication.createConnectorFactory()
  const conversationsAt = async (serviceUrl: string) =>
    (await connectors.create(serviceUrl, BOT_FRAMEWORK)).conversations

  return {
    receive: (authorization, activity, logic) => adapter.receive(authorization, activity, logic),

    post: async (conversation, activity) => {
      const conversations = await conversationsAt(conversation.serviceUrl)
      const { id } = await conversations.sendToConversation(
        conversation.conversationId,
        addressed(conversation, activity),
      )
      if (!id) throw new Error('Teams returned no id for a message')
      return id
    },

    update: async (conversation, activityId, activity) => {
      const conversations = await conversationsAt(conversation.serviceUrl)
      const drawn = { ...addressed(conversation, activity), id: activityId }
      await conversations.updateActivity(conversation.conversationId, activityId, drawn)
    },

    openConversation: async (serviceUrl, { userId, tenantId }) => {
      const conversations = await conversationsAt(serviceUrl)
      const botId = `28:${settings.appId}`
      const { id } = await conversations.createConversation({
        isGroup: false,
        bot: { id: botId, name: '' },
        members: [{ id: userId, name: '' }],
        tenantId,
        channelData: { tenant: { id: tenantId } },
      })
      return { serviceUrl, conversationId: id, userId, botId }
    },

    member: async (conversation, userId) => {
      const conversations = await conversationsAt(conversation.serviceUrl)
      return TeamsMember.parse(await conversations.getConversationMember(rosterOf(conversation), userId))
    },
  }
}

/** Opens the SDK's way in, which is for those who come with a token. */
class VerifyingAdapter extends CloudAdapter {
  receive(authorization: string, activity: Activity, logic: (context: TurnContext) => Promise<void>) {
    return this.processActivity(authorization, activity, logic)
  }
}

function addressed({ conversationId, userId, botId }: Conversation, activity: Partial<Activity>): Partial<Activity> {
  return {
    ...activity,
    type: activity.type ?? ActivityTypes.Message,
    from: { id: botId, name: '' },
    recipient: { id: userId, name: '' },
    conversation: { id: conversationId, name: '', isGroup: false, conversationType: 'personal' },
  }
}

/** A thread in a channel has the channel's roster. */
function rosterOf({ conversationId }: Conversation): string {
  return conversationId.replace(/;messageid=.*$/, '')
}
