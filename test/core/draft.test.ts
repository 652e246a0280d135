import { describe, expect, it } from 'vitest'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import { checkDraftSize, type DraftForm, draftsKeptSince, LONGEST_DRAFT } from '../../src/core/booking/draft.ts'

const ID = '0b9d4a52-8d0e-4a58-9a77-5d7b3f4f2c11'
const ids = (count: number) => Array.from({ length: count }, () => ID)

describe('a draft', () => {
  it.each<[string, DraftForm]>([
    ['nothing at all', {}],
    ['half of a moment', { starts: { date: '2026-11-05', time: '' } }],
    ['what nobody could drive', { passengers: 'many', starts: { date: 'soon', time: '25:00' } }],
    [
      'as much as Slack’s form takes',
      {
        starts: { at: new Date(0) },
        ends: { at: new Date(0) },
        destination: 'x'.repeat(150),
        details: '\n'.repeat(3000),
        driverIds: ids(100),
        companionIds: ids(100),
        otherCompanions: 'x'.repeat(3000),
      },
    ],
    [
      'as much as Teams’ form takes',
      {
        details: '"'.repeat(3000),
        typedDrivers: '😀'.repeat(300),
        typedCompanions: 'x'.repeat(600),
        otherCompanions: 'x'.repeat(1000),
      },
    ],
  ])('may hold %s', (_what, form) => {
    expect(() => checkDraftSize(form)).not.toThrow()
  })

  it('holds no more than any form does', () => {
    const room = LONGEST_DRAFT - JSON.stringify({ details: '' }).length
    expect(() => checkDraftSize({ details: 'x'.repeat(room) })).not.toThrow()
    expect(() => checkDraftSize({ details: 'x'.repeat(room + 1) })).toThrow(
      expect.objectContaining({ code: 'draft_too_long', facts: { most: LONGEST_DRAFT, length: LONGEST_DRAFT + 1 } }),
    )
  })

  it.each([
    // Over a change of the clocks, in spring and in autumn, on whatever clock the server has.
    ['2026-04-10T10:00:00Z', 30, '2026-03-11T10:00:00Z'],
    ['2026-11-05T00:30:00Z', 30, '2026-10-06T00:30:00Z'],
    ['2026-11-05T00:30:00Z', 1, '2026-11-04T00:30:00Z'],
  ])('on %s, with %s days, is one that was last touched since %s', (now, draftsKeptDays, since) => {
    const deadlines = { ...DEADLINES, draftsKeptDays }
    expect(draftsKeptSince({ now: () => new Date(now), deadlines })).toEqual(new Date(since))
  })
})
