-- When it was told that the last deadline of a step passed and nobody else can be asked. Null: it has not.
ALTER TABLE steps ADD COLUMN overdue_at timestamptz;

-- Bookings whose last deadline passed in silence were next due at their departure: now they are seen to.
UPDATE bookings SET next_due_at = steps.due_at FROM steps
WHERE steps.status = 'open' AND steps.booking_id = bookings.id AND steps.due_at < bookings.next_due_at;
