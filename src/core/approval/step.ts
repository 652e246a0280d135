import type { Person } from '../people/person.ts'

export type StepKind = 'manager' | 'hr'
export type StepStatus = 'open' | 'approved' | 'rejected' | 'skipped' | 'unanswered' | 'superseded'
export type SkipReason = 'no_manager' | 'manager_inactive'

/** One person asked in a step, for themselves or on behalf of somebody. The first answer of a step counts. */
export interface Ask {
  person: Person
  onBehalfOf: Person | null
}

/** One stage of a booking's approval. */
export interface Step {
  id: string
  round: number
  kind: StepKind
  status: StepStatus
  askedAt: Date
  /** Until when an answer is needed; null where nobody was asked. */
  dueAt: Date | null
  closedAt: Date | null
  decidedBy: Person | null
  /** What the person who decided had to say. */
  comment: string | null
  skipReason: SkipReason | null
  asks: Ask[]
}
