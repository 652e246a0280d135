import type { Answer } from '../../../src/workspace/protocol/faults.ts'
import { type Fields, isFields, stringOf } from '../../../src/workspace/protocol/json.ts'
import type { TeamsUser } from './people.ts'

/** What the bot posted, as it stands now. */
export interface SeenActivity {
  id: string
  conversationId: string
  activity: Fields
  /** How often it was drawn anew in place. */
  updates: number
}

/** What the bot does in chats, by the Bot Connector's public interface. */
export interface Chats {
  seenIn(conversationId: string): SeenActivity[]
  createConversation(body: unknown): Answer
  post(conversationId: string, body: unknown): Answer
  update(conversationId: string, activityId: string, body: unknown): Answer
  member(conversationId: string, memberId: string): Answer
  pagedMembers(conversationId: string): Answer
  /** A message of the bot's is deleted by hand. */
  remove(activityId: string): void
  /** What one person sees of it from now on. */
  redraw(activityId: string, card: Fields): void
}

export const TEAM_ID = '19:team@thread.tacv2'

/** Statuses and words of refusals. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/build-conversational-capability#status-codes-from-bot-conversational-apis */
const REFUSALS: Record<string, number> = {
  Unauthorized: 401,
  BotNotInConversationRoster: 403,
  ConversationNotFound: 404,
  ActivityNotFound: 404,
  MemberNotFoundInConversation: 404,
  PreconditionFailed: 412,
  MessageSizeTooBig: 413,
  Throttled: 429,
  InternalServerError: 500,
  BadGateway: 502,
  ServiceUnavailable: 503,
  GatewayTimeout: 504,
}

/** An error as the Bot Connector words it; 400 for a code that has no status of its own. */
export function refusal(code: string): Answer {
  return { status: REFUSALS[code] ?? 400, body: { error: { code, message: `Refused: ${code}` } } }
}

/** Bytes of one message. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages */
const LARGEST_MESSAGE = 100 * 1024

export function createChats(people: readonly TeamsUser[]): Chats {
  const activities: SeenActivity[] = []
  let lastId = 1_700_000_000_000

  const partner = (conversationId: string) => people.find((one) => one.conversationId === conversationId)
  const find = (conversationId: string, id: string) =>
    activities.find((one) => one.conversationId === conversationId && one.id === id)

  function problem(conversationId: string, body: unknown): Answer | null {
    const person = partner(conversationId)
    if (!person && !conversationId.startsWith(TEAM_ID)) return refusal('ConversationNotFound')
    if (person && !person.hasApp) return refusal('BotNotInConversationRoster')
    if (!isFields(body) || stringOf(body.type) === '') return refusal('BadSyntax')
    return JSON.stringify(body).length > LARGEST_MESSAGE ? refusal('MessageSizeTooBig') : null
  }

  return {
    seenIn: (conversationId) => structuredClone(activities.filter((one) => one.conversationId === conversationId)),

    createConversation: (body) => {
      const members = isFields(body) && Array.isArray(body.members) ? body.members.filter(isFields) : []
      const person = people.find(({ userId, aadObjectId }) => [userId, aadObjectId].includes(stringOf(members[0]?.id)))
      if (!person || !isFields(body) || body.isGroup === true || body.tenantId !== person.tenantId)
        return refusal('BadSyntax')
      return person.hasApp
        ? { status: 201, body: { id: person.conversationId } }
        : refusal('BotNotInConversationRoster')
    },

    post: (conversationId, body) => {
      const wrong = problem(conversationId, body)
      if (wrong || !isFields(body)) return wrong ?? refusal('BadSyntax')
      lastId += 1
      const id = String(lastId)
      activities.push({ id, conversationId, activity: body, updates: 0 })
      return { status: 201, body: { id } }
    },

    update: (conversationId, activityId, body) => {
      const wrong = problem(conversationId, body)
      if (wrong || !isFields(body)) return wrong ?? refusal('BadSyntax')
      const known = find(conversationId, activityId)
      if (!known) return refusal('ActivityNotFound')
      known.activity = body
      known.updates += 1
      return { status: 200, body: { id: activityId } }
    },

    member: (conversationId, memberId) => {
      if (!partner(conversationId) && conversationId !== TEAM_ID) return refusal('ConversationNotFound')
      const person = people.find(({ userId, aadObjectId }) => [userId, aadObjectId].includes(memberId))
      return person ? { status: 200, body: rosterEntry(person) } : refusal('MemberNotFoundInConversation')
    },

    pagedMembers: (conversationId) => {
      const person = partner(conversationId)
      if (!person && conversationId !== TEAM_ID) return refusal('ConversationNotFound')
      return { status: 200, body: { members: (person ? [person] : people).map(rosterEntry) } }
    },

    remove: (activityId) => {
      const at = activities.findIndex(({ id }) => id === activityId)
      if (at >= 0) activities.splice(at, 1)
    },

    redraw: (activityId, card) => {
      const known = activities.find(({ id }) => id === activityId)
      if (known) known.activity = { ...known.activity, attachments: [{ contentType: CARD, content: card }] }
    },
  }
}

export const CARD = 'application/vnd.microsoft.card.adaptive'

function rosterEntry({ userId, aadObjectId, name, email, userPrincipalName, tenantId, userRole }: TeamsUser) {
  const [givenName, surname] = name.split(' ')
  const own = userRole === 'anonymous' ? {} : { aadObjectId, objectId: aadObjectId, userPrincipalName }
  return { id: userId, name, givenName, surname, ...(email !== null && { email }), tenantId, userRole, ...own }
}
