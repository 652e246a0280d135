-- A card that has to be answered is posted again, at the bottom of the conversation, where something is told of it.
-- announce_id: the notice that it is posted again for; announced_id: the one that its message was posted for.
-- left_external_id: the message before, until it has shrunk to a line. Both notices may be removed.
ALTER TABLE cards
  ADD COLUMN announce_id uuid,
  ADD COLUMN announced_id uuid,
  ADD COLUMN left_external_id text;
