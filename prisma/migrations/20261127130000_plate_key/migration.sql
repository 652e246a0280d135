-- One car has one plate however it is typed. The same key as plateKey in src/core/text/look-alike-key.ts: compatible letters and
-- case are one, what is invisible counts for nothing, and blanks, dashes and dots between the parts are one separator.
CREATE FUNCTION plate_key(plate text) RETURNS text LANGUAGE sql IMMUTABLE PARALLEL SAFE AS $$
  SELECT trim(BOTH '-' FROM regexp_replace(
    lower(regexp_replace(
      normalize(plate, NFKC),
      '[\u0001-\u0008\u000e-\u001f\u007f-\u0084\u0086-\u009f\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f\u202a-\u202e\u2060-\u206f\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb]',
      '', 'g')),
    '[\s\u0085\u00a0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u2800\u3000._\u00b7\u2022\u2212\u058a\u05be\u1400\u1806\u2010-\u2015\u2e17\u2e1a\u2e3a\u2e3b\u2e40\u301c\u3030\u30a0\ufe31\ufe32\ufe58\ufe63\uff0d-]+',
    '-', 'g'))
$$;

ALTER TABLE vehicles ADD COLUMN plate_key text NOT NULL DEFAULT '';

-- Cars that were entered twice stay two: the one in service that came first has the key, and the others one of their own, until
-- somebody gives them another plate.
UPDATE vehicles SET plate_key = keyed.key || CASE WHEN keyed.nth = 1 THEN '' ELSE ' ' || keyed.id END
FROM (
  SELECT id, plate_key(license_plate) AS key,
    row_number() OVER (PARTITION BY plate_key(license_plate) ORDER BY status, created_at, id) AS nth
  FROM vehicles
) keyed
WHERE keyed.id = vehicles.id;

ALTER TABLE vehicles ADD CONSTRAINT vehicles_plate_key_key UNIQUE (plate_key);

CREATE FUNCTION keep_plate_key() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  IF TG_OP = 'INSERT' OR NEW.license_plate IS DISTINCT FROM OLD.license_plate THEN
    NEW.plate_key := plate_key(NEW.license_plate);
  END IF;
  RETURN NEW;
END
$$;
CREATE TRIGGER vehicles_plate_key BEFORE INSERT OR UPDATE OF license_plate ON vehicles
  FOR EACH ROW EXECUTE FUNCTION keep_plate_key();
