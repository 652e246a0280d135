/**
 * The core's objects as PostgreSQL builds them, each in the statement that finds it. A booking with its people, steps and
 * events is read at every press, card and list: as one document it costs a quarter of what it costs as rows and relations.
 */

/** A row of `sites s` as the core's Site. */
const SITE = `json_build_object(
  'id', s.id, 'name', s.name, 'timeZone', s.time_zone, 'workingDays', s.working_days,
  'workingHours', CASE WHEN s.working_hours IS NOT NULL THEN
    jsonb_build_object('from', s.working_hours[1], 'until', s.working_hours[2]) END)`

/** A row of `people p` joined with `sites s` as the core's Person. */
export const PERSON = `json_build_object(
  'id', p.id, 'email', p.email, 'name', p.name, 'role', p.role, 'department', p.department, 'managerId', p.manager_id,
  'timeZone', p.time_zone, 'active', p.active, 'awayVersion', p.away_version, 'site', ${SITE},
  'lastSeen', (SELECT json_build_object('platform', a.platform, 'timeZone', a.time_zone) FROM chat_accounts a
    WHERE a.person_id = p.id ORDER BY a.last_used_at DESC LIMIT 1))`

/** A row of `vehicles v` joined with `sites s` as the core's Vehicle. */
export const VEHICLE = `json_build_object(
  'id', v.id, 'name', v.name, 'type', v.type, 'seats', v.seats, 'licensePlate', v.license_plate,
  'turnaroundMinutes', v.turnaround_minutes,
  'site', ${SITE})`

/** The Person with this id, or null. */
export const personOf = (id: string) =>
  `(SELECT ${PERSON} FROM people p JOIN sites s ON s.id = p.site_id WHERE p.id = ${id})`

/** A list, in order; empty where there is none. */
const list = (item: string, from: string, order: string) =>
  `(SELECT coalesce(json_agg(${item} ORDER BY ${order}), '[]') FROM ${from})`

const PEOPLE_ASKED = `'person', ${personOf('a.person_id')}, 'onBehalfOf', ${personOf('a.on_behalf_of_id')}`
const ASK = `json_build_object(${PEOPLE_ASKED})`
const PASSED_ON = `json_build_object(${PEOPLE_ASKED}, 'at', a.ended_at)`
const ASKED = 'asks a JOIN people asked ON asked.id = a.person_id WHERE a.step_id = st.id'

const STEP = `json_build_object(
  'id', st.id, 'round', st.round, 'kind', st.kind, 'status', st.status, 'askedAt', st.asked_at, 'dueAt', st.due_at,
  'remindAt', st.remind_at, 'escalatedAt', st.escalated_at, 'overdueAt', st.overdue_at, 'closedAt', st.closed_at, 'decidedBy', ${personOf('st.decided_by_id')}, 'comment', st.comment,
  'skipReason', st.skip_reason,
  'asks', ${list(ASK, `${ASKED} AND a.ended_at IS NULL`, 'asked.name, a.id')},
  'passedOn', ${list(PASSED_ON, `${ASKED} AND a.ended_at IS NOT NULL`, 'a.ended_at, asked.name, a.id')})`

const TRAVELLER = `json_build_object('kind', t.kind, 'person', ${personOf('t.person_id')},
  'name', coalesce((SELECT name FROM people WHERE id = t.person_id), t.name, ''))`

const EVENT = `json_build_object('id', e.id, 'type', e.type, 'at', e.at,
  'actor', (SELECT json_build_object('id', id, 'name', name) FROM people WHERE id = e.actor_id))`

/** `b.change` as the core's TripChange: the people and the car in it are known by id. */
const CHANGE = `(SELECT json_build_object('status', b.change->>'status', 'trip', json_build_object(
    'window', b.change->'trip'->'window', 'passengers', b.change->'trip'->'passengers',
    'destination', b.change->'trip'->'destination', 'type', b.change->'trip'->'type', 'reason', b.change->'trip'->'reason',
    'details', b.change->'trip'->'details',
    -- A former trip of an older booking does not say it.
    'turnaroundMinutes', coalesce((b.change->'trip'->'turnaroundMinutes')::int,
      CASE WHEN b.change->'trip'->>'vehicleId' = b.vehicle_id::text THEN b.turnaround_minutes END,
      (SELECT turnaround_minutes FROM vehicles WHERE id = (b.change->'trip'->>'vehicleId')::uuid)),
    'vehicle', (SELECT ${VEHICLE} FROM vehicles v JOIN sites s ON s.id = v.site_id
      WHERE v.id = (b.change->'trip'->>'vehicleId')::uuid),
    'travellers', ${list(
      TRAVELLER,
      `jsonb_to_recordset(b.change->'trip'->'travellers') AS t(position int, kind text, person_id uuid, name text)`,
      't.position',
    )}))
  WHERE b.change IS NOT NULL)`

/** A row of `bookings b` with this as its change. What the admins are told of it changed nothing about it. */
const bookingDocument = (change: string) => `json_build_object(
  'id', b.id, 'number', b.number, 'requestKey', b.request_key, 'status', b.status, 'version', b.version, 'round', b.round,
  'window', json_build_object('startsAt', b.starts_at, 'endsAt', b.ends_at), 'passengers', b.passengers, 'turnaroundMinutes', b.turnaround_minutes,
  'destination', b.destination, 'type', b.type, 'reason', b.reason, 'details', b.details, 'createdAt', b.created_at, 'change', ${change},
  'requester', ${personOf('b.requester_id')},
  'vehicle', (SELECT ${VEHICLE} FROM vehicles v JOIN sites s ON s.id = v.site_id WHERE v.id = b.vehicle_id),
  'travellers', ${list(TRAVELLER, 'travellers t WHERE t.booking_id = b.id', 't.position')},
  'steps', ${list(STEP, 'steps st WHERE st.booking_id = b.id', 'st.round, st.asked_at, st.kind, st.closed_at NULLS LAST')},
  'events', ${list(EVENT, "events e WHERE e.booking_id = b.id AND e.type NOT IN ('delivery.failed', 'check.failed')", 'e.sequence')})`

/** A row of `bookings b` as the core's Booking. */
export const BOOKING = bookingDocument(CHANGE)
/** The same, whatever is to become of it. */
export const BOOKING_AS_IT_STANDS = bookingDocument('NULL::json')
