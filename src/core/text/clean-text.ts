/** Letters of scripts whose words are written with joiners: Arabic and Persian, Syriac, N'Ko, Mongolian and those of South Asia. */
const JOINED_SCRIPTS = [
  'Arab',
  'Syrc',
  'Nkoo',
  'Mong',
  'Deva',
  'Beng',
  'Guru',
  'Gujr',
  'Orya',
  'Taml',
  'Telu',
  'Knda',
  'Mlym',
]
  .concat(['Sinh', 'Mymr', 'Khmr', 'Tibt'])
  .map((script) => String.raw`\p{scx=${script}}`)
  .join('')
const JOINED_LETTER = String.raw`(?=\p{L})[${JOINED_SCRIPTS}]`
const EMOJI = String.raw`\p{Extended_Pictographic}`

/** Characters that show nothing by themselves and are part of what is shown all the same. */
const MEANT = [
  // The flags of England, Scotland and Wales.
  String.raw`(?<=\u{1F3F4})\u{E0067}\u{E0062}(?:\u{E0065}\u{E006E}\u{E0067}|\u{E0073}\u{E0063}\u{E0074}|\u{E0077}\u{E006C}\u{E0073})\u{E007F}`,
  // A family, a profession, a coloured flag.
  String.raw`(?<=${EMOJI}[\uFE0F\p{Emoji_Modifier}]?)\u200D(?=${EMOJI})`,
  String.raw`(?<=${JOINED_LETTER}\p{M}*)[\u200C\u200D](?=${JOINED_LETTER})`,
  // The look of an emoji, a keycap, a Han character as a name has it, a Mongolian letter.
  String.raw`(?<=${EMOJI})[\uFE0E\uFE0F]`,
  String.raw`(?<=[#*\d])\uFE0F(?=\u20E3)`,
  String.raw`(?<=\p{Script=Han})[\uFE00-\uFE02\u{E0100}-\u{E01EF}]`,
  String.raw`(?<=\p{Script=Mongolian})[\u180B-\u180D\u180F]`,
].join('|')

/**
 * Controls (but for line feeds), noncharacters, and what is made to be invisible: zero-width spaces, byte order marks, soft
 * hyphens, fillers, tags, and what turns the direction of a line. https://www.unicode.org/reports/tr44/#Default_Ignorable_Code_Point
 */
const UNSEEN = String.raw`(?!\n)\p{Cc}|\p{Noncharacter_Code_Point}|[\uFFF9-\uFFFB]|\p{Default_Ignorable_Code_Point}`
const DROPPED = new RegExp(`(${MEANT})|${UNSEEN}`, 'gu')
const JOINERS = /([\u200C\u200D])[\u200C\u200D]+/g

const LINE_END = /\r\n?|[\v\f\u0085\u2028\u2029]/g
/** Spaces that stand where a plain one would; the blank of Braille is one. */
const SPACE = /[\t\u2800]/g
const HALF_A_CHARACTER = /\p{Surrogate}/gu

/** More marks than any script puts on a letter; those that go on letters of every script (U+0300 and the like) pile up sooner. */
const PILED_MARKS = /(\p{M}{8})\p{M}+/gu
const PILED_ACCENTS = /((?:(?=\p{M})\p{Script=Inherited}){4})(?:(?=\p{M})\p{Script=Inherited})+/gu
/** Marks that have no letter to stand on. */
const LOOSE_MARKS = /(?<=^|\s)\p{M}+/gu

/**
 * Returns a text as it can be stored and shown, in NFC: without what is invisible, without what no database takes, with few
 * marks on a letter, and without white space around it. A text of nothing else becomes ''.
 * @param lines whether line feeds are kept; otherwise all white space becomes single spaces
 */
export function cleanText(typed: string, { lines = false }: { lines?: boolean } = {}): string {
  const seen = typed
    .replaceAll(HALF_A_CHARACTER, '\uFFFD')
    .replaceAll(LINE_END, '\n')
    .replaceAll(SPACE, ' ')
    .replaceAll(JOINERS, '$1')
    .replaceAll(DROPPED, '$1')
    .normalize('NFC')
    .replaceAll(PILED_ACCENTS, '$1')
    .replaceAll(PILED_MARKS, '$1')
    .replaceAll(LOOSE_MARKS, '')
  return lines ? seen.trim() : seen.replaceAll(/\s+/g, ' ').trim()
}
