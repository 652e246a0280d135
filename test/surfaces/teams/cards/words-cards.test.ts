import { describe, expect, it } from 'vitest'
import { greetingCard, helpCard } from '../../../../src/surfaces/teams/cards/help-card.ts'
import { bytesOf, LIMITS } from '../../../../src/surfaces/teams/cards/limits.ts'
import { noticeCard } from '../../../../src/surfaces/teams/cards/notice-card.ts'
import { withNotice, wordsCard } from '../../../../src/surfaces/teams/cards/words-card.ts'
import { noticeWords } from '../../../../src/surfaces/view-models/notice-words.ts'
import { UNIDENTIFIED_WORDS } from '../../../../src/surfaces/view-models/unidentified-words.ts'
import { BERLIN, NOW } from '../../../support/builders.ts'
import { NOTICE_KINDS, someFacts } from '../../email/notice-builders.ts'
import { problemsOf, textsOf } from './read-card.ts'
import { LONG_TEXTS, TELLING_TEXTS } from './typed-texts.ts'

describe('noticeCard', () => {
  describe.each(LONG_TEXTS)('at its longest, of %s', (_case, typed) => {
    it.each(NOTICE_KINDS)('%s', (kind) => {
      const facts = someFacts({
        requesterName: typed(150),
        actorName: `${typed(149)}.`,
        comment: typed(1000),
        destination: typed(150),
        waitingFor: [typed(150), typed(150)],
        dueAt: NOW.toISOString(),
      })
      for (const isRequester of [true, false]) {
        const words = noticeWords(kind, facts, BERLIN, NOW, { isRequester })
        const card = noticeCard(words)
        expect(problemsOf(card)).toEqual([])
        expect(bytesOf(card)).toBeLessThanOrEqual(LIMITS.card)
        expect(textsOf(card)).toEqual([words.headline, ...words.lines])
      }
    })
  })

  it('says all of it without being drawn', () => {
    const words = noticeWords('booking_approved', someFacts(), BERLIN, NOW, { isRequester: true })
    expect(noticeCard(words).fallbackText).toBe([words.headline, ...words.lines].join('. '))
  })
})

describe('wordsCard', () => {
  it.each([...Object.values(UNIDENTIFIED_WORDS), ...TELLING_TEXTS])('%j', (words) => {
    const card = wordsCard(null, words, 'none')
    expect(problemsOf(card)).toEqual([])
    expect(textsOf(card)).toEqual([words])
  })

  it('has a title where one is given, and a mark where something is wrong', () => {
    const card = wordsCard('Book a car', 'One moment, please.', 'warning')
    expect(textsOf(card)).toEqual(['Book a car', '⚠️ One moment, please.'])
    expect(card.fallbackText).toBe('Book a car. One moment, please.')
  })
})

describe('withNotice', () => {
  const card = wordsCard(null, 'Below.', 'none')

  it('is the same card with one line on top', () => {
    expect(textsOf(withNotice(card, 'Too late.'))).toEqual(['⚠️ Too late.', 'Below.'])
    expect(withNotice(card, 'Too late.').fallbackText).toBe('Too late.')
    expect(problemsOf(withNotice(card, 'Too late.'))).toEqual([])
  })

  it('has one such line, the newest', () => {
    expect(textsOf(withNotice(withNotice(card, 'First.'), 'Second.'))).toEqual(['⚠️ Second.', 'Below.'])
  })
})

describe('helpCard', () => {
  it('names every word', () => {
    const texts = textsOf(helpCard())
    expect(texts.map((text) => text.split(':')[0])).toEqual([
      'What you can type',
      'book',
      'my bookings',
      'drafts',
      'cars',
      'approvals',
      'away',
      'help',
    ])
    expect(problemsOf(helpCard())).toEqual([])
  })

  it('greets somebody who writes something else with the same', () => {
    expect(textsOf(greetingCard())).toEqual(['Hi! Here is what I can do:', ...textsOf(helpCard()).slice(1)])
    expect(problemsOf(greetingCard())).toEqual([])
  })
})
