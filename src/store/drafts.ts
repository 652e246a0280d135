import type postgres from 'postgres'
import type { Draft, Drafts } from '../core/booking/draft.ts'
import { readDraftForm } from './draft-form.ts'
import type { createHomes } from './homes.ts'
import { uuidOrNull } from './uuid-or-null.ts'

type DraftRow = Omit<Draft, 'form'> & { form: unknown }

/**
 * Forms that were put aside. Homes are raised in a statement of their own: a commit that takes the draft away raises them
 * too, and neither may wait for the other with what that one needs in hand.
 */
export function createDrafts(sql: postgres.Sql, homes: Pick<ReturnType<typeof createHomes>, 'changed'>): Drafts {
  const columns = sql`d.id, d.person_id AS "personId", d.request_key AS "requestKey", d.form, d.created_at AS "createdAt",
    d.touched_at AS "touchedAt"`
  // A submission and a save of one form at the same moment may leave both.
  const isKept = (personId: string, keptSince: Date) => sql`d.person_id = ${uuidOrNull(personId)}
    AND d.touched_at >= ${keptSince} AND NOT EXISTS (SELECT FROM bookings b WHERE b.request_key = d.request_key)`

  return {
    save: async (draft, limit) => {
      const saved = await sql.begin(async (tx) => {
        // One form of a person's after the other, so that they can be counted.
        await tx`SELECT pg_advisory_xact_lock(hashtextextended(${`drafts of ${draft.personId}`}, 0))`
        return write(tx, draft, limit)
      })
      if (typeof saved === 'object') await homes.changed([draft.personId])
      return saved
    },

    find: async (personId, draftId, keptSince) => {
      const [row] = await sql<DraftRow[]>`
        SELECT ${columns} FROM drafts d WHERE d.id = ${uuidOrNull(draftId)} AND ${isKept(personId, keptSince)}`
      return row ? toDraft(row) : null
    },

    list: async (personId, keptSince) => {
      const rows = await sql<DraftRow[]>`
        SELECT ${columns} FROM drafts d WHERE ${isKept(personId, keptSince)} ORDER BY d.touched_at DESC, d.id`
      return rows.map(toDraft)
    },

    discard: async (personId, draftId) => {
      await sql`DELETE FROM drafts WHERE id = ${uuidOrNull(draftId)} AND person_id = ${uuidOrNull(personId)}`
      // Whoever discards what is gone looks at a Home that is behind.
      await homes.changed([personId])
    },

    prune: async (touchedBefore, limit) => {
      const pruned = await sql<{ personId: string }[]>`
        WITH due AS (
          SELECT id FROM drafts WHERE touched_at < ${touchedBefore} ORDER BY touched_at LIMIT ${limit} FOR UPDATE SKIP LOCKED
        )
        DELETE FROM drafts WHERE drafts.id = ANY (ARRAY(SELECT due.id FROM due)) RETURNING person_id AS "personId"`
      if (pruned.length > 0) await homes.changed([...new Set(pruned.map((draft) => draft.personId))])
      return pruned.length
    },
  }
}

async function write(
  tx: postgres.TransactionSql,
  { id, personId, requestKey, form, touchedAt }: Parameters<Drafts['save']>[0],
  { most, keptSince }: Parameters<Drafts['save']>[1],
): ReturnType<Drafts['save']> {
  const [row] = await tx<[DraftRow & { requested: boolean; others: number }]>`
    WITH before AS (
      SELECT EXISTS (SELECT FROM bookings WHERE request_key = ${requestKey}) AS requested,
        (SELECT count(*)::int FROM drafts d WHERE d.person_id = ${personId} AND d.request_key <> ${requestKey}
          AND d.touched_at >= ${keptSince}
          AND NOT EXISTS (SELECT FROM bookings b WHERE b.request_key = d.request_key)) AS others
    ), saved AS (
      INSERT INTO drafts (id, person_id, request_key, form, created_at, touched_at)
      SELECT ${id}::uuid, ${personId}::uuid, ${requestKey}, ${tx.json({ ...form })}::jsonb,
        ${touchedAt}::timestamptz, ${touchedAt}::timestamptz
      FROM before WHERE NOT requested AND others < ${most}
      ON CONFLICT (request_key) DO UPDATE SET form = excluded.form, touched_at = excluded.touched_at
        WHERE drafts.person_id = excluded.person_id
      RETURNING id, person_id AS "personId", request_key AS "requestKey", form, created_at AS "createdAt",
        touched_at AS "touchedAt"
    )
    SELECT before.*, saved.* FROM before LEFT JOIN saved ON true`
  const { requested, others, ...saved } = row
  if (saved.id !== null) return toDraft(saved)
  if (requested) return 'requested'
  return others < most ? 'not_theirs' : 'too_many'
}

function toDraft(row: DraftRow): Draft {
  return { ...row, form: readDraftForm(row.form) }
}
