-- How often in a row an attempt failed: what was wrong with our own set-up does not count.
-- first_tried_at: when the first attempt was made that may have sent the message; a later one looks for it from then on.
-- claim_id: the claim that took it, so that a claim whose answer was lost can be given back.
ALTER TABLE deliveries
  ADD COLUMN failures integer NOT NULL DEFAULT 0,
  ADD COLUMN first_tried_at timestamptz,
  ADD COLUMN claim_id uuid;

-- drawn_digest: what the message shows, so that the same picture is not sent again; null while that is not certain.
ALTER TABLE cards
  ADD COLUMN first_tried_at timestamptz,
  ADD COLUMN drawn_digest text,
  ADD COLUMN claim_id uuid;

-- A pause holds back what it is about, and nothing else: one act, one person's conversation, or the whole channel.
-- With an error it is our own set-up that has to be mended: one message at a time (probe_id) tries whether it is.
ALTER TABLE channel_pauses
  DROP CONSTRAINT channel_pauses_pkey,
  ADD COLUMN id uuid PRIMARY KEY DEFAULT gen_random_uuid(),
  ADD COLUMN act text NOT NULL DEFAULT 'everything'
    CHECK (act IN ('everything', 'posting', 'redrawing', 'homes', 'finding_people', 'finding_messages')),
  ADD COLUMN person_id uuid REFERENCES people (id),
  ADD COLUMN error text,
  ADD COLUMN failures integer NOT NULL DEFAULT 0,
  ADD COLUMN probe_id uuid,
  ADD CONSTRAINT channel_pauses_about UNIQUE NULLS NOT DISTINCT (channel, act, person_id);

-- What the admins were told. Of what stands they are told once more, for nothing says of which kind it is.
CREATE TYPE alert_kind AS ENUM ('setup', 'unreachable', 'refused');
DELETE FROM admin_alerts;
ALTER TABLE admin_alerts ADD COLUMN kind alert_kind NOT NULL;
