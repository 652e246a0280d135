import type postgres from 'postgres'
import type { Person } from '../core/people/person.ts'
import { cleanText } from '../core/text/clean-text.ts'
import { PERSON } from './documents.ts'

/** Letters that are no other letter with an accent, as people type them who have no such key. */
const TYPED_AS = { ß: 'ss', æ: 'ae', œ: 'oe', ø: 'o', ł: 'l', đ: 'd', ð: 'd', þ: 'th', ı: 'i', ς: 'σ' }
/** How German writes its own letters without them. */
const GERMAN = { ä: 'ae', ö: 'oe', ü: 'ue' }
/** The combining marks of Latin, Greek and Cyrillic letters. */
const MARKS = '[\u0300-\u036f]'

/** A text as it is compared: small letters without accents. {@link FOLDED} says the same in SQL. */
function folded(text: string): string {
  const plain = text.normalize('NFKD').toLowerCase().replaceAll(new RegExp(MARKS, 'g'), '')
  return Object.entries(TYPED_AS).reduce((done, [letter, typed]) => done.replaceAll(letter, typed), plain)
}

const replaced = (text: string, letters: Record<string, string>) =>
  Object.entries(letters).reduce((done, [letter, typed]) => `replace(${done}, '${letter}', '${typed}')`, text)
const FOLDED = (text: string) =>
  replaced(`regexp_replace(lower(normalize(${text}, NFKD)), '${MARKS}', '', 'g')`, TYPED_AS)

/** What is searched. Most names are plain letters, and need none of the work: it is ten times that of a comparison. */
const SEARCHED = `CASE WHEN octet_length(p.name) = char_length(p.name) THEN lower(p.name)
    ELSE ${FOLDED(`p.name || ' ' || ${replaced('lower(normalize(p.name, NFC))', GERMAN)}`)} END || ' ' || lower(p.email)`

const SEARCH = `
  SELECT ${PERSON} AS person FROM people p JOIN sites s ON s.id = p.site_id
  WHERE p.active AND ${SEARCHED} LIKE ALL ($1::text[])
  ORDER BY p.name, p.id LIMIT $2::int`

/**
 * Active people whose name and address contain every word of the text, by name. Accents do not count, and a German "ü" may
 * be typed "u" or "ue".
 */
export async function searchPeople(sql: postgres.Sql, text: string, most: number): Promise<Person[]> {
  const words = folded(cleanText(text))
    .split(/[\s,;]+/)
    .filter((word) => word !== '')
  const rows = await sql.unsafe<{ person: Person }[]>(SEARCH, [words.map((word) => `%${literally(word)}%`), most], {
    prepare: true,
  })
  return rows.map((row) => row.person)
}

/** A word as LIKE reads it: `%` and `_` would mean "anything". */
function literally(word: string): string {
  return word.replaceAll(/[\\%_]/g, '\\$&')
}
