-- The words of Motorpool as tables. What Prisma cannot say stands here and nowhere else: the exclusion constraint that
-- keeps a car from being promised twice, checks, partial indexes, and the audit trail that only grows.

CREATE EXTENSION IF NOT EXISTS btree_gist;

CREATE TYPE person_role AS ENUM ('employee', 'manager', 'hr', 'admin');
CREATE TYPE chat_platform AS ENUM ('slack', 'teams');
CREATE TYPE vehicle_status AS ENUM ('in_service', 'retired');
CREATE TYPE booking_status AS ENUM (
  'draft', 'pending_manager', 'pending_hr', 'changes_requested', 'approved', 'in_use', 'completed',
  'rejected', 'cancelled', 'expired', 'no_show'
);
CREATE TYPE booking_type AS ENUM ('business_trip', 'airport_transfer', 'delivery', 'event', 'other');
CREATE TYPE booking_reason AS ENUM ('client_meeting', 'site_visit', 'training', 'internal_meeting', 'other');
CREATE TYPE traveller_kind AS ENUM ('driver', 'companion');
CREATE TYPE step_kind AS ENUM ('manager', 'hr');
CREATE TYPE step_status AS ENUM ('open', 'approved', 'rejected', 'skipped', 'unanswered', 'superseded');
CREATE TYPE delivery_channel AS ENUM ('slack', 'teams', 'email');
CREATE TYPE delivery_status AS ENUM ('pending', 'sent', 'superseded', 'dead');
CREATE TYPE card_kind AS ENUM ('request', 'manager_approval', 'hr_approval', 'home');

CREATE TABLE sites (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL UNIQUE,
  time_zone text NOT NULL
);

CREATE TABLE people (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  email text NOT NULL UNIQUE CHECK (email = lower(email)),
  name text NOT NULL,
  role person_role NOT NULL DEFAULT 'employee',
  department text NOT NULL DEFAULT '',
  manager_id uuid REFERENCES people (id),
  site_id uuid NOT NULL REFERENCES sites (id),
  time_zone text,
  active boolean NOT NULL DEFAULT true,
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (manager_id <> id)
);
CREATE INDEX people_manager_id ON people (manager_id);
CREATE INDEX people_deciders ON people (role) WHERE active AND role IN ('hr', 'admin');

CREATE TABLE chat_accounts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  person_id uuid NOT NULL REFERENCES people (id),
  platform chat_platform NOT NULL,
  tenant_id text NOT NULL,
  user_id text NOT NULL,
  time_zone text,
  conversation jsonb,
  last_used_at timestamptz NOT NULL DEFAULT now(),
  UNIQUE (platform, tenant_id, user_id)
);
CREATE INDEX chat_accounts_person ON chat_accounts (person_id, platform, last_used_at DESC);

CREATE TABLE vehicles (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  name text NOT NULL,
  type text NOT NULL DEFAULT 'car',
  seats integer NOT NULL CHECK (seats BETWEEN 1 AND 99),
  license_plate text NOT NULL UNIQUE,
  site_id uuid NOT NULL REFERENCES sites (id),
  status vehicle_status NOT NULL DEFAULT 'in_service',
  image_url text,
  turnaround_minutes integer NOT NULL DEFAULT 0 CHECK (turnaround_minutes BETWEEN 0 AND 10080),
  created_at timestamptz NOT NULL DEFAULT now()
);

CREATE TABLE bookings (
  id uuid PRIMARY KEY,
  number integer GENERATED ALWAYS AS IDENTITY UNIQUE,
  request_key text NOT NULL UNIQUE,
  requester_id uuid NOT NULL REFERENCES people (id),
  vehicle_id uuid NOT NULL REFERENCES vehicles (id),
  status booking_status NOT NULL,
  version integer NOT NULL DEFAULT 1,
  round integer NOT NULL DEFAULT 1,
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  passengers integer NOT NULL CHECK (passengers >= 1),
  destination text NOT NULL,
  type booking_type NOT NULL,
  reason booking_reason NOT NULL,
  details text NOT NULL DEFAULT '',
  created_at timestamptz NOT NULL,
  changed_at timestamptz NOT NULL,
  CHECK (ends_at > starts_at)
);
CREATE INDEX bookings_requester ON bookings (requester_id, starts_at DESC);
CREATE INDEX bookings_vehicle ON bookings (vehicle_id, starts_at);
CREATE INDEX bookings_undecided ON bookings (starts_at) WHERE status IN ('pending_manager', 'pending_hr', 'changes_requested');

CREATE TABLE travellers (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  booking_id uuid NOT NULL REFERENCES bookings (id),
  position integer NOT NULL,
  kind traveller_kind NOT NULL,
  person_id uuid REFERENCES people (id),
  name text,
  UNIQUE (booking_id, position),
  -- A colleague's name is the directory's, so that it is changed or forgotten in one place.
  CHECK (num_nonnulls(person_id, name) = 1)
);
CREATE INDEX travellers_person ON travellers (person_id) WHERE person_id IS NOT NULL;

CREATE TABLE steps (
  id uuid PRIMARY KEY,
  booking_id uuid NOT NULL REFERENCES bookings (id),
  round integer NOT NULL,
  kind step_kind NOT NULL,
  status step_status NOT NULL,
  asked_at timestamptz NOT NULL,
  due_at timestamptz,
  closed_at timestamptz,
  decided_by_id uuid REFERENCES people (id),
  comment text,
  skip_reason text,
  UNIQUE (booking_id, round, kind),
  CHECK ((status = 'open') = (closed_at IS NULL)),
  CHECK (status NOT IN ('approved', 'rejected') OR decided_by_id IS NOT NULL)
);
CREATE INDEX steps_due ON steps (due_at) WHERE status = 'open';

CREATE TABLE asks (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  step_id uuid NOT NULL REFERENCES steps (id),
  person_id uuid NOT NULL REFERENCES people (id),
  on_behalf_of_id uuid REFERENCES people (id),
  asked_at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (step_id, person_id, on_behalf_of_id)
);
CREATE INDEX asks_person ON asks (person_id);

CREATE TABLE events (
  id uuid PRIMARY KEY,
  -- One change may bring several events of the same moment.
  sequence bigint GENERATED ALWAYS AS IDENTITY UNIQUE,
  booking_id uuid NOT NULL REFERENCES bookings (id),
  type text NOT NULL,
  actor_id uuid REFERENCES people (id),
  at timestamptz NOT NULL
);
CREATE INDEX events_booking ON events (booking_id, sequence);

CREATE TABLE notifications (
  id uuid PRIMARY KEY,
  event_id uuid NOT NULL REFERENCES events (id),
  person_id uuid NOT NULL REFERENCES people (id),
  step_id uuid REFERENCES steps (id),
  kind text NOT NULL,
  facts jsonb NOT NULL,
  created_at timestamptz NOT NULL,
  read_at timestamptz
);
CREATE INDEX notifications_person ON notifications (person_id, created_at DESC);
CREATE INDEX notifications_step ON notifications (step_id) WHERE step_id IS NOT NULL;
CREATE INDEX notifications_event ON notifications (event_id);

-- The outbox: one notification on one channel. due_at is when the next attempt may start; claiming moves it forward by
-- the lease, so that the work of a killed process is found again.
CREATE TABLE deliveries (
  id uuid PRIMARY KEY,
  notification_id uuid NOT NULL REFERENCES notifications (id),
  channel delivery_channel NOT NULL,
  status delivery_status NOT NULL DEFAULT 'pending',
  attempt integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  last_error text,
  external_id text,
  settled_at timestamptz,
  UNIQUE (notification_id, channel)
);
CREATE INDEX deliveries_due ON deliveries (due_at) WHERE status = 'pending';
CREATE INDEX deliveries_dead ON deliveries (settled_at) WHERE status = 'dead';

-- A 429 holds back its channel for everybody, in every process.
CREATE TABLE channel_pauses (
  channel delivery_channel PRIMARY KEY,
  paused_until timestamptz NOT NULL
);

-- What the admins have been told could not be delivered; gone again once something gets through.
CREATE TABLE admin_alerts (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  channel delivery_channel NOT NULL,
  -- Null: nothing goes out on this channel.
  person_id uuid REFERENCES people (id),
  error text NOT NULL,
  raised_at timestamptz NOT NULL,
  UNIQUE NULLS NOT DISTINCT (channel, person_id, error)
);

-- Cards are level-triggered: whoever changes a booking raises wanted_version, the relay draws until drawn_version is there.
CREATE TABLE cards (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  booking_id uuid REFERENCES bookings (id),
  person_id uuid NOT NULL REFERENCES people (id),
  platform chat_platform NOT NULL,
  kind card_kind NOT NULL,
  external_id text,
  -- What somebody has chosen to see on their Home: it is drawn again without them.
  view_state jsonb,
  wanted_version integer NOT NULL DEFAULT 1,
  drawn_version integer NOT NULL DEFAULT 0,
  attempt integer NOT NULL DEFAULT 0,
  failures integer NOT NULL DEFAULT 0,
  due_at timestamptz NOT NULL DEFAULT now(),
  leased_until timestamptz,
  last_error text,
  UNIQUE NULLS NOT DISTINCT (booking_id, person_id, platform, kind, external_id),
  CHECK ((kind = 'home') = (booking_id IS NULL))
);
CREATE INDEX cards_home ON cards (person_id) WHERE kind = 'home';
CREATE INDEX cards_behind ON cards (due_at) WHERE drawn_version < wanted_version;

CREATE TABLE maintenance_windows (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  vehicle_id uuid NOT NULL REFERENCES vehicles (id),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  reason text NOT NULL DEFAULT '',
  created_by_id uuid REFERENCES people (id),
  created_at timestamptz NOT NULL DEFAULT now(),
  CHECK (ends_at > starts_at)
);
CREATE INDEX maintenance_windows_vehicle ON maintenance_windows (vehicle_id, starts_at);

-- Only what is live. ends_at includes the turnaround: ends_at + interval is not immutable and may not stand in the constraint.
CREATE TABLE vehicle_holds (
  id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  vehicle_id uuid NOT NULL REFERENCES vehicles (id),
  starts_at timestamptz NOT NULL,
  ends_at timestamptz NOT NULL,
  booking_id uuid REFERENCES bookings (id),
  maintenance_window_id uuid UNIQUE REFERENCES maintenance_windows (id),
  CHECK (ends_at > starts_at),
  CHECK (num_nonnulls(booking_id, maintenance_window_id) = 1),
  CONSTRAINT vehicle_holds_no_overlap EXCLUDE USING gist (vehicle_id WITH =, tstzrange(starts_at, ends_at, '[)') WITH &&)
);
CREATE INDEX vehicle_holds_window ON vehicle_holds USING gist (tstzrange(starts_at, ends_at, '[)'));
CREATE INDEX vehicle_holds_booking ON vehicle_holds (booking_id) WHERE booking_id IS NOT NULL;

-- Who did what to which record. Append-only, and it names people by id alone: what was typed or who somebody is stands in
-- tables where it can be replaced.
CREATE TABLE audit_entries (
  id bigint GENERATED ALWAYS AS IDENTITY PRIMARY KEY,
  at timestamptz NOT NULL,
  actor_id uuid REFERENCES people (id),
  action text NOT NULL,
  subject text NOT NULL,
  subject_id uuid NOT NULL,
  old_values jsonb,
  new_values jsonb
);
CREATE INDEX audit_entries_subject ON audit_entries (subject_id, id);

CREATE FUNCTION refuse_change_of_audit_entries() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION 'audit_entries is append-only: % is refused', TG_OP USING ERRCODE = 'restrict_violation';
END $$;
CREATE TRIGGER audit_entries_append_only BEFORE UPDATE OR DELETE ON audit_entries
  FOR EACH ROW EXECUTE FUNCTION refuse_change_of_audit_entries();
CREATE TRIGGER audit_entries_no_truncate BEFORE TRUNCATE ON audit_entries
  FOR EACH STATEMENT EXECUTE FUNCTION refuse_change_of_audit_entries();
