import type { Step } from './step.ts'

/** The steps with the open one closed as said. */
export function closeOpenStep(
  steps: Step[],
  closing: Pick<Step, 'status' | 'closedAt'> & Partial<Pick<Step, 'decidedBy' | 'comment'>>,
): Step[] {
  return steps.map((step) => (step.status === 'open' ? { ...step, ...closing } : step))
}
