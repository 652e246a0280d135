import { cleanText } from './clean-text.ts'

const DASHES = /[\p{Dash_Punctuation}\u2212]/gu
const APOSTROPHES = /[\u2018\u2019\u02BC\u2032`\u00B4]/g
/** Joiners and the looks of characters: a name has them for its looks, not to be another name. */
const LOOKS = /\p{Default_Ignorable_Code_Point}/gu

/**
 * Returns the same key for names that look the same: without regard to case, invisible characters, compatible forms of letters,
 * the kind of a dash, and white space.
 */
export function nameKey(name: string): string {
  const plain = cleanText(name.normalize('NFKC'))
  return cleanText(plain.replaceAll(LOOKS, '').toLowerCase()).replaceAll(DASHES, '-').replaceAll(APOSTROPHES, "'")
}

/**
 * Returns the same key for one licence plate however it is typed: as {@link nameKey}, with blanks, dashes and dots between its parts
 * as one dash. The database computes the same (`plate_key`).
 */
export function plateKey(plate: string): string {
  return nameKey(plate)
    .replaceAll(/[\s\-.·•_]+/g, '-')
    .replaceAll(/^-|-$/g, '')
}

/**
 * True if one of two plates may be the other with a separator left out: "BMP909" may be "B-MP 909". "B-NO 1234" and "BN-O 1234"
 * each have one where the other has none: these are two cars. Takes keys.
 */
export function mayBeSamePlate(key: string, other: string): boolean {
  if (key === other || joined(key) !== joined(other)) return false
  const [fewer, more] = [separators(key), separators(other)].toSorted((a, b) => a.size - b.size)
  return fewer !== undefined && more !== undefined && [...fewer].every((place) => more.has(place))
}

function joined(key: string): string {
  return key.replaceAll('-', '')
}

/** Returns after how many characters of the joined plate a separator stands. */
function separators(key: string): Set<number> {
  const places = new Set<number>()
  let length = 0
  for (const character of key) {
    if (character === '-') places.add(length)
    else length += 1
  }
  return places
}
