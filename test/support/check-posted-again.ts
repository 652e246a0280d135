import { expect } from 'vitest'
import { z } from 'zod'

interface Told {
  id: string
  kind: string
  personId: string
  stepId: string | null
  facts: unknown
}

/**
 * Checks that the card that asks for an answer is posted again for the last notice that asks its reader again. The first one that
 * asks somebody to decide is said by their card being new; what the requester is asked to change is on a card that stands there.
 */
export function checkPostedAgain(
  cards: { kind: string; personId: string; announceId: string | null }[],
  notices: Told[],
  stepKinds: Map<string, string>,
) {
  const order = ({ facts }: Told) => z.object({ sequence: z.number() }).parse(facts).sequence
  const cardFor = ({ kind, stepId }: Told) => {
    if (kind === 'changes_requested') return 'request'
    return kind === 'approval_needed' ? `${stepKinds.get(stepId ?? '')}_approval` : null
  }
  for (const { kind, personId, announceId } of cards) {
    const asking = notices.filter((notice) => notice.personId === personId && cardFor(notice) === kind)
    const last = asking
      .toSorted((a, b) => order(a) - order(b))
      .slice(kind === 'request' ? 0 : 1)
      .at(-1)
    expect(announceId).toBe(last?.id ?? null)
  }
}
