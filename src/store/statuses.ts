import { isLive } from '../core/booking/status.ts'
import { BookingStatus } from './generated/enums.ts'

/** Statuses as a list in SQL: only a statement that names them can use an index that has such a list for its condition. */
export function statusList(statuses: readonly BookingStatus[]): string {
  return `(${statuses.map((status) => `'${status}'`).join(', ')})`
}

/** The statuses of live bookings, as the index `bookings_live` names them. */
export const LIVE = statusList(Object.values(BookingStatus).filter(isLive))

/** The ids of all open steps: as many as wait for an answer, however many were answered. */
export const OPEN_STEPS = `ARRAY(SELECT open.id FROM steps open WHERE open.status = 'open')`
