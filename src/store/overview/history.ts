import type { HistoryFilter, HistoryPage } from '../../core/booking/overview.ts'
import type { BookingStatus } from '../../core/booking/status.ts'
import { statusList } from '../statuses.ts'
import { findInOrder, type Reading } from './find-in-order.ts'

const UNDECIDED: BookingStatus[] = ['pending_manager', 'pending_hr', 'changes_requested']

const OWN = 'SELECT b.id, b.starts_at, b.number FROM bookings b WHERE b.requester_id = $1::uuid'
const LATEST = 'ORDER BY b.starts_at DESC, b.number DESC LIMIT $2::int'

/** One status by one, for each has the latest first in the index. */
const inStatus = (status: BookingStatus) => `(${OWN} AND b.status = '${status}' ${LATEST})`

/** An open change waits for an answer, though the booking stands. */
const CHANGING = `(${OWN} AND b.status = 'approved' AND b.change->>'status' IN ${statusList(UNDECIDED)} ${LATEST})`

const FILTERED: Record<HistoryFilter, string[]> = {
  all: [`(${OWN} ${LATEST})`],
  pending: [...UNDECIDED.map(inStatus), CHANGING],
  approved: (['approved', 'in_use', 'completed', 'no_show'] as const).map(inStatus),
  rejected: (['rejected', 'expired'] as const).map(inStatus),
  cancelled: [inStatus('cancelled')],
}

/** The latest `$2` bookings of the person `$1`, or all if they have fewer. */
const latest = (filter: HistoryFilter) => `
  SELECT id FROM (${FILTERED[filter].join(' UNION ALL ')}) AS found ORDER BY starts_at DESC, number DESC LIMIT $2::int`

/** Pages are counted this far ahead of the one that is shown. */
const COUNTED_AHEAD = 50

/** Reads one page of what somebody asked for, and counts pages a little ahead of it. */
export async function readHistory(
  reading: Reading,
  personId: string,
  { filter, page, pageSize }: { filter: HistoryFilter; page: number; pageSize: number },
): Promise<HistoryPage> {
  const wanted = Math.max(page, 0)
  const most = (wanted + 1 + COUNTED_AHEAD) * pageSize
  const rows = await reading.sql.unsafe<{ id: string }[]>(latest(filter), [personId, most], { prepare: true })
  const pages = Math.max(1, Math.ceil(rows.length / pageSize))
  const shown = Math.min(wanted, pages - 1)
  const ids = rows.slice(shown * pageSize, (shown + 1) * pageSize).map(({ id }) => id)
  return { bookings: await findInOrder(reading, ids), page: shown, pages }
}
