-- What is to be done at a certain time, and when that is next. Whoever moves it on does it.
CREATE TABLE schedule (
  job text PRIMARY KEY,
  due_at timestamptz NOT NULL
);

-- What did not fit together at the last nightly look, and since when: the admins have been told of it.
CREATE TABLE findings (
  booking_id uuid NOT NULL REFERENCES bookings (id),
  finding text NOT NULL,
  found_at timestamptz NOT NULL,
  PRIMARY KEY (booking_id, finding)
);
