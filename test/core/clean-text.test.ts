import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { cleanText } from '../../src/core/text/clean-text.ts'

const ONE_LINE: [string, string, string][] = [
  ['a plain text', 'Hamburg', 'Hamburg'],
  ['white space around it and in it', '  Port \t of\u00A0\u3000 Hamburg \n', 'Port of Hamburg'],
  ['Unicode spaces around it', '\u2003Hamburg\u2800\u3000', 'Hamburg'],
  ['U+0000 and controls', 'Ham\u0000b\u0007ur\u001bg\u009f', 'Hamburg'],
  ['half an emoji', 'To \uD83D', 'To \uFFFD'],
  ['two halves the wrong way round', '\uDE97\uD83D', '\uFFFD\uFFFD'],
  ['zero-width spaces, byte order marks, soft hyphens, word joiners', '\u200BHam\uFEFFbu\u00ADrg\u2060', 'Hamburg'],
  ['overrides, isolates and marks of direction', '\u202Egrubmah\u202C \u2067x\u2069\u200F', 'grubmah x'],
  ['tags', 'Berlin\u{E0042}\u{E0065}', 'Berlin'],
  ['fillers', '\u3164\u115FBerlin\uFFA0', 'Berlin'],
  ['letters and accents apart', 'Scho\u0308n', 'Sch\u00F6n'],
  ['an accent that something invisible parts from its letter', 'o\u200B\u0308', '\u00F6'],
  ['marks with no letter', '\u0301\u0301 a', 'a'],
  ['a thousand marks on one letter', `e${'\u0323\u0301'.repeat(500)}x`, 'ẹ\u0323\u0323\u0323\u0323x'],
  ['a noncharacter', 'a\uFFFE\u{1FFFF}b', 'ab'],
  ['joiners between Latin letters', 'Ber\u200Clin\u200D', 'Berlin'],
]

const NOTHING: [string, string][] = [
  ['zero-width characters', '\u200B\u200C\u200D\uFEFF'],
  ['a right-to-left override', '\u202E'],
  ['controls', '\u0000\u0001'],
  ['a thousand combining marks', '\u0301'.repeat(1000)],
  ['variation selectors', '\uFE0F\u{E0100}'],
  ['Unicode spaces', '\u00A0\u2003\u2800\u3000'],
  ['fillers', '\u3164 \u115F'],
  ['tags', '\u{E0001}\u{E0041}'],
]

const KEPT: [string, string][] = [
  ['Persian, with a zero-width non-joiner', 'می\u200Cخواهم کتاب\u200Cها'],
  ['Arabic with its vowels', 'مُحَمَّدٌ رَسُولُ ٱللَّٰهِ'],
  ['Hebrew with points', 'שָׁלוֹם עֲלֵיכֶם'],
  ['Sinhala, with a zero-width joiner', 'ශ්\u200Dරී ලංකා'],
  ['Hindi', 'क्\u200Dष हिन्दी'],
  ['Malayalam', 'മലയാളം'],
  ['Thai', 'ที่ท่าเรือน้ำ'],
  ['Vietnamese', 'Thành phố Hồ Chí Minh, Đường Nguyễn Huệ'],
  ['Burmese', 'မြွှို့ကျွန်ုပ်'],
  ['Tibetan', 'བོད་སྐད་'],
  ['Khmer', 'ភ្នំពេញ'],
  ['Yoruba', 'Ọ̀yọ́'],
  ['a family, a profession, a coloured flag', '👩‍👩‍👧‍👦 👩🏽‍🚀 🏳️‍🌈 ❤️‍🔥'],
  ['the flags of a country and of Scotland', '🇩🇪 🏴󠁧󠁢󠁳󠁣󠁴󠁿'],
  ['keycaps', '1️⃣ #️⃣'],
  ['a Han character as a name has it', '葛\u{E0100}城'],
]

describe('a text that comes in', () => {
  it.each(ONE_LINE)('is what can be seen of it: %s', (_what, typed, clean) => {
    expect(cleanText(typed)).toBe(clean)
  })

  it.each(NOTHING)('is nothing where it shows nothing: %s', (_what, typed) => {
    expect(cleanText(typed)).toBe('')
    expect(cleanText(`${typed}\n${typed}`, { lines: true })).toBe('')
  })

  it.each(KEPT)('keeps what its script needs: %s', (_what, typed) => {
    expect(cleanText(typed)).toBe(typed.normalize('NFC'))
  })

  it('keeps its lines where it may have some, and knows all their ends', () => {
    expect(cleanText('\n one \r\ntwo\rthree\u2028four\u0085\n\nfive  six ', { lines: true })).toBe(
      'one \ntwo\nthree\nfour\n\n\nfive  six',
    )
  })

  const anything = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.array(fc.integer({ min: 0, max: 0xffff }), { maxLength: 30 }).map((units) => String.fromCharCode(...units)),
    fc
      .array(
        fc.constantFrom(
          ...[
            'a',
            'e',
            ' ',
            '\n',
            '\u0301',
            '\u064B',
            'ک',
            'क',
            '्',
            '\u200C',
            '\u200D',
            '\u200B',
            '👩',
            '🏽',
            '\uFE0F',
          ],
          ...[
            '\u202E',
            '\uD83D',
            '\uDE97',
            '\u0000',
            '葛',
            '\u{E0100}',
            '\u{E0067}',
            '1',
            '\u20E3',
            '\u1161',
            '\u1100',
          ],
        ),
        { maxLength: 25 },
      )
      .map((parts) => parts.join('')),
  )

  it('can be stored, shows nothing unseen at its ends, and is not changed by being cleaned again, whatever it is', () => {
    fc.assert(
      fc.property(anything, fc.boolean(), (typed, lines) => {
        const clean = cleanText(typed, { lines })
        expect(cleanText(clean, { lines })).toBe(clean)
        expect(clean).not.toMatch(/\p{Surrogate}/u)
        expect(clean).not.toMatch(lines ? /(?!\n)\p{Cc}/u : /\p{Cc}/u)
        expect(clean).not.toMatch(/[\u202A-\u202E\u2066-\u2069\u200B\uFEFF\u00AD]/)
        expect(clean).not.toMatch(/\p{M}{9}/u)
        expect(clean).not.toMatch(/^[\s\p{M}\p{Default_Ignorable_Code_Point}]|\s$/u)
        expect(clean).toBe(clean.normalize('NFC'))
      }),
      { numRuns: 500 },
    )
  })
})
