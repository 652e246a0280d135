-- The car of a proposal, or of a former trip, stands in the booking's JSON: nothing kept it from being deleted, and a booking
-- whose car is gone cannot be read. NOT VALID: rows that are broken already do not stop the migration; the nightly check
-- names them.
ALTER TABLE bookings ADD COLUMN change_vehicle_id uuid GENERATED ALWAYS AS (
  CASE WHEN change->'trip'->>'vehicleId' ~ '^[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}$'
    THEN (change->'trip'->>'vehicleId')::uuid END) STORED;
ALTER TABLE bookings ADD CONSTRAINT bookings_change_vehicle_id_fkey FOREIGN KEY (change_vehicle_id)
  REFERENCES vehicles (id) NOT VALID;
