import { min } from 'date-fns/min'
import { subMilliseconds } from 'date-fns/subMilliseconds'
import type postgres from 'postgres'
import type { Absence } from '../core/people/absence.ts'
import type { AbsenceSituation, Absences } from '../core/people/absences.ts'
import { ABSENCE, ABSENCES_BEHIND, type AbsenceDocument, toAbsence } from './absence-document.ts'
import { personOf } from './documents.ts'
import type { createHomes } from './homes.ts'
import { OPEN_STEPS } from './statuses.ts'
import { uuidOrNull } from './uuid-or-null.ts'

/** The number of the advisory lock under which one absence is judged and written, and the others wait. */
const ABSENCE_LOCK = 72707371

/** How long somebody has to move what waits before it is due again. Real time. */
const LEASE = '2 minutes'

const FIND = `SELECT ${ABSENCE} AS absence FROM absences a WHERE a.person_id = $1::uuid`

/** `$1`: who is to be away, `$2`: who is to stand in. */
const SITUATION = `
  WITH RECURSIVE away AS (
    SELECT a.* FROM absences a WHERE a.person_id = $2::uuid
    UNION ${ABSENCES_BEHIND}
  )
  SELECT ${personOf('$1::uuid')} AS person, ${personOf('$2::uuid')} AS "standIn",
    (SELECT coalesce(json_agg(${ABSENCE}), '[]') FROM away a) AS behind`

/** The people of `$1`, and those for whom somebody of them stands in, at whatever time and through whomever: `concerned`. */
const CONCERNED = `concerned AS (
  SELECT unnest($1::uuid[]) AS id
  UNION
  SELECT a.person_id FROM absences a JOIN concerned ON a.stand_in_id = concerned.id
)`

const DECIDES_LAST = `(p.active AND p.role IN ('hr', 'admin'))`
const CONCERNS_HR = `EXISTS (SELECT FROM concerned JOIN people p ON p.id = concerned.id WHERE ${DECIDES_LAST})`

/**
 * What is decided at this moment about whom to ask is decided anew: by each of those who are asked a commit knows whether
 * they are as they were. Who was left out it does not know, so everybody who may take the last decision counts as changed.
 */
const COUNT_UP = `
  WITH RECURSIVE ${CONCERNED}, changed AS (
    SELECT p.id FROM people p
    WHERE p.id IN (SELECT id FROM concerned) OR (${DECIDES_LAST} AND ${CONCERNS_HR})
    -- Commits and imports take people in the same order.
    ORDER BY p.id FOR NO KEY UPDATE
  )
  UPDATE people SET away_version = away_version + 1 FROM changed WHERE people.id = changed.id`

const CONCERNED_BOOKINGS = `
  WITH RECURSIVE ${CONCERNED}, asked AS (
    SELECT step_id FROM asks WHERE ended_at IS NULL AND person_id = ANY ($1::uuid[]) AND step_id = ANY (${OPEN_STEPS})
    UNION
    SELECT step_id FROM asks
    WHERE ended_at IS NULL AND on_behalf_of_id = ANY (ARRAY(SELECT id FROM concerned)) AND step_id = ANY (${OPEN_STEPS})
    UNION
    SELECT id FROM steps WHERE status = 'open' AND kind = 'hr' AND (SELECT ${CONCERNS_HR})
  )
  SELECT b.id FROM bookings b
  WHERE b.id = ANY (ARRAY(SELECT st.booking_id FROM steps st WHERE st.id = ANY (ARRAY(SELECT step_id FROM asked))))
  ORDER BY b.number`

/** Who is away, and who answers for them. Homes are raised in a statement of their own, for a commit that holds them may wait for people. */
export function createAbsences(sql: postgres.Sql, homes: Pick<ReturnType<typeof createHomes>, 'changed'>): Absences {
  return {
    find: (personId) => find(sql, uuidOrNull(personId)),

    set: async ({ personId, standInId, at }, decide) => {
      const { absence, before } = await sql.begin(async (tx) => {
        await tx`SELECT pg_advisory_xact_lock(${ABSENCE_LOCK})`
        const absence = decide(await situation(tx, uuidOrNull(personId), uuidOrNull(standInId)))
        const before = await find(tx, absence.personId)
        await write(tx, absence, at)
        await countUp(tx, [absence.personId])
        await audit(tx, { action: 'absence.set', at, before, after: absence })
        return { absence, before }
      })
      await homes.changed(shownTo(absence, before))
      return absence
    },

    end: async (personId, at) => {
      const before = await sql.begin(async (tx) => {
        await tx`SELECT pg_advisory_xact_lock(${ABSENCE_LOCK})`
        const before = await find(tx, uuidOrNull(personId))
        if (!before || before.endsAt <= at) return null
        // One that is over, until what waits has moved.
        await write(tx, { ...before, startsAt: min([before.startsAt, subMilliseconds(at, 1)]), endsAt: at }, at)
        await countUp(tx, [before.personId])
        await audit(tx, { action: 'absence.ended', at, before, after: null })
        return before
      })
      if (before) await homes.changed(shownTo(before))
      return before
    },

    claimDue: (now, limit) =>
      sql.begin(async (tx) => {
        const claimed = await tx<{ personId: string }[]>`
          WITH due AS (
            SELECT person_id FROM absences
            WHERE next_due_at <= ${now} AND (claimed_until IS NULL OR claimed_until <= now())
            ORDER BY next_due_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
          )
          UPDATE absences SET claimed_until = now() + ${LEASE}::interval FROM due
          WHERE absences.person_id = due.person_id RETURNING absences.person_id AS "personId"`
        const ids = claimed.map(({ personId }) => personId)
        if (ids.length > 0) await countUp(tx, ids)
        return ids
      }),

    concernedBookings: async (personId) => {
      const rows = await sql.unsafe<{ id: string }[]>(CONCERNED_BOOKINGS, [[personId]])
      return rows.map(({ id }) => id)
    },

    claim: async (personId) => {
      const [row] = await sql<{ claim: string }[]>`
        UPDATE absences SET claimed_until = clock_timestamp() + ${LEASE}::interval
        WHERE person_id = ${uuidOrNull(personId)} RETURNING claimed_until::text AS claim`
      return row?.claim ?? null
    },

    settle: async (personId, claim, now) => {
      // As text: a Date would lose the microseconds.
      const settled = await sql<{ standInId: string }[]>`
        WITH over AS (
          DELETE FROM absences WHERE person_id = ${personId} AND claimed_until = ${claim}::text::timestamptz
            AND ends_at <= ${now} RETURNING stand_in_id
        ), goes_on AS (
          UPDATE absences SET claimed_until = NULL,
            next_due_at = CASE WHEN starts_at > ${now} THEN starts_at ELSE ends_at END
          WHERE person_id = ${personId} AND claimed_until = ${claim}::text::timestamptz AND ends_at > ${now}
          RETURNING stand_in_id
        )
        SELECT stand_in_id AS "standInId" FROM over UNION ALL SELECT stand_in_id FROM goes_on`
      if (settled.length > 0) await homes.changed([personId, ...settled.map(({ standInId }) => standInId)])
    },
  }
}

async function find(sql: postgres.Sql | postgres.TransactionSql, personId: string | null): Promise<Absence | null> {
  const [row] = await sql.unsafe<{ absence: AbsenceDocument }[]>(FIND, [personId])
  return row ? toAbsence(row.absence) : null
}

async function situation(
  tx: postgres.TransactionSql,
  personId: string | null,
  standInId: string | null,
): Promise<AbsenceSituation> {
  type Row = Omit<AbsenceSituation, 'behind'> & { behind: AbsenceDocument[] }
  const [row] = await tx.unsafe<Row[]>(SITUATION, [personId, standInId])
  if (!row) throw new Error('A SELECT without FROM gave no row')
  return { ...row, behind: row.behind.map(toAbsence) }
}

/** What waits is due to move at once; whoever set it has the first go. */
async function write(tx: postgres.TransactionSql, { personId, startsAt, endsAt, standIn }: Absence, at: Date) {
  await tx`
    INSERT INTO absences (person_id, starts_at, ends_at, stand_in_id, next_due_at, claimed_until)
    VALUES (${personId}, ${startsAt}, ${endsAt}, ${standIn.id}, ${at}, clock_timestamp() + ${LEASE}::interval)
    ON CONFLICT (person_id) DO UPDATE SET starts_at = excluded.starts_at, ends_at = excluded.ends_at,
      stand_in_id = excluded.stand_in_id, next_due_at = excluded.next_due_at, claimed_until = excluded.claimed_until`
}

async function countUp(tx: postgres.TransactionSql, personIds: string[]): Promise<void> {
  await tx.unsafe(COUNT_UP, [personIds])
}

async function audit(
  tx: postgres.TransactionSql,
  { action, at, before, after }: { action: string; at: Date; before: Absence | null; after: Absence | null },
): Promise<void> {
  const personId = (before ?? after)?.personId ?? null
  await tx`
    INSERT INTO audit_entries (at, actor_id, action, subject, subject_id, old_values, new_values)
    VALUES (${at}, ${personId}, ${action}, 'absence', ${personId}, ${before && tx.json(factsOf(before))},
      ${after && tx.json(factsOf(after))})`
}

/** Ids and times alone, for the trail can never be changed. */
function factsOf({ startsAt, endsAt, standIn }: Absence) {
  return { startsAt: startsAt.toISOString(), endsAt: endsAt.toISOString(), standInId: standIn.id }
}

/** Whose Home may show something of it. */
function shownTo(...absences: (Absence | null)[]): string[] {
  return [...new Set(absences.flatMap((absence) => (absence ? [absence.personId, absence.standIn.id] : [])))]
}
