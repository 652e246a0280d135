import type { Step } from './step.ts'

export type StepClosing = Pick<Step, 'status' | 'closedAt'> &
  Partial<Pick<Step, 'decidedBy' | 'comment' | 'dueAt' | 'remindAt' | 'skipReason'>>

/** The steps with the open one closed as said; nobody is reminded of it any more, unless the closing says so. */
export function closeOpenStep(steps: Step[], closing: StepClosing): Step[] {
  return steps.map((step) => (step.status === 'open' ? { ...step, remindAt: null, overdueAt: null, ...closing } : step))
}
