import { differenceInHours } from 'date-fns/differenceInHours'
import type { SkipReason } from '../../core/approval/step.ts'
import { formatLength } from './format-window.ts'

/** Departures this close to the request are pointed out to those who decide. */
const SHORT_NOTICE_HOURS = 24

/** "Short notice: asked 1 h 30 min before departure"; null where there is time enough. */
export function shortNoticeWords(askedAt: Date, departure: Date): string | null {
  if (differenceInHours(departure, askedAt) >= SHORT_NOTICE_HOURS) return null
  return `Short notice: asked ${formatLength({ startsAt: askedAt, endsAt: departure })} before departure`
}

/** Why the manager's step is left out. */
export const SKIP_WORDS: Record<SkipReason, string> = {
  no_manager: 'No manager is on record, so HR decides alone',
  manager_inactive: 'The manager has left, so HR decides alone',
  manager_away: 'The manager is away and nobody can stand in, so HR decides alone',
}
