-- When a message became a card, or a Home was opened for the first time.
ALTER TABLE cards ADD COLUMN adopted_at timestamptz;

-- Has the cards and Homes drawn again that came to be while a change was being written. The one statement that writes a change sees
-- the cards that were there when it began, and it may have waited since; this looks again, after the booking is locked. `raised` are
-- those that the statement saw. Who adopts a card locks its booking, and who opens a Home takes the lock below: so each of them is seen
-- here, or begins after the change stands.
CREATE FUNCTION redraw_late_cards(changed uuid, concerned uuid[], raised uuid[]) RETURNS boolean LANGUAGE plpgsql VOLATILE AS $$
DECLARE
  since timestamptz := statement_timestamp() - interval '1 minute';
BEGIN
  PERFORM pg_advisory_xact_lock_shared(72707372, hashtext(id::text)) FROM (SELECT unnest(concerned) AS id ORDER BY 1) AS people;
  UPDATE cards SET wanted_version = wanted_version + 1, due_at = now() WHERE id IN (
    SELECT id FROM cards WHERE booking_id = changed AND adopted_at > since AND id <> ALL (raised) ORDER BY id FOR UPDATE);
  UPDATE cards SET wanted_version = wanted_version + 1, due_at = now() WHERE id IN (
    SELECT id FROM cards WHERE kind = 'home' AND person_id = ANY (concerned) AND adopted_at > since AND id <> ALL (raised) ORDER BY id FOR UPDATE);
  RETURN true;
END $$;
