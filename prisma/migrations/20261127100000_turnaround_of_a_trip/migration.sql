-- How long the car is held after a trip is a fact of that trip: it was promised so, whatever the car needs by now. The default
-- spares writing every row of the past whose car needs none.
ALTER TABLE bookings ADD COLUMN turnaround_minutes integer NOT NULL DEFAULT 0
  CHECK (turnaround_minutes BETWEEN 0 AND 10080);

UPDATE bookings b SET turnaround_minutes = v.turnaround_minutes
  FROM vehicles v WHERE v.id = b.vehicle_id AND v.turnaround_minutes > 0;

-- What is live says by its hold what it was promised: the hold ends that long after the last trip within it.
WITH trips AS (
  SELECT id AS booking_id, false AS proposed, vehicle_id::text AS vehicle_id, starts_at, ends_at FROM bookings
  WHERE status IN ('pending_manager', 'pending_hr', 'changes_requested', 'approved', 'in_use')
  UNION ALL
  SELECT id, true, change->'trip'->>'vehicleId', (change->'trip'->'window'->>'startsAt')::timestamptz,
    (change->'trip'->'window'->>'endsAt')::timestamptz
  FROM bookings
  WHERE status IN ('pending_manager', 'pending_hr', 'changes_requested', 'approved', 'in_use')
    AND change->>'status' IN ('pending_manager', 'pending_hr', 'changes_requested')
), held AS (
  SELECT t.booking_id, t.proposed, h.id AS hold_id, h.ends_at AS held_until,
    max(t.ends_at) OVER (PARTITION BY h.id) AS last_end
  FROM trips t JOIN vehicle_holds h ON h.booking_id = t.booking_id AND h.vehicle_id::text = t.vehicle_id
    AND h.starts_at <= t.starts_at AND h.ends_at >= t.ends_at
), promised AS (
  SELECT booking_id, proposed, min(extract(epoch FROM held_until - last_end) / 60)::int AS minutes FROM held
  GROUP BY booking_id, proposed
), sensible AS (
  SELECT * FROM promised WHERE minutes BETWEEN 0 AND 10080
)
UPDATE bookings b SET
  turnaround_minutes = coalesce(own.minutes, b.turnaround_minutes),
  change = CASE WHEN other.minutes IS NULL THEN b.change
    ELSE jsonb_set(b.change, '{trip,turnaroundMinutes}', to_jsonb(other.minutes)) END
FROM (SELECT DISTINCT booking_id FROM sensible) s
  LEFT JOIN sensible own ON own.booking_id = s.booking_id AND NOT own.proposed
  LEFT JOIN sensible other ON other.booking_id = s.booking_id AND other.proposed
WHERE b.id = s.booking_id;
