import { identifyPerson, type Unidentified } from '../../core/people/identify-person.ts'
import type { Person } from '../../core/people/person.ts'
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

export function identify(
  { directory, profiles }: SlackDeps,
  { teamId, userId }: Actor,
): Promise<Person | Unidentified> {
  return identifyPerson(directory, { platform: 'slack', tenantId: teamId, userId }, () => profiles.profileOf(userId))
}
