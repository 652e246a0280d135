/** The rows of a Home as somebody saw them, by id: they keep their places for a while. */
export interface HomeRows {
  /** Since when, in milliseconds. */
  since: number
  /** Steps that ask them. */
  waiting: string[]
  /** Bookings. */
  trips: string[]
  drafts: string[]
}

/** How long rows keep their places, unless the Home is opened again before: longer than a second press takes, and a distraction. */
const KEPT_FOR = 10 * 60_000
const MOST_ROWS = 20

/** Reads the rows that the store kept, where they still keep their places. */
export function rowsKept(kept: unknown, now: Date): HomeRows | null {
  const { since, waiting, trips, drafts } = (kept ?? {}) as Record<keyof HomeRows, unknown>
  if (typeof since !== 'number' || +now - since > KEPT_FOR) return null
  return { since, waiting: idsIn(waiting), trips: idsIn(trips), drafts: idsIn(drafts) }
}

function idsIn(value: unknown): string[] {
  return Array.isArray(value) ? value.filter((id) => typeof id === 'string').slice(0, MOST_ROWS) : []
}

/**
 * Returns the entries of a section of a Home: those that were shown before in their places, found again or by `find`, then new
 * ones as far as there is room for `most`.
 */
export async function withKeptRows<Item>(
  fresh: Item[],
  kept: string[],
  {
    idOf,
    find,
    most,
  }: { idOf(item: Item): string; find(id: string): Promise<Item | null> | Item | null; most: number },
): Promise<{ id: string; item: Item }[]> {
  const byId = new Map(fresh.map((item) => [idOf(item), item]))
  const before = await Promise.all(kept.map(async (id) => ({ id, item: byId.get(id) ?? (await find(id)) })))
  const rows = before.flatMap(({ id, item }) => (item ? [{ id, item }] : []))
  const known = new Set(kept)
  const others = fresh.flatMap((item) => (known.has(idOf(item)) ? [] : [{ id: idOf(item), item }]))
  return [...rows, ...others.slice(0, Math.max(0, most - rows.length))]
}
