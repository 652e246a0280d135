-- A job stays due until it is done: whoever claims it has it for a while, in real time.
ALTER TABLE schedule ADD COLUMN claimed_until timestamptz;
