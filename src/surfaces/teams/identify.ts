import type { Activity } from 'botbuilder'
import { identifyPerson, type Unidentified } from '../../core/people/identify-person.ts'
import type { Person } from '../../core/people/person.ts'
import { isTimeZone } from '../../core/people/time-zone.ts'
import { conversationOf, tenantOf } from './conversation.ts'
import type { TeamsDeps } from './teams-deps.ts'

/** Who sent an activity. What it says about where and by which clock they write is kept with their account. */
export function identify({ directory, profiles }: TeamsDeps, activity: Activity): Promise<Person | Unidentified> {
  const { from, serviceUrl, recipient, localTimezone } = activity
  const own = conversationOf(activity)
  const at = own ?? { serviceUrl, conversationId: activity.conversation.id, userId: from.id, botId: recipient.id }
  const sighting = {
    platform: 'teams',
    tenantId: tenantOf(activity) ?? '',
    // The Entra id is the same for every bot; without one, the Teams id has to do.
    userId: from.aadObjectId ?? from.id,
    ...(own && { conversation: { ...own } }),
    ...(localTimezone && isTimeZone(localTimezone) && { timeZone: localTimezone }),
  } as const
  return identifyPerson(directory, sighting, () => profiles.profileOf(at, from.id))
}
