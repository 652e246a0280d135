-- What follows from an import of people is done by the import itself, or by the schedule if it was killed before. The first
-- look finds what was left undone before there was this rule: bookings of people who have left, say.
INSERT INTO schedule (job, due_at) VALUES ('directory', now()) ON CONFLICT DO NOTHING;
