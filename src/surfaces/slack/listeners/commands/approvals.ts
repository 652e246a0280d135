import type { Person } from '../../../../core/people/person.ts'
import type { ListLook } from '../../../view-models/list-look.ts'
import { readApprovals } from '../../../view-models/lists.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { approvalListMessage } from '../../views/approval-list-message.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'

/** What waits for somebody's decision, and what they decided before. */
export async function approvals(
  { core, overview }: SlackDeps,
  person: Person,
  notice: string | null,
  look: ListLook,
): Promise<SlackMessage> {
  return approvalListMessage(await readApprovals({ overview, store: core.store }, person, core.now(), look), notice)
}
