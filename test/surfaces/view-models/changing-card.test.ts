import { describe, expect, it } from 'vitest'
import type { Ask, PassedOn } from '../../../src/core/approval/step.ts'
import type { Booking, BookingEvent, TripChange } from '../../../src/core/booking/booking.ts'
import type { Person } from '../../../src/core/people/person.ts'
import { approvalCard, requestCard } from '../../../src/surfaces/view-models/booking-card.ts'
import { listReader } from '../../../src/surfaces/view-models/cancel-choice.ts'
import { changeLine } from '../../../src/surfaces/view-models/trip-changes.ts'
import { decidedEntry, tripEntry } from '../../../src/surfaces/view-models/trip-entry.ts'
import {
  ANNA,
  AYDIN,
  aBooking,
  anEvent,
  anHrStep,
  aPerson,
  aStep,
  aVehicle,
  BEN,
  BERLIN,
  decided,
  HANNA,
  JO,
  MARA,
  minutesAfter,
  NOW,
} from '../../support/builders.ts'

const TOM = aPerson({ name: 'Tom Berg' })
const VERA = aPerson({ name: 'Vera Boss' })
const LATER = minutesAfter(NOW, 120)
const reader = (person: Person) => ({ personId: person.id, zone: BERLIN })
const own = (booking: Booking) => requestCard(booking, reader(ANNA), NOW)
const manager = (booking: Booking, person: Person = MARA) => approvalCard(booking, 'manager', reader(person), NOW)
const texts = ({ outcomes }: { outcomes: { text: string }[] }) => outcomes.map(({ text }) => text)
const asking = (person: Person, onBehalfOf: Person | null = null): Ask => ({ person, onBehalfOf })
const passedOn = (person: Person, at: Date): PassedOn => ({ ...asking(person), at })

const stands = aBooking({ status: 'approved' })
const longer = { ...stands.window, endsAt: new Date('2026-11-05T19:00:00+01:00') }
const LONGER = 'When: Thu 5 Nov, 09:00 – 17:30, 8 h 30 min → Thu 5 Nov, 09:00 – 19:00, 10 h'
const asked = (about: Partial<TripChange['trip']> = { window: longer }): TripChange => ({
  status: 'pending_manager',
  trip: { ...stands, ...about },
})
const secondStep = aStep({ id: 'second', round: 2, askedAt: LATER, dueAt: minutesAfter(LATER, 24 * 60) })
/** Anna's approved booking, for which she asks for another trip. */
const changing = (change = asked(), changes: Partial<Booking> = {}): Booking => ({
  ...stands,
  round: 2,
  change,
  steps: [...stands.steps, secondStep],
  events: [...stands.events, anEvent({ type: 'change.requested', actor: ANNA, at: LATER })],
  ...changes,
})
/** After the change: what became of it, and by which event. */
const changed = (status: TripChange['status'], step: Partial<typeof secondStep>, event: Partial<BookingEvent>) =>
  changing(
    { ...asked(), status },
    {
      steps: [...stands.steps, { ...secondStep, closedAt: minutesAfter(LATER, 60), ...step }],
      events: [...stands.events, anEvent({ at: minutesAfter(LATER, 60), ...event })],
    },
  )

describe('who decides about a change of a booking that stands', () => {
  it('sees what is asked, with old beside new of what differs, and nothing twice', () => {
    const van = aVehicle({ id: 'van', name: 'VW Multivan', licensePlate: 'B-MP 707', seats: 7 })
    const card = manager(changing(asked({ window: longer, vehicle: van })))
    expect(card.headline).toBe('Anna Schmidt (Sales) asks to change a trip: Thu 5 Nov, 09:00 – 19:00, 10 h, #12')
    expect(card.changes?.lines.map(changeLine)).toEqual([
      LONGER,
      'Car: Škoda Octavia (B-MP 102), 5 seats → VW Multivan (B-MP 707), 7 seats',
    ])
    expect(card.facts.map(({ label }) => label)).toEqual(['Where and why', 'Aboard: 2 people'])
    expect(card.action).toEqual({ kind: 'decide', stepId: 'second' })
    expect(card.waiting).toBe('Please answer by Tue 3 Nov, 11:00')
  })

  it.each<[string, Partial<TripChange['trip']>, string[]]>([
    ['the place', { destination: 'Leipzig' }, ['Where: Dresden → Leipzig']],
    ['the purpose', { type: 'event' }, ['Why: Business trip, client meeting → Event, client meeting']],
    [
      'who comes along',
      { travellers: [{ kind: 'driver', person: ANNA, name: ANNA.name }], passengers: 1 },
      ['Who: 2 people: Anna Schmidt (driver), Ben Koch → 1 person: Anna Schmidt (driver)'],
    ],
    ['the note', { details: 'Two stops' }, ['Note: no note → Two stops']],
    ['nothing', {}, []],
  ])('%s', (_what, about, lines) => {
    expect(manager(changing(asked(about))).changes?.lines.map(changeLine)).toEqual(lines)
  })

  it('cannot once either trip has begun', () => {
    const earlier = { ...stands.window, startsAt: new Date('2026-11-04T09:00:00+01:00') }
    const at = (now: Date) => approvalCard(changing(asked({ window: earlier })), 'manager', reader(MARA), now).action
    expect(at(new Date(+earlier.startsAt - 1))).not.toBeNull()
    expect(at(earlier.startsAt)).toBeNull()
  })

  it('is not told of short notice, for the car was asked for long before', () => {
    expect(manager(changing(asked(), { createdAt: stands.window.startsAt })).remarks).toEqual([])
  })
})

describe('whoever asked for a change of what stands', () => {
  it('sees their booking as it is, and beside it what they asked for', () => {
    const card = own(changing())
    expect(card.headline).toBe('Your booking #12: Thu 5 Nov, 09:00 – 17:30, 8 h 30 min')
    expect(card.changes?.title).toContain('your booking stands as it is')
    expect(card.changes?.lines.map(changeLine)).toEqual([LONGER])
    expect(card.facts).toHaveLength(3)
    expect(card.waiting).toBe('The change is waiting for Mara Lindt, by Tue 3 Nov, 11:00')
    expect(texts(card)).toEqual([
      'Approved by Mara Lindt as manager, Mon 2 Nov, 10:00',
      'Approved by Hanna Weber for HR, Mon 2 Nov, 10:00',
    ])
  })

  it.each<[string, Booking, string]>([
    [
      'rejected',
      changed('rejected', { status: 'rejected', decidedBy: MARA, comment: 'Too long.' }, { type: 'change.rejected' }),
      'Change rejected by Mara Lindt as manager, Mon 2 Nov, 12:00: “Too long.” The booking stands as it was.',
    ],
    [
      'withdrawn',
      changed('cancelled', { status: 'superseded' }, { type: 'change.withdrawn', actor: ANNA }),
      'Change withdrawn by Anna Schmidt, Mon 2 Nov, 12:00. The booking stands as it was.',
    ],
    [
      'expired',
      changed('expired', { status: 'unanswered' }, { type: 'change.expired', actor: null }),
      'The change expired, Mon 2 Nov, 12:00: nobody decided before the departure. The booking stands as it was.',
    ],
    [
      'back for another change, which did not come',
      changed(
        'expired',
        { status: 'changes_requested', decidedBy: MARA, comment: 'Shorter.', closedAt: LATER },
        { type: 'change.expired', actor: null },
      ),
      'The change expired, Mon 2 Nov, 12:00: Anna Schmidt did not answer in time. The booking stands as it was.',
    ],
    [
      'approved',
      changed('approved', { status: 'approved', decidedBy: MARA }, { type: 'change.approved' }),
      'Change approved by Mara Lindt as manager, Mon 2 Nov, 12:00',
    ],
  ])('is told that it was %s', (_what, booking, text) => {
    const card = own(booking)
    expect(texts(card).at(-1)).toBe(text)
    expect(card.changes).toBeNull()
    expect(card.waiting).toBeNull()
    expect(texts(manager(booking)).at(-1)).toBe(text)
    expect(manager(booking).action).toBeNull()
  })

  it('is not told of a change before the last one', () => {
    const withdrawn = changed('cancelled', { status: 'superseded' }, { type: 'change.withdrawn', actor: ANNA })
    const again = {
      ...withdrawn,
      round: 3,
      change: asked(),
      steps: [...withdrawn.steps, { ...secondStep, id: 'third', round: 3, askedAt: minutesAfter(LATER, 90) }],
    }
    expect(texts(own(again)).join()).not.toContain('withdrawn')
    expect(texts(own(withdrawn)).join()).toContain('withdrawn')
  })
})

describe('a request that is changed before it is decided', () => {
  const at = minutesAfter(NOW, 90)
  const resent = aBooking({
    round: 2,
    window: longer,
    change: { status: 'approved', trip: aBooking() },
    steps: [decided(aStep()), anHrStep({ status: 'superseded', closedAt: at }), { ...secondStep, askedAt: at }],
    events: [...aBooking().events, anEvent({ type: 'booking.changed', actor: ANNA, at })],
  })

  it('shows old beside new to those who decide, and to its owner only that it was changed', () => {
    const card = manager(resent)
    expect(card.headline).toContain('Anna Schmidt (Sales) asks for a car: Thu 5 Nov, 09:00 – 19:00')
    expect(card.changes?.lines.map(changeLine)).toEqual([LONGER])
    expect(texts(card)).toEqual(['Changed by Anna Schmidt, Mon 2 Nov, 10:30: asked anew'])
    expect(own(resent).changes).toBeNull()
    expect(texts(own(resent))).toEqual(texts(card))
  })

  it('says on the card of who was asked before that it goes another way now', () => {
    const card = approvalCard(resent, 'hr', reader(JO), NOW)
    expect(card.action).toBeNull()
    expect(card.waiting).toBe('Waiting for Mara Lindt, by Tue 3 Nov, 11:00')
  })

  it('is just changed where nobody has to be asked anew', () => {
    const events = [...stands.events, anEvent({ type: 'booking.changed', actor: ANNA, at: LATER })]
    const card = own({ ...stands, events, change: { status: 'approved', trip: stands } })
    expect(texts(card).at(-1)).toBe('Changed by Anna Schmidt, Mon 2 Nov, 11:00')
    expect(card.changes).toBeNull()
  })
})

it('what was changed, once it is decided, is not shown beside what it was before', () => {
  const decided = { ...stands, change: { status: 'approved', trip: { ...stands, window: longer } } } as const
  expect(manager(decided).changes).toBeNull()
})

describe('a request that is back for a change', () => {
  const note = { comment: 'Please take the small one.', dueAt: minutesAfter(NOW, 24 * 60) }
  const back = aBooking({
    status: 'changes_requested',
    steps: [decided(aStep(), { status: 'changes_requested', ...note })],
  })

  it('says who asked, what, and until when the car is held', () => {
    const card = own(back)
    expect(texts(card)).toEqual([
      'Mara Lindt as manager asked for a change, Mon 2 Nov, 10:00: “Please take the small one.”',
    ])
    expect(card.waiting).toBe('Please change or cancel it by Tue 3 Nov, 09:00. The car stays held for you until then.')
  })

  it('can no longer be changed once it has departed', () => {
    const action = (now: Date) => requestCard(back, reader(ANNA), now).action
    expect(action(NOW)).toMatchObject({ mayChange: true, isAskedToChange: true })
    expect(action(back.window.startsAt)).toMatchObject({ mayChange: false, isAskedToChange: false })
  })

  it('waits for its owner, on the card of who asked', () => {
    expect(manager(back).waiting).toBe('Waiting for Anna Schmidt to change it, by Tue 3 Nov, 09:00')
    expect(manager(back).action).toBeNull()
  })

  it('where the booking stands meanwhile, that as well', () => {
    const step = decided(secondStep, { status: 'changes_requested', ...note })
    const booking = changing({ ...asked(), status: 'changes_requested' }, { steps: [...stands.steps, step] })
    expect(own(booking).waiting).toContain('your booking stands as it is')
  })

  it('is sent again to the step that asked', () => {
    const at = minutesAfter(NOW, 90)
    const steps = [...back.steps, aStep({ id: 'again', askedAt: at })]
    const events = [...back.events, anEvent({ type: 'booking.resubmitted', actor: ANNA, at })]
    const card = manager({ ...back, status: 'pending_manager', steps, events })
    expect(texts(card).at(-1)).toBe('Sent again by Anna Schmidt, Mon 2 Nov, 10:30')
    expect(card.action).toEqual({ kind: 'decide', stepId: 'again' })
  })

  it('expires for want of an answer', () => {
    const events = [...back.events, anEvent({ type: 'booking.expired', actor: null, at: LATER })]
    expect(texts(own({ ...back, status: 'expired', events })).at(-1)).toBe(
      'Expired, Mon 2 Nov, 11:00: Anna Schmidt did not answer in time',
    )
  })
})

describe('a step that went on', () => {
  const away = aBooking({ steps: [aStep({ asks: [asking(TOM, MARA)], passedOn: [passedOn(MARA, LATER)] })] })
  const escalated = aBooking({
    steps: [aStep({ asks: [asking(VERA)], escalatedAt: LATER, passedOn: [passedOn(MARA, LATER)] })],
  })
  const replaced = aBooking({ steps: [aStep({ asks: [asking(VERA)], passedOn: [passedOn(MARA, LATER)] })] })

  it.each<[string, Booking, Person, string | null]>([
    ['who stands in', away, TOM, 'You are asked for Mara Lindt, who is away'],
    ['who is away', away, MARA, 'Passed on to Tom Berg while you are away'],
    ['who did not answer', escalated, MARA, 'Passed on to Vera Boss: you did not answer by Mon 2 Nov, 11:00'],
    ['who has been asked instead', escalated, VERA, null],
    ['who is no longer the manager', replaced, MARA, 'Now with Vera Boss'],
    ['who is asked as ever', aBooking(), MARA, null],
    ['who never was', aBooking(), BEN, null],
  ])('on the card of %s', (_who, booking, person, part) => {
    expect(manager(booking, person).part).toBe(part)
  })

  it('may be answered by whoever is asked now, and by nobody else', () => {
    expect(manager(away, TOM).action).not.toBeNull()
    expect(manager(away, MARA).action).toBeNull()
  })

  it('tells its owner where it is, and why', () => {
    expect(own(away).waiting).toBe('Waiting for Tom Berg (for Mara Lindt), by Tue 3 Nov, 09:00')
    expect(texts(own(escalated))).toEqual(['Passed on, since Mara Lindt did not answer by Mon 2 Nov, 11:00'])
    expect(own(escalated).waiting).toBe('Waiting for Vera Boss, by Tue 3 Nov, 09:00')
  })

  it('asks the admins too where HR does not answer', () => {
    const step = anHrStep({ escalatedAt: LATER, asks: [asking(HANNA), asking(AYDIN)] })
    const card = own(aBooking({ status: 'pending_hr', steps: [decided(aStep()), step] }))
    expect(texts(card).at(-1)).toBe('Nobody answered by Mon 2 Nov, 11:00, so the admins are asked too')
    expect(card.waiting).toBe('Waiting for HR or an admin (Hanna Weber or Aydin Kaya), by Tue 3 Nov, 09:00')
  })

  it.each<[string, Partial<typeof secondStep>, string]>([
    [
      'on behalf',
      { asks: [asking(TOM, MARA)], decidedBy: TOM },
      'Approved by Tom Berg for Mara Lindt, Mon 2 Nov, 10:00',
    ],
    [
      'in place of who did not answer',
      { asks: [asking(VERA)], decidedBy: VERA, escalatedAt: NOW, passedOn: [passedOn(MARA, NOW)] },
      'Approved by Vera Boss in place of Mara Lindt, Mon 2 Nov, 10:00',
    ],
    ['by nobody', { status: 'unanswered', decidedBy: null }, 'Mara Lindt did not answer by Mon 2 Nov, 10:00'],
  ])('is decided %s', (_how, step, text) => {
    const booking = aBooking({ status: 'pending_hr', steps: [decided(aStep(), step), anHrStep()] })
    expect(texts(own(booking)).at(-1)).toBe(text)
    expect(manager(booking).part).toBeNull()
  })
})

describe('in a list', () => {
  const entry = (booking: Booking, person = ANNA) => tripEntry(booking, listReader(person), NOW)

  it('a trip with an open change says so, and what was asked', () => {
    const { text, note, own: may } = entry(changing())
    expect(text).toMatch(/Approved; change: waiting for the manager$/)
    expect(note).toBe(`You asked for a change. ${LONGER}`)
    expect(may).toMatchObject({ mayChange: true, mayWithdrawChange: true })
  })

  it('a request that is back says who asked for what, and until when', () => {
    const steps = [decided(aStep(), { status: 'changes_requested', comment: 'Shorter.' })]
    expect(entry(aBooking({ status: 'changes_requested', steps })).note).toBe(
      'Mara Lindt asks for a change: “Shorter.” Please answer by Tue 3 Nov, 09:00',
    )
  })

  it('is of no concern to who comes along', () => {
    expect(entry(changing(), BEN)).toMatchObject({ note: null, own: null })
  })

  it.each([
    ['approved', 'You approved it'],
    ['rejected', 'You rejected it'],
    ['changes_requested', 'You asked for a change'],
  ] as const)('what somebody %s', (status, words) => {
    const booking = aBooking({ steps: [decided(aStep(), { status })] })
    expect(decidedEntry(booking, listReader(MARA), NOW).text).toContain(`${words}, Mon 2 Nov, 10:00`)
  })
})
