import type { KnownBlock } from '@slack/types'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { clippedMrkdwn, escaped, quotedSections, sections } from '../../../src/surfaces/slack/mrkdwn.ts'
import { clipped } from '../../../src/surfaces/view-models/clipped.ts'
import { blockProblems } from '../../../src/workspace/protocol/block-kit/check-blocks.ts'
import { NOT_ESCAPED, TORN, TYPED, unescaped } from './typed-texts.ts'

const typedTexts = fc.string({
  unit: fc.constantFrom('a', ' ', '&', '<', '>', '🚗', '\n', 'ش', ';', 'amp;', '<!channel>'),
  maxLength: 900,
})
const sectionTexts = (blocks: KnownBlock[]) =>
  blocks.map((block) => (block.type === 'section' ? (block.text?.text ?? '') : ''))

describe('escaped', () => {
  it.each([
    ['<!channel>', '&lt;!channel&gt;'],
    ['<@U123>', '&lt;@U123&gt;'],
    ['<https://example.com|bank>', '&lt;https://example.com|bank&gt;'],
    ['R&D', 'R&amp;D'],
    ['&lt;', '&amp;lt;'],
    ['*bold* _it_ `code`', '*bold* _it_ `code`'],
  ])('%s', (typed, expected) => {
    expect(escaped(typed)).toBe(expected)
  })

  it('leaves nothing that Slack would read as a ping, and loses nothing', () => {
    fc.assert(
      fc.property(typedTexts, (typed) => {
        expect(escaped(typed)).not.toMatch(/[<>]|&(?!amp;|lt;|gt;)/)
        expect(unescaped(escaped(typed))).toBe(typed)
      }),
    )
  })
})

describe('clipped', () => {
  it.each([
    ['short enough', 'abcde', 5, 'abcde'],
    ['one too many', 'abcdef', 5, 'abcd…'],
    ['an emoji at the edge', 'abc🚗🚗', 5, 'abc…'],
    ['an emoji that fits', 'ab🚗🚗', 5, 'ab🚗…'],
    ['an ampersand is only a character', 'R&D and more', 5, 'R&D …'],
  ])('%s', (_case, text, most, expected) => {
    expect(clipped(text, most)).toBe(expected)
  })

  it.each([
    ['an escape at the edge', 'ab&amp;cd', 6, 'ab…'],
    ['an escape that just fits', 'ab&amp;cd', 8, 'ab&amp;…'],
    ['an emoji at the edge', 'abc🚗🚗', 5, 'abc…'],
  ])('mrkdwn: %s', (_case, text, most, expected) => {
    expect(clippedMrkdwn(text, most)).toBe(expected)
  })

  it('neither is ever too long, nor torn', () => {
    fc.assert(
      fc.property(typedTexts, fc.integer({ min: 10, max: 900 }), (typed, most) => {
        for (const cut of [clipped(typed, most), clippedMrkdwn(escaped(typed), most)]) {
          expect(cut.length).toBeLessThanOrEqual(most)
          expect(cut).not.toMatch(TORN)
        }
        expect(clippedMrkdwn(escaped(typed), most)).not.toMatch(NOT_ESCAPED)
      }),
    )
  })
})

describe.each([
  ['sections', (typed: string) => sections(escaped(typed)), (texts: string[]) => texts.join('')],
  // A quoted line begins with its mark; the last line ends as every line does.
  ['quotedSections', quotedSections, (texts: string[]) => texts.join('').replace(/^>/gm, '').replace(/\n$/, '')],
])('%s', (_name, blocksOf, read) => {
  it.each(TYPED)('holds 3,000 characters: %s', (_case, typedOf) => {
    const typed = typedOf(3000)
    const blocks = blocksOf(typed)
    expect(typed.length).toBeGreaterThanOrEqual(2999)
    expect(blockProblems(blocks, 'message')).toEqual([])
    const texts = sectionTexts(blocks)
    expect(texts.join('')).not.toMatch(NOT_ESCAPED)
    for (const text of texts) expect(text).not.toMatch(TORN)
    // A line that does not fit into one section goes on in a line of the next.
    const noBreaks = (text: string) => text.replaceAll('\n', '')
    expect(noBreaks(unescaped(read(texts)))).toBe(noBreaks(typed))
  })

  it('keeps what fits as it was typed, line by line', () => {
    fc.assert(
      fc.property(typedTexts, (typed) => {
        fc.pre(typed !== '' && typed.split('\n').every((line) => escaped(line).length < 2999))
        expect(unescaped(read(sectionTexts(blocksOf(typed))))).toBe(typed)
      }),
    )
  })
})

it('a long paragraph is not torn into lines', () => {
  const paragraph = 'We meet the client at the harbour. '.repeat(70).trim()
  expect(sectionTexts(quotedSections(paragraph))).toEqual([`>${paragraph}\n`])
})

it('what must be cut is cut between words', () => {
  const [first, second] = sectionTexts(sections('harbour '.repeat(400).trim()))
  expect(first).toMatch(/harbour $/)
  expect(second).toMatch(/^harbour/)
})
