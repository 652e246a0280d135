-- What was told about a booking goes away some time after its end; null: not yet.
ALTER TABLE bookings ADD COLUMN messages_pruned_at timestamptz;
CREATE INDEX bookings_unpruned ON bookings (ends_at, id) WHERE messages_pruned_at IS NULL;
