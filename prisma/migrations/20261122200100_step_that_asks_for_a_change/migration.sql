-- Whoever asks for a change is known, as whoever approves or rejects is.
ALTER TABLE steps DROP CONSTRAINT steps_check1;
ALTER TABLE steps ADD CONSTRAINT steps_answered_by_somebody
  CHECK (status NOT IN ('approved', 'rejected', 'changes_requested') OR decided_by_id IS NOT NULL);
