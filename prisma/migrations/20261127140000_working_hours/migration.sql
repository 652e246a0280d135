-- The hours in which people at a site work, as minutes of the day: the first and the last. Null: the company's hours.
ALTER TABLE sites ADD COLUMN working_hours smallint[]
  CHECK (cardinality(working_hours) = 2 AND array_position(working_hours, NULL) IS NULL
    AND working_hours[1] >= 0 AND working_hours[1] < working_hours[2] AND working_hours[2] <= 1440);
