-- What time brings about, who stands in for whom, and changes of a booking.

-- A step may also be answered with a wish. (Usable only once this migration is committed.)
ALTER TYPE step_status ADD VALUE 'changes_requested';

-- When those who are asked are reminded next, and when the step went on because nobody answered.
ALTER TABLE steps ADD COLUMN remind_at timestamptz, ADD COLUMN escalated_at timestamptz;

-- Asked again after a change, a step of the same kind follows in the same round; but only one is ever open.
ALTER TABLE steps DROP CONSTRAINT steps_booking_id_round_kind_key;
CREATE INDEX steps_booking ON steps (booking_id);
CREATE UNIQUE INDEX steps_one_open ON steps (booking_id) WHERE status = 'open';
-- What is due stands with the booking.
DROP INDEX steps_due;

-- Whom a step went on from is told of its end as well, and their card says where it went.
ALTER TABLE asks ADD COLUMN ended_at timestamptz;

-- next_due_at: when time brings something about next (a reminder, a deadline, the departure, the end); null: never.
-- due_claimed_until: somebody is seeing to it; a lease in real time, while what is due goes by the business's clock.
-- change: the other trip of a booking that was or is to be changed, and what became of the change.
ALTER TABLE bookings
  ADD COLUMN next_due_at timestamptz,
  ADD COLUMN due_claimed_until timestamptz,
  ADD COLUMN change jsonb;
CREATE INDEX bookings_due ON bookings (next_due_at) WHERE next_due_at IS NOT NULL;
-- The first look finds out what is due, and when the next time is.
UPDATE bookings SET next_due_at = now()
  WHERE status IN ('pending_manager', 'pending_hr', 'changes_requested', 'approved');

-- Who is away, and who answers for them. A change of it counts up the person's away_version, on which decisions about whom
-- to ask depend.
ALTER TABLE people ADD COLUMN away_version integer NOT NULL DEFAULT 0;
CREATE TABLE absences (
  person_id uuid PRIMARY KEY REFERENCES people (id),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  stand_in_id uuid NOT NULL REFERENCES people (id),
  -- When it begins or ends next, and what waits has to move.
  next_due_at timestamptz NOT NULL,
  claimed_until timestamptz,
  CHECK (ends_at > starts_at),
  CHECK (stand_in_id <> person_id)
);
CREATE INDEX absences_stand_in ON absences (stand_in_id);
CREATE INDEX absences_due ON absences (next_due_at);
