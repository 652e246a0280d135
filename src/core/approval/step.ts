import type { Person } from '../people/person.ts'

export type StepKind = 'manager' | 'hr'
export type StepStatus =
  | 'open'
  | 'approved'
  | 'rejected'
  | 'changes_requested'
  | 'skipped'
  | 'unanswered'
  | 'superseded'
export type SkipReason = 'no_manager' | 'manager_inactive' | 'manager_away'

/** One person asked in a step, for themselves or on behalf of somebody. The first answer of a step counts. */
export interface Ask {
  person: Person
  onBehalfOf: Person | null
}

/** Somebody who was asked in a step and no longer is: it went on to others. */
export interface PassedOn extends Ask {
  at: Date
}

/** One stage of a booking's approval. */
export interface Step {
  id: string
  round: number
  kind: StepKind
  status: StepStatus
  askedAt: Date
  /** Until when an answer is needed; null where nobody was asked. Once a change was asked for: until when the requester answers. */
  dueAt: Date | null
  /** When whoever has to answer is reminded next; null: not any more. */
  remindAt: Date | null
  /** When it went on to others, for nobody had answered. */
  escalatedAt: Date | null
  /** When the last deadline passed and nobody else could be asked: it stays open, and is asked again each working day. */
  overdueAt: Date | null
  closedAt: Date | null
  decidedBy: Person | null
  /** What the person who decided had to say. */
  comment: string | null
  skipReason: SkipReason | null
  asks: Ask[]
  passedOn: PassedOn[]
}
