import { moveForAbsence } from '../../core/people/move-for-absence.ts'
import type { SlackDeps } from './slack-deps.ts'

/** What waits goes to those who answer now. Never throws: what could not be moved is due again. */
export async function moveWaiting({ core, absences, log }: SlackDeps, personId: string): Promise<void> {
  try {
    await moveForAbsence({ ...core, absences }, { personId })
  } catch (error) {
    log.error({ err: error }, 'Not all that waits could be moved for an absence')
  }
}
