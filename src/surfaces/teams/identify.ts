import { setTimeout as sleep } from 'node:timers/promises'
import type { Activity } from 'botbuilder'
import { identifyPerson, type Sighting, type Unidentified } from '../../core/people/identify-person.ts'
import type { Person } from '../../core/people/person.ts'
import { isTimeZone } from '../../core/people/time-zone.ts'
import { type Conversation, conversationOf, tenantOf } from './conversation.ts'
import type { TeamsDeps } from './teams-deps.ts'

/** How long a person waits for a look at somebody who is known already. Milliseconds. */
const ASK_AGAIN_WITHIN = 1000

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
  const first = () => profiles.profileOf(at, from.id)
  const timer = new AbortController()
  const late = () => sleep(ASK_AGAIN_WITHIN, null, { signal: timer.signal }).catch(() => null)
  const again = async () => {
    const profile = await Promise.race([first(), late()]).finally(() => timer.abort())
    if (!profile) throw new Error('Teams takes too long')
    return profile
  }
  return identifyPerson(directory, sightingOf(activity, own), { first, again })
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
