import type postgres from 'postgres'

const COLUMNS = `
  SELECT c.relname || '.' || a.attname || ' ' || format_type(a.atttypid, a.atttypmod)
    || CASE WHEN a.attnotnull THEN ' not null' ELSE '' END
    || CASE
      WHEN a.attidentity <> '' THEN ' default autoincrement()'
      WHEN d.oid IS NOT NULL THEN ' default ' || regexp_replace(pg_get_expr(d.adbin, d.adrelid), '^''(.*)''::.*$', '\\1')
      ELSE '' END AS line
  FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid
  LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum AND a.attgenerated = ''
  WHERE c.relnamespace = 'public'::regnamespace AND c.relkind IN ('r', 'p') AND a.attnum > 0 AND NOT a.attisdropped`

const ENUMS = `
  SELECT 'enum ' || t.typname || ': ' || string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) AS line
  FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid WHERE t.typnamespace = 'public'::regnamespace GROUP BY t.typname`

/** Partial indexes and NULLS NOT DISTINCT are what Prisma's file cannot say; they stand in the migrations alone. */
const UNIQUES = `
  SELECT c.relname || CASE WHEN i.indisprimary THEN ' primary key (' ELSE ' unique (' END || (
    SELECT string_agg(a.attname, ', ' ORDER BY k.position) FROM unnest(i.indkey::int2[]) WITH ORDINALITY AS k(attnum, position)
    JOIN pg_attribute a ON a.attrelid = i.indrelid AND a.attnum = k.attnum) || ')' AS line
  FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid
  WHERE c.relnamespace = 'public'::regnamespace AND i.indisunique AND i.indpred IS NULL AND NOT i.indnullsnotdistinct`

const names = (table: string, key: string) => `(
  SELECT string_agg(a.attname, ', ' ORDER BY k.position) FROM unnest(${key}) WITH ORDINALITY AS k(attnum, position)
  JOIN pg_attribute a ON a.attrelid = ${table} AND a.attnum = k.attnum)`

const action = (code: string) => `CASE ${code} WHEN 'a' THEN 'NoAction' WHEN 'r' THEN 'Restrict' WHEN 'c' THEN 'Cascade'
  WHEN 'n' THEN 'SetNull' ELSE 'SetDefault' END`

const REFERENCES = `
  SELECT f.conrelid::regclass || ' (' || ${names('f.conrelid', 'f.conkey')} || ') references ' || f.confrelid::regclass
    || ' (' || ${names('f.confrelid', 'f.confkey')} || ') ' || ${action('f.confdeltype')} || ' ' || ${action('f.confupdtype')}
    AS line
  FROM pg_constraint f WHERE f.contype = 'f' AND f.connamespace = 'public'::regnamespace`

/** What the database is, in the words of `readPrismaSchema`; Prisma's own ledger is no part of it. */
export async function readDatabaseSchema(sql: Pick<postgres.Sql, 'unsafe'>): Promise<string[]> {
  const query = [COLUMNS, ENUMS, UNIQUES, REFERENCES].join(' UNION ALL ')
  const rows = await sql.unsafe<{ line: string }[]>(query)
  return rows
    .map((row) => row.line)
    .filter((line) => !line.startsWith('_prisma_migrations'))
    .sort()
}
