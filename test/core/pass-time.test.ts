import { describe, expect, it } from 'vitest'
import type { Deciders } from '../../src/core/approval/approvers.ts'
import { whatTimeBrings } from '../../src/core/approval/pass-time.ts'
import type { Booking, NewBooking } from '../../src/core/booking/booking.ts'
import { nextDue } from '../../src/core/booking/next-due.ts'
import {
  ANNA,
  aBooking,
  aPerson,
  aSite,
  aStep,
  aVehicle,
  HANNA,
  MARA,
  minutesAfter,
  NOW,
  STATUSES,
} from '../support/builders.ts'
import { asked, COMPANY, changing, noted, passingTime, trip, VERA } from '../support/passing-time.ts'

const HOUR = 60
const DAY = 24 * HOUR
const KIM = aPerson({ name: 'Kim Larsen' })
const away = (person: typeof MARA, standIn: typeof MARA) => ({
  personId: person.id,
  startsAt: NOW,
  endsAt: minutesAfter(NOW, 30 * DAY),
  standIn,
})
describe('when nobody does anything', () => {
  it.each<[string, Booking, Deciders, string[]]>([
    [
      'a request of Monday for Thursday goes from the manager to theirs, to HR, to the admins, and expires',
      asked('manager', {}, NOW),
      COMPANY,
      [
        'Mon 14:00 step.reminded: approval_reminder to mara',
        'Tue 08:00 step.reminded: approval_reminder to mara',
        'Tue 09:00 step.escalated: step_escalated to anna, approval_needed to vera',
        'Tue 14:00 step.reminded: approval_reminder to vera',
        'Wed 08:00 step.reminded: approval_reminder to vera',
        'Wed 09:00 step.unanswered: step_unanswered to anna, approval_needed to hanna jo',
        'Wed 13:30 step.reminded: approval_reminder to hanna jo',
        'Wed 17:00 step.reminded: approval_reminder to hanna jo',
        'Thu 07:00 step.escalated: step_escalated to anna, approval_needed to aydin',
        'Thu 07:07 step.reminded: approval_reminder to hanna jo aydin',
        'Thu 07:15 step.overdue: step_overdue to anna',
        'Thu 09:00 booking.expired: booking_expired to anna hanna jo aydin',
      ],
    ],
    [
      'a request 90 minutes before the departure gives everybody a quarter of an hour',
      asked('manager', { window: trip(minutesAfter(NOW, 90)) }, NOW),
      COMPANY,
      [
        'Mon 09:07 step.reminded: approval_reminder to mara',
        'Mon 09:15 step.escalated: step_escalated to anna, approval_needed to vera',
        'Mon 09:22 step.reminded: approval_reminder to vera',
        'Mon 09:30 step.unanswered: step_unanswered to anna, approval_needed to hanna jo',
        'Mon 09:37 step.reminded: approval_reminder to hanna jo',
        'Mon 09:45 step.escalated: step_escalated to anna, approval_needed to aydin',
        'Mon 09:52 step.reminded: approval_reminder to hanna jo aydin',
        'Mon 10:00 step.overdue: step_overdue to anna',
        'Mon 10:30 booking.expired: booking_expired to anna hanna jo aydin',
      ],
    ],
    [
      'a request 10 minutes before it reminds once and expires',
      asked('manager', { window: trip(minutesAfter(NOW, 10)) }, NOW),
      COMPANY,
      ['Mon 09:05 step.reminded: approval_reminder to mara', 'Mon 09:10 booking.expired: booking_expired to anna mara'],
    ],
    [
      'a request of Friday afternoon rests over the weekend',
      asked('hr', { window: trip(minutesAfter(NOW, 8 * DAY)) }, new Date('2026-11-06T17:00:00+01:00')),
      COMPANY,
      [
        'Mon 12:00 step.reminded: approval_reminder to hanna jo',
        'Mon 16:00 step.reminded: approval_reminder to hanna jo',
        'Mon 17:00 step.escalated: step_escalated to anna, approval_needed to aydin',
        'Mon 17:30 step.reminded: approval_reminder to hanna jo aydin',
        'Tue 07:00 step.overdue: step_overdue to anna',
        'Tue 09:00 booking.expired: booking_expired to anna hanna jo aydin',
      ],
    ],
    [
      'a request for next week is asked again each working day once the last deadline has passed, and nobody is left in silence',
      asked('hr', { window: trip(minutesAfter(NOW, 10 * DAY)) }, NOW),
      COMPANY,
      [
        'Mon 14:00 step.reminded: approval_reminder to hanna jo',
        'Tue 08:00 step.reminded: approval_reminder to hanna jo',
        'Tue 09:00 step.escalated: step_escalated to anna, approval_needed to aydin',
        'Tue 14:00 step.reminded: approval_reminder to hanna jo aydin',
        'Wed 08:00 step.reminded: approval_reminder to hanna jo aydin',
        'Wed 09:00 step.overdue: step_overdue to anna',
        'Thu 08:00 step.reminded: approval_reminder to hanna jo aydin',
        'Fri 08:00 step.reminded: approval_reminder to hanna jo aydin',
        'Mon 08:00 step.reminded: approval_reminder to hanna jo aydin',
        'Tue 08:00 step.reminded: approval_reminder to hanna jo aydin',
        'Wed 08:00 step.reminded: approval_reminder to hanna jo aydin',
        'Thu 08:00 step.reminded: step_overdue to anna, approval_reminder to hanna jo aydin',
        'Thu 09:00 booking.expired: booking_expired to anna hanna jo aydin',
      ],
    ],
    [
      'a change that nobody decides is asked again until the trip',
      { ...changing(), createdAt: NOW },
      { ...COMPANY, above: null, hr: [], admins: [] },
      [
        'Mon 14:00 step.reminded: approval_reminder to mara',
        'Tue 08:00 step.reminded: approval_reminder to mara',
        'Tue 09:00 step.overdue: step_overdue to anna',
        'Wed 08:00 step.reminded: approval_reminder to mara',
        'Thu 08:00 step.reminded: step_overdue to anna, approval_reminder to mara',
        'Thu 09:00 change.expired: change_expired to anna mara',
        'Thu 17:30 booking.completed: nobody',
      ],
    ],
    [
      'HR that has no admins above it is asked until the departure',
      asked('hr', { window: trip(minutesAfter(NOW, 3 * HOUR)) }, NOW),
      { ...COMPANY, admins: [] },
      [
        'Mon 09:30 step.reminded: approval_reminder to hanna jo',
        'Mon 10:00 step.overdue: step_overdue to anna',
        'Mon 12:00 booking.expired: booking_expired to anna hanna jo',
      ],
    ],
    [
      'admins who were asked in place of HR are not asked again',
      asked('hr', { window: trip(minutesAfter(NOW, 3 * HOUR)) }, NOW, { ...COMPANY, hr: [] }),
      { ...COMPANY, hr: [] },
      [
        'Mon 09:30 step.reminded: approval_reminder to aydin',
        'Mon 10:00 step.overdue: step_overdue to anna',
        'Mon 12:00 booking.expired: booking_expired to anna aydin',
      ],
    ],
    [
      'a manager step from which nobody could take over is asked until the departure',
      asked('manager', { window: trip(minutesAfter(NOW, 3 * HOUR)) }, NOW),
      { ...COMPANY, above: null, hr: [], admins: [] },
      [
        'Mon 09:30 step.reminded: approval_reminder to mara',
        'Mon 10:00 step.overdue: step_overdue to anna',
        'Mon 12:00 booking.expired: booking_expired to anna mara',
      ],
    ],
  ])('%s', async (_what, booking, deciders, told) => {
    expect(await passingTime(booking, deciders).toTheEnd()).toEqual(told)
  })
})

describe('the step of a manager who does not answer', () => {
  const toHr = 'step.unanswered: step_unanswered to anna, approval_needed to hanna jo'
  const toVera = 'step.escalated: step_escalated to anna, approval_needed to vera'
  const toKim = 'step.escalated: step_escalated to anna, approval_needed to kim'

  it.each<[string, Partial<Deciders>, string]>([
    ['goes to the manager above', {}, toVera],
    ['goes to HR where there is none', { above: null }, toHr],
    ['goes to HR where they have left', { above: { ...VERA, active: false } }, toHr],
    ['goes to HR where the requester is the one above', { above: ANNA }, toHr],
    ['goes to who stands in for the manager above', { absences: [away(VERA, KIM)] }, toKim],
    ['goes to HR where the manager themselves stands in for them', { absences: [away(VERA, MARA)] }, toHr],
    ['goes to HR where the requester stands in for them', { absences: [away(VERA, ANNA)] }, toHr],
    [
      'goes to HR where nobody would be left there if the one above decided now',
      { above: HANNA, hr: [HANNA], admins: [] },
      'step.unanswered: step_unanswered to anna, approval_needed to hanna',
    ],
    [
      'goes to the one above in HR where somebody else is left there',
      { above: HANNA },
      'step.escalated: step_escalated to anna, approval_needed to hanna',
    ],
  ])('%s', async (_what, there, told) => {
    const time = passingTime(asked('manager', {}, NOW), { ...COMPANY, ...there })
    expect(await time.at(minutesAfter(NOW, DAY))).toEqual([told])
  })

  it('is the same step, asked anew, and who was asked before is kept', async () => {
    const time = passingTime(asked('manager', {}, NOW))
    const at = minutesAfter(NOW, DAY)
    await time.at(at)
    const { status, steps } = time.booking()
    expect([status, steps]).toEqual([
      'pending_manager',
      [
        aStep({
          id: steps[0]?.id ?? '',
          askedAt: at,
          escalatedAt: at,
          dueAt: minutesAfter(at, DAY),
          remindAt: minutesAfter(at, 5 * HOUR),
          asks: [{ person: VERA, onBehalfOf: null }],
          passedOn: [{ person: MARA, onBehalfOf: null, at }],
        }),
      ],
    ])
  })

  it('goes up once, whoever is the one above by then', async () => {
    const there = { ...COMPANY }
    const time = passingTime(asked('manager', {}, NOW), there)
    expect(await time.at(minutesAfter(NOW, DAY))).toEqual([toVera])
    there.above = KIM
    expect(await time.at(minutesAfter(NOW, 2 * DAY))).toEqual([toHr])
  })

  it('says who did not answer, who is asked now, and until when', async () => {
    const time = passingTime(asked('manager', {}, NOW))
    await time.at(minutesAfter(NOW, DAY))
    await time.at(minutesAfter(NOW, 2 * DAY))
    const facts = time.changes.map(({ notices }) => notices[0]?.facts)
    expect(facts).toMatchObject([
      { passedOnFrom: [MARA.name], waitingFor: [VERA.name], dueAt: minutesAfter(NOW, 2 * DAY).toISOString() },
      { passedOnFrom: [VERA.name], waitingFor: [HANNA.name, 'Jo Meyer'], dueAt: '2026-11-05T06:00:00.000Z' },
    ])
    expect(time.booking().steps).toMatchObject([
      { status: 'unanswered', closedAt: minutesAfter(NOW, 2 * DAY) },
      { kind: 'hr', status: 'open' },
    ])
  })
})

describe('a step whose last deadline has passed', () => {
  const soon = { window: trip(minutesAfter(NOW, 20 * DAY)) }

  it('says who can still answer, since when it is overdue, and once more when nothing is asked again', async () => {
    const time = passingTime(asked('hr', { window: trip(minutesAfter(NOW, 4 * DAY)) }, NOW), { ...COMPANY, admins: [] })
    await time.at(minutesAfter(NOW, DAY))
    const dueAt = minutesAfter(NOW, DAY)
    expect(time.booking().steps).toMatchObject([{ status: 'open', dueAt, overdueAt: dueAt }])
    expect(nextDue(time.booking())).toEqual(minutesAfter(NOW, 2 * DAY - HOUR))
    await time.at(minutesAfter(NOW, 2 * DAY - HOUR))
    await time.at(minutesAfter(NOW, 4 * DAY - HOUR))
    const facts = time.changes.flatMap(({ notices }) => notices.filter(({ kind }) => kind === 'step_overdue'))
    expect(facts.map((notice) => notice.facts)).toMatchObject([
      { waitingFor: [HANNA.name, 'Jo Meyer'], dueAt: dueAt.toISOString() },
      { waitingFor: [HANNA.name, 'Jo Meyer'], dueAt: dueAt.toISOString(), isLastReminder: true },
    ])
    expect(facts[0]?.facts.isLastReminder).toBeUndefined()
    expect(time.booking().steps).toMatchObject([{ overdueAt: dueAt, remindAt: null }])
  })

  it('is told once after days in which nobody looked, and asked again the next working morning', async () => {
    const time = passingTime(asked('hr', soon, NOW), { ...COMPANY, admins: [] })
    const saturday = minutesAfter(NOW, 5 * DAY)
    expect(await time.at(saturday)).toEqual(['step.overdue: step_overdue to anna'])
    expect(await time.at(saturday)).toEqual([])
    expect(nextDue(time.booking())).toEqual(minutesAfter(NOW, 7 * DAY - HOUR))
    const thursday = minutesAfter(NOW, 10 * DAY)
    expect(await time.at(thursday)).toEqual(['step.reminded: approval_reminder to hanna jo'])
    expect(await time.at(thursday)).toEqual([])
    expect(nextDue(time.booking())).toEqual(minutesAfter(NOW, 11 * DAY - HOUR))
  })

  it('goes on as soon as somebody else can be asked', async () => {
    const there: Deciders = { ...COMPANY, admins: [] }
    const time = passingTime(asked('hr', soon, NOW), there)
    await time.at(minutesAfter(NOW, DAY))
    there.admins = COMPANY.admins
    expect(await time.at(minutesAfter(NOW, 2 * DAY - HOUR))).toEqual([
      'step.escalated: step_escalated to anna, approval_needed to aydin',
    ])
    expect(time.booking().steps).toMatchObject([{ overdueAt: null, escalatedAt: minutesAfter(NOW, 2 * DAY - HOUR) }])
  })

  it('whose people have all left is told to the requester, who hears that nobody is left', async () => {
    const left = [HANNA].map((person) => ({ person: { ...person, active: false }, onBehalfOf: null }))
    const booking = asked('hr', soon, NOW)
    const steps = booking.steps.map((step) => ({ ...step, asks: left }))
    const time = passingTime({ ...booking, steps }, { ...COMPANY, hr: [], admins: [] })
    expect(await time.at(minutesAfter(NOW, DAY))).toEqual(['step.overdue: step_overdue to anna'])
    expect(time.changes[0]?.notices[0]?.facts.waitingFor).toEqual([])
  })
})

describe('the last reminder says what happens next', () => {
  it.each<[string, Booking, Partial<Deciders>, unknown]>([
    ['to the manager above', asked('manager', {}, NOW), {}, { names: [VERA.name], asWell: false }],
    ['to HR', asked('manager', {}, NOW), { above: null }, 'hr'],
    ['to the admins as well', asked('hr', {}, NOW), {}, { names: ['Aydin Kaya'], asWell: true }],
    ['to nobody else', asked('hr', {}, NOW), { admins: [] }, { names: [], asWell: true }],
    [
      'to nobody else, where nobody would be left in HR',
      asked('manager', {}, NOW),
      { above: null, hr: [], admins: [] },
      { names: [], asWell: false },
    ],
  ])('%s', async (_what, booking, there, next) => {
    const time = passingTime(booking, { ...COMPANY, ...there })
    await time.at(minutesAfter(NOW, 5 * HOUR))
    await time.at(minutesAfter(NOW, 23 * HOUR))
    const [first, last] = time.changes.map(({ notices }) => notices[0]?.facts)
    expect([first?.isLastReminder, first?.askedNext]).toEqual([undefined, undefined])
    expect(last).toMatchObject({ isLastReminder: true, askedNext: next })
  })
})

describe('after two days in which nobody looked', () => {
  it.each<[string, Booking, Date, string[]]>([
    [
      'a step that is overdue goes on once',
      asked('manager', { window: trip(minutesAfter(NOW, 20 * DAY)) }, NOW),
      minutesAfter(NOW, 3 * DAY),
      ['step.escalated: step_escalated to anna, approval_needed to vera'],
    ],
    [
      'a request whose trip should have begun expires, and nobody is asked any more',
      asked('manager', {}, NOW),
      minutesAfter(NOW, 3 * DAY),
      ['booking.expired: booking_expired to anna mara'],
    ],
    [
      'of two reminders one is left',
      asked('manager', { window: trip(minutesAfter(NOW, 20 * DAY)) }, new Date('2026-11-06T17:00:00+01:00')),
      new Date('2026-11-09T16:30:00+01:00'),
      ['step.reminded: approval_reminder to mara'],
    ],
    [
      'a note is no longer waited for',
      noted(),
      minutesAfter(NOW, 2 * DAY),
      ['booking.expired: booking_expired to anna mara'],
    ],
  ])('%s', async (_what, booking, back, told) => {
    const time = passingTime(booking)
    expect(await time.at(back)).toEqual(told)
    expect(await time.at(back)).toEqual([])
    expect(await time.at(minutesAfter(back, 1))).toEqual([])
  })

  it('a change expires and the trip, which is over as well, is completed', async () => {
    const time = passingTime(changing())
    const back = minutesAfter(NOW, 10 * DAY)
    expect(await time.at(back)).toEqual(['change.expired: change_expired to anna mara'])
    expect(nextDue(time.booking())?.getTime()).toBeLessThan(+back)
    expect(await time.at(back)).toEqual(['booking.completed: nobody'])
    expect(nextDue(time.booking())).toBeNull()
  })
})

describe('the moment that counts', () => {
  const due = minutesAfter(NOW, DAY)
  const request = aBooking()
  const { startsAt } = request.window
  const turnaround = aBooking({ status: 'approved', vehicle: aVehicle({ turnaroundMinutes: 30 }) })
  const over = minutesAfter(turnaround.window.endsAt, 30)
  const earlier = minutesAfter(startsAt, -DAY)
  const departing = { ...changing(earlier), steps: [aStep({ round: 2, dueAt: earlier, remindAt: null })] }

  it.each<[string, NewBooking, Date, string | null]>([
    ['a reminder', request, minutesAfter(NOW, 5 * HOUR), 'remind'],
    ['a deadline', request, due, 'escalate'],
    ['a departure', request, startsAt, 'expire'],
    ['a note that is to be answered soon', noted(), minutesAfter(NOW, 6 * HOUR), 'remind'],
    ['a note that was not answered', noted(), minutesAfter(NOW, HOUR + DAY), 'expire'],
    ['the end of a trip and of what follows it', turnaround, over, 'complete'],
    ['a change to an earlier trip', departing, earlier, 'expire'],
    ['a change of a trip that begins before it would', { ...changing(), steps: [aStep()] }, startsAt, 'expire'],
  ])('is when it is reached: %s', (_what, booking, at, what) => {
    expect(whatTimeBrings(booking, at)).toBe(what)
    expect(whatTimeBrings(booking, new Date(+at - 1))).not.toBe(what)
  })

  it.each(
    STATUSES.filter((status) => !['pending_manager', 'pending_hr', 'changes_requested', 'approved'].includes(status)),
  )('never comes for what is %s', (status) => {
    const booking = aBooking({ status, steps: [aStep()] })
    expect([whatTimeBrings(booking, minutesAfter(NOW, 100 * DAY)), nextDue(booking)]).toEqual([null, null])
  })
})

describe('in the night in which the clocks change', () => {
  const everyDay = aPerson({
    name: 'Anna Schmidt',
    managerId: 'mara',
    site: aSite({ workingDays: [1, 2, 3, 4, 5, 6, 7], workingHours: { from: 0, until: DAY } }),
  })

  it.each([
    ['the hour that is skipped', '2027-03-27T14:30:00+01:00', '2027-03-28T03:30:00+02:00'],
    ['the hour that comes twice', '2026-10-24T14:30:00+02:00', '2026-10-25T02:30:00+02:00'],
  ])('a reminder due in %s is sent once', async (_what, from, due) => {
    const askedAt = new Date(from)
    const request = asked('manager', { requester: everyDay, window: trip(minutesAfter(askedAt, 10 * DAY)) }, askedAt)
    const time = passingTime(request)
    const sent: string[] = []
    for (let minute = 0; minute < 16 * HOUR; minute += 1) {
      const now = minutesAfter(askedAt, minute)
      for (const line of await time.at(now)) sent.push(`${now.toISOString()} ${line}`)
    }
    expect(sent).toEqual([`${new Date(due).toISOString()} step.reminded: approval_reminder to mara`])
  })
})
