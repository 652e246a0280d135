import { LIVE, OPEN_STEPS } from '../statuses.ts'

/** Lists of somebody (`$1`) that begin with what is live, however much they have behind them. */

const APPROVED = `ARRAY(SELECT b.id FROM bookings b WHERE b.status = 'approved' AND b.ends_at > $2::timestamptz)`

/** Live bookings that they asked for or travel on and that end after `$2`; `$3` of them. */
export const NEXT_TRIPS = `
  WITH trips AS (
    SELECT b.id, b.starts_at, b.number FROM bookings b
    WHERE b.requester_id = $1::uuid AND b.status IN ${LIVE} AND b.ends_at > $2::timestamptz
    UNION
    SELECT b.id, b.starts_at, b.number FROM bookings b
    WHERE b.id = ANY (ARRAY(
      SELECT t.booking_id FROM travellers t WHERE t.person_id = $1::uuid AND t.booking_id = ANY (${APPROVED})))
  )
  SELECT id, (count(*) OVER ())::int AS total FROM trips ORDER BY starts_at, number LIMIT $3::int`

/** Bookings that leave after `$2` and whose open step asks them; `$3` of them. */
export const WAITING_FOR = `
  SELECT b.id, (count(*) OVER ())::int AS total
  FROM steps st JOIN bookings b ON b.id = st.booking_id
  WHERE st.id = ANY (ARRAY(
      SELECT a.step_id FROM asks a
      WHERE a.person_id = $1::uuid AND a.ended_at IS NULL AND a.step_id = ANY (${OPEN_STEPS})))
    AND b.starts_at > $2::timestamptz AND b.requester_id <> $1::uuid
  ORDER BY st.due_at, st.asked_at LIMIT $3::int`

/** The `$2` bookings that they decided last. Of several steps of one booking the latest counts. */
export const DECIDED_BY = `
  SELECT st.booking_id AS id FROM steps st
  WHERE st.decided_by_id = $1::uuid AND st.id = (
    SELECT latest.id FROM steps latest WHERE latest.booking_id = st.booking_id AND latest.decided_by_id = $1::uuid
    ORDER BY latest.closed_at DESC, latest.id DESC LIMIT 1)
  ORDER BY st.closed_at DESC LIMIT $2::int`
