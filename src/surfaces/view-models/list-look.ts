/** What somebody looks at in a list: where it begins, and the rows they saw there. */
export interface ListLook {
  /** How many entries stand before these. */
  offset: number
  /** The ids of the rows as they were shown, in order: they stay in their places. Null: the list is opened now. */
  rows: string[] | null
}

export const OPENED: ListLook = { offset: 0, rows: null }

/** How many entries a page of a list has at most. */
export const PAGE = 8

const UUID = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/
/** An id in as few characters as a button can carry. */
const SHORT = 22

/** Packs a look into few characters, as a button carries it: 8 rows are 176. Ids that are no UUIDs are left out. */
export function packedLook({ offset, rows }: ListLook): string {
  const ids = (rows ?? []).filter((id) => UUID.test(id))
  return `${offset}.${ids.map((id) => Buffer.from(id.replaceAll('-', ''), 'hex').toString('base64url')).join('')}`
}

/** Reads what {@link packedLook} packed; anything else is a list that is opened now. */
export function lookOf(packed: unknown): ListLook {
  const [, offset, rows = ''] = (typeof packed === 'string' && /^(\d{1,6})\.([\w-]*)$/.exec(packed)) || []
  if (offset === undefined || rows.length % SHORT !== 0 || rows.length > SHORT * PAGE) return OPENED
  const ids = rows.match(/.{22}/g)?.map((short) => dashed(Buffer.from(short, 'base64url').toString('hex'))) ?? []
  return { offset: Number(offset), rows: ids.length > 0 ? ids : null }
}

/** Where the neighbouring pages begin; null where there is none. `gone`: of those shown, the ones that are no longer counted. */
export function pagesBeside({
  offset,
  shown,
  gone,
  more,
}: {
  offset: number
  shown: number
  gone: number
  more: number
}): { back: number | null; next: number | null } {
  return { back: offset > 0 ? Math.max(0, offset - PAGE) : null, next: more > 0 ? offset + shown - gone : null }
}

/** "1–8 of 15". */
export function pageWords(offset: number, shown: number, total: number): string {
  return shown === 1 ? `${offset + 1} of ${total}` : `${offset + 1}–${offset + shown} of ${total}`
}

function dashed(hex: string): string {
  return [hex.slice(0, 8), hex.slice(8, 12), hex.slice(12, 16), hex.slice(16, 20), hex.slice(20)].join('-')
}
