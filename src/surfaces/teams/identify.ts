import type { Activity } from 'botbuilder'
import { identifyPerson, type Sighting, type Unidentified } from '../../core/people/identify-person.ts'
import type { Person } from '../../core/people/person.ts'
import { isTimeZone } from '../../core/people/time-zone.ts'
import { type Conversation, conversationOf, tenantOf } from './conversation.ts'
import type { TeamsDeps } from './teams-deps.ts'

/**
 * Who sent an activity. What it says about where and by which clock they write is kept with their account.
 * @param own their 1:1 chat, where the activity does not come from there
 */
export function identify(
  { directory, profiles }: TeamsDeps,
  activity: Activity,
  own = conversationOf(activity),
): Promise<Person | Unidentified> {
  const { from, serviceUrl, recipient, conversation } = activity
  const at = { serviceUrl, conversationId: conversation.id, userId: from.id, botId: recipient.id }
  return identifyPerson(directory, sightingOf(activity, own), () => profiles.profileOf(at, from.id))
}

export function sightingOf(activity: Activity, own: Conversation | null): Sighting {
  const { from, localTimezone } = activity
  return {
    platform: 'teams',
    tenantId: tenantOf(activity) ?? '',
    // The Entra id is the same for every bot; without one, the Teams id has to do.
    userId: from.aadObjectId ?? from.id,
    ...(own && { conversation: { ...own } }),
    ...(localTimezone && isTimeZone(localTimezone) && { timeZone: localTimezone }),
  }
}
