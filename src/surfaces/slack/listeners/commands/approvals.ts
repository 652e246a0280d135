import type { Person } from '../../../../core/people/person.ts'
import { approvalCard } from '../../../view-models/booking-card.ts'
import { listReader } from '../../../view-models/cancel-choice.ts'
import { decidedEntry } from '../../../view-models/trip-entry.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { approvalListMessage } from '../../views/approval-list-message.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'

const MOST = { waiting: 50, decided: 5 }

/** What waits for somebody, as far as they may decide it, and what they decided before. */
export async function approvals(
  { core, overview }: SlackDeps,
  person: Person,
  notice: string | null,
): Promise<SlackMessage> {
  const now = core.now()
  const reader = listReader(person)
  const [waiting, decided] = await Promise.all([
    overview.waitingFor(person.id, now, MOST.waiting),
    overview.decidedBy(person.id, MOST.decided),
  ])
  const cards = waiting.flatMap((booking) => {
    const open = booking.steps.find((step) => step.status === 'open')
    return open ? [approvalCard(booking, open.kind, reader, now)] : []
  })
  return approvalListMessage(
    {
      waiting: cards.filter((card) => card.action?.kind === 'decide'),
      decided: decided.map((booking) => decidedEntry(booking, reader, now)),
    },
    notice,
  )
}
