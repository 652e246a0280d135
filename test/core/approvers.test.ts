import { describe, expect, it } from 'vitest'
import { asksFor, type Deciders, decidedInRound, leavesNobody } from '../../src/core/approval/approvers.ts'
import type { Ask } from '../../src/core/approval/step.ts'
import type { Person } from '../../src/core/people/person.ts'
import {
  ANNA,
  AYDIN,
  aBooking,
  anAbsence,
  anHrStep,
  aPerson,
  aStep,
  BEN,
  decided,
  HANNA,
  JO,
  MARA,
  minutesAfter,
  NOW,
  theDeciders,
} from '../support/builders.ts'

const NORA = aPerson({ name: 'Nora Beck', role: 'manager' })
const gone = (person: Person): Person => ({ ...person, active: false })
const ask = (person: Person, onBehalfOf: Person | null = null): Ask => ({ person, onBehalfOf })
const request = (requester = ANNA) => aBooking({ requester, steps: [] })
/** The manager's step is closed: by somebody, or skipped. */
const atHr = (requester = ANNA, by: Person | null = MARA) =>
  aBooking({
    requester,
    status: 'pending_hr',
    steps: [decided(aStep(), { decidedBy: by, status: by ? 'approved' : 'skipped' })],
  })

describe('the manager step', () => {
  const asked = (there: Partial<Deciders>, escalated = false, requester = ANNA) =>
    asksFor(request(requester), 'manager', escalated, theDeciders(there), NOW)

  it.each([
    ['a manager', MARA],
    ['a manager whose role is employee', aPerson({ role: 'employee' })],
    ['a manager whose role is HR', HANNA],
    ['a manager whose role is admin', AYDIN],
  ])('asks %s', (_case, manager) => {
    expect(asked({ manager })).toEqual({ asks: [ask(manager)] })
  })

  it.each<[string, Partial<Deciders>, Ask]>([
    ['who stands in', { absences: [anAbsence(MARA, NORA)] }, ask(NORA, MARA)],
    ['the delegate of the delegate', { absences: [anAbsence(MARA, NORA), anAbsence(NORA, BEN)] }, ask(BEN, MARA)],
    ['a manager whose absence begins later', { absences: [anAbsence(MARA, NORA, starts(1))] }, ask(MARA)],
    ['who stands in from exactly now', { absences: [anAbsence(MARA, NORA, starts(0))] }, ask(NORA, MARA)],
    ['a manager who is back exactly now', { absences: [anAbsence(MARA, NORA, { endsAt: NOW })] }, ask(MARA)],
    ['somebody in HR who stands in', { absences: [anAbsence(MARA, HANNA)] }, ask(HANNA, MARA)],
    ["whoever stands in for the manager's delegate, the requester", throughAnna(), ask(BEN, MARA)],
  ])('asks %s', (_case, there, right) => {
    expect(asked(there)).toEqual({ asks: [right] })
  })

  it.each<[string, Partial<Deciders>, string]>([
    ['there is no manager', { manager: null }, 'no_manager'],
    ['the manager has left', { manager: gone(MARA) }, 'manager_inactive'],
    ['the manager is away, and the requester stands in', { absences: [anAbsence(MARA, ANNA)] }, 'manager_away'],
    ['the manager is away, and the stand-in has left', { absences: [anAbsence(MARA, gone(NORA))] }, 'manager_away'],
    ['the manager and the requester stand in for each other', bothAway(), 'manager_away'],
  ])('is skipped where %s', (_case, there, reason) => {
    expect(asked(there)).toEqual({ skip: reason })
  })

  it('asks the manager for whom the requester stands in, where the manager is there', () => {
    expect(asked({ absences: [anAbsence(ANNA, MARA)] })).toEqual({ asks: [ask(MARA)] })
  })

  it.each<[string, Partial<Deciders>, object]>([
    ["the manager's manager", { above: NORA }, { asks: [ask(NORA)] }],
    ['who stands in for them', { above: NORA, absences: [anAbsence(NORA, BEN)] }, { asks: [ask(BEN, NORA)] }],
    ['nobody where there is none', { above: null }, { skip: 'no_manager' }],
    ['nobody where they have left', { above: gone(NORA) }, { skip: 'manager_inactive' }],
    ['nobody where they are the requester', { above: ANNA }, { skip: 'manager_away' }],
    ['nobody for the requester', { above: ANNA, absences: [anAbsence(ANNA, BEN)] }, { skip: 'manager_away' }],
    [
      'nobody where the requester stands in',
      { above: NORA, absences: [anAbsence(NORA, ANNA)] },
      { skip: 'manager_away' },
    ],
  ])('asks, escalated, %s', (_case, there, right) => {
    expect(asked(there, true)).toEqual(right)
  })
})

function starts(minutes: number) {
  return { startsAt: minutesAfter(NOW, minutes) }
}

function throughAnna(): Partial<Deciders> {
  return { absences: [anAbsence(MARA, ANNA), anAbsence(ANNA, BEN)] }
}

function bothAway(): Partial<Deciders> {
  return { absences: [anAbsence(MARA, ANNA), anAbsence(ANNA, MARA)] }
}

describe('the HR step', () => {
  it.each<[string, Partial<Deciders>, { requester?: Person; by?: Person }, Ask[]]>([
    ['every HR person', {}, {}, [ask(HANNA), ask(JO)]],
    ['no HR person who has left', { hr: [gone(HANNA), JO] }, {}, [ask(JO)]],
    ['nobody about their own request', {}, { requester: HANNA }, [ask(JO)]],
    ['nobody twice in a round', {}, { by: JO }, [ask(HANNA)]],
    ['the admins where there is no HR', { hr: [] }, {}, [ask(AYDIN)]],
    ['the admins where all of HR has left', { hr: [gone(HANNA), gone(JO)] }, {}, [ask(AYDIN)]],
    ['the admins where the requester is all of HR', { hr: [HANNA] }, { requester: HANNA }, [ask(AYDIN)]],
    ['the admins where the manager is all of HR', { hr: [HANNA] }, { by: HANNA }, [ask(AYDIN)]],
    ['no admin who has left', { hr: [], admins: [gone(AYDIN)] }, {}, []],
    ['no admin about their own request', { hr: [] }, { requester: AYDIN }, []],
    ['no admin who decided as manager', { hr: [] }, { by: AYDIN }, []],
    ['nobody where nobody is left', { hr: [HANNA], admins: [] }, { requester: HANNA }, []],
    ['who stands in for one of them', { absences: [anAbsence(JO, BEN)] }, {}, [ask(HANNA), ask(BEN, JO)]],
    ['who stands in for both, once', standsInForBoth(), {}, [ask(BEN, HANNA)]],
    ['a stand-in who is in HR for themselves', { absences: [anAbsence(HANNA, JO)] }, {}, [ask(JO)]],
    ['the same, in the other order', { absences: [anAbsence(JO, HANNA)] }, {}, [ask(HANNA)]],
    ['no stand-in who decided as manager', { absences: [anAbsence(HANNA, MARA)] }, {}, [ask(JO)]],
    ['no stand-in who asked for it', { absences: [anAbsence(HANNA, ANNA)] }, {}, [ask(JO)]],
    ['the admins where the only stand-in decided before', onlyMaraStandsIn(), {}, [ask(AYDIN)]],
    ['the admins where all of HR goes round in a circle', hrInCircle(), {}, [ask(AYDIN)]],
    ['who stands in for the admin', { hr: [], absences: [anAbsence(AYDIN, BEN)] }, {}, [ask(BEN, AYDIN)]],
    ['nobody for HR who decided as manager', { absences: [anAbsence(JO, BEN)] }, { by: JO }, [ask(HANNA)]],
    ['nobody for HR about their own request', { absences: [anAbsence(JO, BEN)] }, { requester: JO }, [ask(HANNA)]],
  ])('asks %s', (_case, there, { requester, by = MARA }, asks) => {
    expect(asksFor(atHr(requester, by), 'hr', false, theDeciders(there), NOW)).toEqual({ asks })
  })

  it.each<[string, Partial<Deciders>, Ask[]]>([
    ['the admins as well', {}, [ask(HANNA), ask(JO), ask(AYDIN)]],
    ['whoever is left of them', { hr: [JO, MARA], admins: [MARA] }, [ask(JO)]],
    ['an admin for themselves, and not for HR', { absences: [anAbsence(HANNA, AYDIN)] }, [ask(JO), ask(AYDIN)]],
  ])('asks, escalated, %s', (_case, there, asks) => {
    expect(asksFor(atHr(), 'hr', true, theDeciders(there), NOW)).toEqual({ asks })
  })

  it('may ask who only asked for a change, and who decided in another round', () => {
    const noted = decided(aStep(), { status: 'changes_requested', decidedBy: JO })
    const former = decided(anHrStep(), { round: 0, decidedBy: HANNA })
    const booking = aBooking({ status: 'pending_hr', steps: [former, noted] })
    expect(asksFor(booking, 'hr', false, theDeciders(), NOW).asks).toEqual([ask(HANNA), ask(JO)])
  })
})

function standsInForBoth(): Partial<Deciders> {
  return { absences: [anAbsence(JO, BEN), anAbsence(HANNA, BEN)] }
}

function onlyMaraStandsIn(): Partial<Deciders> {
  return { hr: [HANNA], absences: [anAbsence(HANNA, MARA)] }
}

function hrInCircle(): Partial<Deciders> {
  return { absences: [anAbsence(HANNA, JO), anAbsence(JO, HANNA)] }
}

describe('leavesNobody', () => {
  it.each<[string, Ask[], Partial<Deciders>, boolean]>([
    ['another one in HR', [ask(HANNA)], {}, false],
    ['an admin', [ask(HANNA)], { hr: [HANNA] }, false],
    ['nobody but the manager', [ask(HANNA)], { hr: [HANNA], admins: [] }, true],
    ["nobody but the manager's stand-in", [ask(HANNA, MARA)], { hr: [HANNA], admins: [] }, true],
    ['the manager alone, for HR', [ask(MARA)], { hr: [HANNA], admins: [], absences: [anAbsence(HANNA, MARA)] }, true],
  ])('for HR there is %s', (_case, asks, there, nobody) => {
    expect(leavesNobody(request(), asks, theDeciders(there), NOW)).toBe(nobody)
  })
})

it('decidedInRound counts the present round alone', () => {
  const first = decided(aStep({ id: 'first', round: 1 }), { decidedBy: BEN })
  const second = decided(aStep({ id: 'second', round: 2 }))
  expect(decidedInRound(aBooking({ round: 2, steps: [first, second, anHrStep({ round: 2 })] }))).toEqual([MARA.id])
})
