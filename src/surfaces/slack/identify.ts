import { type Directory, identifyPerson, type Unidentified } from '../../core/people/identify-person.ts'
import type { Person } from '../../core/people/person.ts'
import { answerWithin, TOO_LATE } from './answer-within.ts'
import type { SlackDeps } from './slack-deps.ts'

/** Who acts, as every signed request from Slack says it. */
export interface Actor {
  teamId: string
  userId: string
}

/** Commands and interactions say it in different places. */
export function actorOf(
  body: { team_id: string; user_id: string } | { team?: { id: string } | null; user: { id: string; team_id?: string } },
): Actor {
  if ('user_id' in body) return { teamId: body.team_id, userId: body.user_id }
  return { teamId: body.user.team_id ?? body.team?.id ?? '', userId: body.user.id }
}

/** How long a person waits for a look at somebody who is known already. Milliseconds. */
const ASK_AGAIN_WITHIN = 1000

/** Returns the person, or why they are not let in. Whoever loses their way in by this look loses what their Home shows too. */
export async function identify(
  { directory, profiles, closeHome }: SlackDeps,
  { teamId, userId }: Actor,
): Promise<Person | Unidentified> {
  const first = () => profiles.profileOf(userId)
  const again = async () => {
    const profile = await answerWithin(ASK_AGAIN_WITHIN, first())
    if (profile === TOO_LATE) throw new Error('Slack takes too long')
    return profile
  }
  let isRevoked = false
  const revokeAccount: Directory['revokeAccount'] = async (identity) => {
    await directory.revokeAccount(identity)
    isRevoked = true
  }
  const sighting = { platform: 'slack' as const, tenantId: teamId, userId }
  const person = await identifyPerson({ ...directory, revokeAccount }, sighting, { first, again })
  if (isRevoked && typeof person === 'string') void closeHome(userId, person)
  return person
}
