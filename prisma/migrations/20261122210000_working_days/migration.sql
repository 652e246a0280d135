-- A site may have working days of its own, by which its deadlines are counted: ISO weekdays, Monday is 1. Null: the company's.
ALTER TABLE sites ADD COLUMN working_days smallint[]
  CHECK (cardinality(working_days) > 0 AND working_days <@ '{1,2,3,4,5,6,7}'::smallint[]);
