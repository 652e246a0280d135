-- Nobody drives two cars at once: who drives is held for the trip, as its car is, but without the turnaround. Only what is
-- live holds anybody. One person's windows of one booking that meet are one row, so that no booking stands in its own way.
CREATE TABLE driver_holds (
  booking_id uuid NOT NULL REFERENCES bookings (id),
  person_id uuid NOT NULL REFERENCES people (id),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  PRIMARY KEY (booking_id, person_id, starts_at),
  CHECK (ends_at > starts_at),
  CONSTRAINT driver_holds_no_overlap EXCLUDE USING gist (person_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)
);

-- Ends the one statement that writes a request whose car could be held and whose driver could not: two requests with one
-- driver came at the same moment. Nothing of it may stay.
CREATE FUNCTION refuse_busy_driver(booking_id uuid) RETURNS boolean LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'A driver of booking % is driving then', booking_id USING ERRCODE = 'MP001';
END $$;

-- People who were promised two cars at once keep both trips. The first booking holds them; the others have no driver hold
-- for that time, until they end.
WITH live AS (
  SELECT * FROM bookings WHERE status IN ('pending_manager', 'pending_hr', 'changes_requested', 'approved', 'in_use')
), driving AS (
  SELECT l.id, l.number, t.person_id, tstzrange(l.starts_at, l.ends_at, '[)') AS trip
  FROM live l JOIN travellers t ON t.booking_id = l.id AND t.kind = 'driver' AND t.person_id IS NOT NULL
  UNION ALL
  SELECT l.id, l.number, p.id, tstzrange((l.change->'trip'->'window'->>'startsAt')::timestamptz,
    (l.change->'trip'->'window'->>'endsAt')::timestamptz, '[)')
  FROM live l
    CROSS JOIN jsonb_to_recordset(l.change->'trip'->'travellers') AS t(kind text, person_id text)
    JOIN people p ON p.id::text = t.person_id
  WHERE l.change->>'status' IN ('pending_manager', 'pending_hr', 'changes_requested') AND t.kind = 'driver'
), merged AS (
  SELECT id, number, person_id, unnest(range_agg(trip)) AS trip FROM driving GROUP BY id, number, person_id
)
INSERT INTO driver_holds (booking_id, person_id, starts_at, ends_at)
SELECT id, person_id, lower(trip), upper(trip) FROM merged ORDER BY number, person_id, lower(trip)
ON CONFLICT ON CONSTRAINT driver_holds_no_overlap DO NOTHING;
