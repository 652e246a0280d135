-- Every read that a person waits for costs what is live or what is shown, never what is past. Statements name the statuses
-- literally: PostgreSQL uses a partial index only where the statement itself says that its condition holds.

-- A press finds its card by its message.
CREATE INDEX cards_external ON cards (external_id) WHERE external_id IS NOT NULL;

-- Claims are made for each channel, the longest due first: what waits on one costs the others nothing.
DROP INDEX cards_behind;
CREATE INDEX cards_behind ON cards (platform, due_at) WHERE drawn_version < wanted_version;
DROP INDEX deliveries_due;
CREATE INDEX deliveries_due ON deliveries (channel, due_at) WHERE status = 'pending';

-- Live bookings, of one requester or all of them.
CREATE INDEX bookings_live ON bookings (requester_id, starts_at)
  WHERE status IN ('pending_manager', 'pending_hr', 'changes_requested', 'approved', 'in_use');
-- A person's history by what became of it; all that a page needs to be found is in the index.
CREATE INDEX bookings_history ON bookings (requester_id, status, starts_at DESC, number DESC) INCLUDE (id);
DROP INDEX bookings_requester;
CREATE INDEX bookings_requester ON bookings (requester_id, starts_at DESC, number DESC) INCLUDE (id);

-- What somebody decided last.
CREATE INDEX steps_decided_by ON steps (decided_by_id, closed_at DESC) WHERE decided_by_id IS NOT NULL;

-- Which of these open steps ask somebody, and on which of these live bookings they travel.
DROP INDEX asks_person;
CREATE INDEX asks_person ON asks (person_id, step_id);
DROP INDEX asks_on_behalf_of;
CREATE INDEX asks_on_behalf_of ON asks (on_behalf_of_id, step_id) WHERE on_behalf_of_id IS NOT NULL;
DROP INDEX travellers_person;
CREATE INDEX travellers_person ON travellers (person_id, booking_id) WHERE person_id IS NOT NULL;

-- What somebody has not read yet. What waits for them, and what they asked for, is shown elsewhere.
CREATE INDEX notifications_unread ON notifications (person_id, created_at DESC) WHERE read_at IS NULL
  AND kind NOT IN ('approval_needed', 'approval_reminder', 'booking_requested', 'change_requested', 'change_reminder');
DROP INDEX notifications_person;
