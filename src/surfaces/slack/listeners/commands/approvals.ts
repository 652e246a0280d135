import type { Person } from '../../../../core/people/person.ts'
import { readApprovals } from '../../../view-models/lists.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { approvalListMessage } from '../../views/approval-list-message.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'

/** What waits for somebody's decision, and what they decided before. */
export async function approvals(
  { core, overview }: SlackDeps,
  person: Person,
  notice: string | null,
): Promise<SlackMessage> {
  return approvalListMessage(await readApprovals(overview, person, core.now()), notice)
}
