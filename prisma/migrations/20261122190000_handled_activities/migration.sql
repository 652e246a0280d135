-- What Teams sent and was answered: it sends the same message again when an answer is slow.
CREATE TABLE handled_activities (
  conversation_id text NOT NULL,
  activity_id text NOT NULL,
  handled_at timestamptz NOT NULL DEFAULT now(),
  PRIMARY KEY (conversation_id, activity_id)
);

CREATE INDEX handled_activities_handled_at ON handled_activities (handled_at);
