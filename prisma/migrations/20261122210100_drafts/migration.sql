-- Request forms that were put aside, as they were left: nothing in them has been checked, and they hold no car.
CREATE TABLE drafts (
  id uuid PRIMARY KEY,
  person_id uuid NOT NULL REFERENCES people (id),
  -- The form's own key, as on bookings: a form that was sent is no draft any more.
  request_key text NOT NULL UNIQUE,
  form jsonb NOT NULL CHECK (jsonb_typeof(form) = 'object'),
  created_at timestamptz NOT NULL,
  touched_at timestamptz NOT NULL
);
CREATE INDEX drafts_person ON drafts (person_id, touched_at DESC);
CREATE INDEX drafts_touched ON drafts (touched_at);
