import { describe, expect, it } from 'vitest'
import { type Absence, isAway, standInFor } from '../../src/core/people/absence.ts'
import type { Person } from '../../src/core/people/person.ts'
import { decideAbsence, type SetAbsence } from '../../src/core/people/set-absence.ts'
import { ANNA, anAbsence, BEN, HANNA, JO, MARA, minutesAfter, NOW } from '../support/builders.ts'
import { refusalOf } from '../support/refusal-of.ts'

const DAY = 24 * 60
const gone = (person: Person): Person => ({ ...person, active: false })
const days = (from: number, until: number) => ({
  startsAt: minutesAfter(NOW, from * DAY),
  endsAt: minutesAfter(NOW, until * DAY),
})

describe('isAway', () => {
  it.each([
    ['before it begins', -1, false],
    ['exactly when it begins', 0, true],
    ['right before it ends', 59, true],
    ['exactly when it ends', 60, false],
  ])('%s', (_case, minutes, away) => {
    const absence = { startsAt: NOW, endsAt: minutesAfter(NOW, 60) }
    expect(isAway(absence, minutesAfter(NOW, minutes))).toBe(away)
  })
})

describe('standInFor', () => {
  it.each<[string, Absence[], Person | null]>([
    ['themselves, who are there', [], MARA],
    ['themselves, whose absence is to come', [anAbsence(MARA, BEN, days(1, 2))], MARA],
    ['themselves, who are back', [anAbsence(MARA, BEN, days(-2, 0))], MARA],
    ['their stand-in', [anAbsence(MARA, BEN)], BEN],
    ['their stand-in, from the first moment on', [anAbsence(MARA, BEN, days(0, 1))], BEN],
    ['the stand-in of their stand-in', [anAbsence(MARA, BEN), anAbsence(BEN, JO)], JO],
    ['the stand-in who is only away later', [anAbsence(MARA, BEN), anAbsence(BEN, JO, days(1, 2))], BEN],
    ['nobody, where their stand-in has left', [anAbsence(MARA, gone(BEN))], null],
    ['nobody, where a stand-in who left is away, too', [anAbsence(MARA, gone(BEN)), anAbsence(BEN, JO)], null],
    ['nobody, round in a circle of two', [anAbsence(MARA, BEN), anAbsence(BEN, MARA)], null],
    ['nobody, round in a circle further on', [anAbsence(MARA, BEN), anAbsence(BEN, JO), anAbsence(JO, BEN)], null],
    ['nobody, where it comes to somebody unusable', [anAbsence(MARA, ANNA)], null],
    ['whoever stands in for somebody unusable', [anAbsence(MARA, ANNA), anAbsence(ANNA, BEN)], BEN],
  ])('gives %s', (_case, absences, person) => {
    expect(standInFor(MARA, absences, NOW, ({ id }) => id === ANNA.id)).toEqual(person)
  })

  it('gives nobody for somebody who has left', () => {
    expect(standInFor(gone(MARA), [], NOW, () => false)).toBeNull()
  })
})

describe('decideAbsence', () => {
  const WEEK = days(1, 8)
  const decide = (input: Partial<SetAbsence>, behind: Absence[] = [], standIn: Person | null = BEN) =>
    decideAbsence(
      { person: MARA, standIn, behind },
      { personId: MARA.id, standInId: standIn?.id ?? 'nobody', ...WEEK, ...input },
      NOW,
    )

  it.each<[string, Partial<SetAbsence>, Absence[]]>([
    ['who is there', {}, []],
    ['from now on', days(0, 1), []],
    ['since yesterday', days(-1, 1), []],
    ['for a year', days(0, 366), []],
    ['who was away', {}, [anAbsence(BEN, MARA, days(-3, 0))]],
    ['who was away since they left themselves', days(-5, 1), [anAbsence(BEN, MARA, days(-3, 0))]],
    ['who leaves when they are back', {}, [anAbsence(BEN, MARA, days(8, 9))]],
    ['who is back when they leave', {}, [anAbsence(BEN, MARA, days(0, 1))]],
    ['who is away, with somebody behind', {}, [anAbsence(BEN, JO, days(0, 9))]],
    ['who is away for some of the time, with nobody behind', {}, [anAbsence(BEN, gone(JO), days(0, 7))]],
    [
      'behind whom somebody is away at another time',
      {},
      [anAbsence(BEN, JO, days(1, 3)), anAbsence(JO, MARA, days(3, 5))],
    ],
    [
      'behind whom somebody is away before they are',
      {},
      [anAbsence(BEN, JO, days(4, 8)), anAbsence(JO, MARA, days(1, 3))],
    ],
  ])('takes a stand-in %s', (_case, input, behind) => {
    const { startsAt, endsAt } = { ...WEEK, ...input }
    expect(decide(input, behind)).toEqual({ personId: MARA.id, startsAt, endsAt, standIn: BEN })
  })

  it.each<[string, Partial<SetAbsence>, Absence[], object]>([
    ['ends when it begins', days(1, 1), [], { code: 'absence_ends_before_start', facts: {} }],
    ['ends before it begins', days(2, 1), [], { code: 'absence_ends_before_start', facts: {} }],
    ['is over now', days(-1, 0), [], { code: 'absence_in_past', facts: { endsAt: NOW } }],
    ['is longer than a year', days(0, 366.01), [], { code: 'absence_too_long', facts: { days: 366 } }],
    ['names the person', { standInId: MARA.id }, [], { code: 'stand_in_is_self', facts: {} }],
    [
      'names each other',
      {},
      [anAbsence(BEN, MARA, days(7, 9))],
      { code: 'stand_in_circle', facts: { name: BEN.name, through: [] } },
    ],
    [
      'leads back through others',
      {},
      [anAbsence(BEN, JO), anAbsence(JO, HANNA), anAbsence(HANNA, MARA)],
      { code: 'stand_in_circle', facts: { name: BEN.name, through: [JO.name, HANNA.name] } },
    ],
    [
      'leads to nobody all the time',
      {},
      [anAbsence(BEN, JO, days(1, 8)), anAbsence(JO, gone(HANNA), days(0, 9))],
      { code: 'stand_in_away', facts: { name: BEN.name } },
    ],
  ])('refuses what %s', (_case, input, behind, refusal) => {
    expect(refusalOf(() => decide(input, behind))).toEqual(refusal)
  })

  it.each([
    ['nobody', null],
    ['somebody who has left', gone(BEN)],
  ])('refuses %s as stand-in', (_case, standIn) => {
    expect(refusalOf(() => decide({}, [], standIn))).toEqual({ code: 'stand_in_unknown', facts: {} })
  })

  it.each([
    ['person_not_found', null],
    ['person_inactive', gone(MARA)],
  ])('refuses whom the directory does not have: %s', (code, person) => {
    const input = { personId: MARA.id, standInId: BEN.id, ...WEEK }
    expect(refusalOf(() => decideAbsence({ person, standIn: BEN, behind: [] }, input, NOW))?.code).toBe(code)
  })
})
