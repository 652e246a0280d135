import { LIVE, OPEN_STEPS } from '../statuses.ts'

/** Lists of somebody (`$1`) that begin with what is live, however much they have behind them. */

/** As text, or PostgreSQL 18 looks through the index of everybody's history for this status. */
const APPROVED = `ARRAY(
  SELECT b.id FROM bookings b WHERE b.status IN ${LIVE} AND b.status::text = 'approved' AND b.ends_at > $2::timestamptz)`

/** `$3` of what was found, after the first `$4`, and how many there are in all. */
const PAGE = (order: string) => `
  SELECT (SELECT count(*) FROM found)::int AS total,
    ARRAY(SELECT found.id FROM found ORDER BY ${order} LIMIT $3::int OFFSET $4::int) AS ids`

/** Live bookings that they asked for or travel on and that end after `$2`. */
export const NEXT_TRIPS = `
  WITH found AS (
    SELECT b.id, b.starts_at, b.number FROM bookings b
    WHERE b.requester_id = $1::uuid AND b.status IN ${LIVE} AND b.ends_at > $2::timestamptz
    UNION
    SELECT b.id, b.starts_at, b.number FROM bookings b
    WHERE b.id = ANY (ARRAY(
      SELECT t.booking_id FROM travellers t WHERE t.person_id = $1::uuid AND t.booking_id = ANY (${APPROVED})))
  )
  ${PAGE('starts_at, number')}`

/** Bookings that leave after `$2` and whose open step asks them. */
export const WAITING_FOR = `
  WITH found AS (
    SELECT b.id, st.due_at, st.asked_at FROM steps st JOIN bookings b ON b.id = st.booking_id
    WHERE st.id = ANY (ARRAY(
        SELECT a.step_id FROM asks a
        WHERE a.person_id = $1::uuid AND a.ended_at IS NULL AND a.step_id = ANY (${OPEN_STEPS})))
      AND b.starts_at > $2::timestamptz AND b.requester_id <> $1::uuid
  )
  ${PAGE('due_at, asked_at, id')}`

/** The `$2` bookings that they decided last. Of several steps of one booking the latest counts. */
export const DECIDED_BY = `
  SELECT st.booking_id AS id FROM steps st
  WHERE st.decided_by_id = $1::uuid AND st.id = (
    SELECT latest.id FROM steps latest WHERE latest.booking_id = st.booking_id AND latest.decided_by_id = $1::uuid
    ORDER BY latest.closed_at DESC, latest.id DESC LIMIT 1)
  ORDER BY st.closed_at DESC LIMIT $2::int`
