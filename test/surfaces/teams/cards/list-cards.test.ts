import { describe, expect, it } from 'vitest'
import type { Booking } from '../../../../src/core/booking/booking.ts'
import { HISTORY_FILTERS } from '../../../../src/core/booking/overview.ts'
import type { AdaptiveCard } from '../../../../src/surfaces/teams/cards/adaptive-card.ts'
import { approvalListCard } from '../../../../src/surfaces/teams/cards/approval-list-card.ts'
import { typedWords } from '../../../../src/surfaces/teams/cards/booking-actions.ts'
import { carListCard } from '../../../../src/surfaces/teams/cards/car-list-card.ts'
import { bytesOf, LIMITS } from '../../../../src/surfaces/teams/cards/limits.ts'
import { tripListCard } from '../../../../src/surfaces/teams/cards/trip-list-card.ts'
import { approvalCard } from '../../../../src/surfaces/view-models/booking-card.ts'
import { type ListReader, listReader } from '../../../../src/surfaces/view-models/cancel-choice.ts'
import { carList } from '../../../../src/surfaces/view-models/cars-words.ts'
import { chosenIn, type Home } from '../../../../src/surfaces/view-models/home.ts'
import { lookOf } from '../../../../src/surfaces/view-models/list-look.ts'
import { decidedEntry, tripEntry } from '../../../../src/surfaces/view-models/trip-entry.ts'
import { ANNA, AYDIN, aBooking, aStep, aVehicle, BEN, decided, MARA, NOW } from '../../../support/builders.ts'
import { aFullBooking } from '../../../support/full-booking.ts'
import { actionsOf, inputOf, inputsOf, problemsOf, sentBy, textsOf, titlesOf } from './read-card.ts'
import { LONG_TEXTS } from './typed-texts.ts'

const anna = listReader(ANNA)
const mara = listReader(MARA)
const aydin = listReader(AYDIN)

type History = Home['history']
const aHistory = (changes: Partial<History> = {}): History => ({
  lines: ['#7: Thu 1 Oct, 09:00 – 17:30, Škoda Octavia (B-MP 102), Dresden. Completed'],
  filter: 'all',
  page: 0,
  pages: 1,
  ...changes,
})
const trips = (bookings: Booking[], reader: ListReader = anna, history = aHistory()) =>
  tripListCard({
    more: 0,
    trips: bookings.map((booking) => tripEntry(booking, reader, NOW)),
    history,
    drafts: 0,
    away: [],
  })

function expectTeamsTakesIt(card: AdaptiveCard): void {
  expect(problemsOf(card)).toEqual([])
  expect(bytesOf(card)).toBeLessThanOrEqual(LIMITS.card)
}

describe('tripListCard', () => {
  it('says what each trip is, and cancels those that are theirs and still can be', () => {
    const card = trips([aBooking(), aBooking({ id: 'other', status: 'in_use' })])
    expectTeamsTakesIt(card)
    expect(textsOf(card).slice(0, 3)).toEqual([
      'Your next 2 trips',
      '#12: Thu 5 Nov, 09:00 – 17:30, Škoda Octavia (B-MP 102), Dresden. Waiting for the manager',
      'You drive',
    ])
    expect(actionsOf(card)[0]).toMatchObject({ verb: 'booking.change', data: { bookingId: 'booking' } })
    expect(actionsOf(card)[1]).toMatchObject({
      title: 'Cancel',
      card: { actions: [{ verb: 'booking.cancel', data: { bookingId: 'booking', list: 'trips' } }] },
    })
    expect(titlesOf(card)).toEqual(['Change', 'Cancel', 'Show'])
  })

  it.each([
    ['the requester', anna, ['Change', 'Cancel', 'Show']],
    ['an admin', aydin, ['Cancel', 'Show']],
    ['a companion: none', listReader(BEN), ['Show']],
  ])('has a button for %s', (_who, reader, titles) => {
    expect(titlesOf(trips([aBooking({ status: 'approved' })], reader))).toEqual(titles)
  })

  it('an admin reads whose booking they would cancel, the requester does not', () => {
    expect(textsOf(trips([aBooking()], aydin)).join()).toContain('Anna Schmidt asked for it. The car is free')
    expect(textsOf(trips([aBooking()])).join()).not.toContain('Anna Schmidt')
  })

  it('tells what was typed why one is cancelled from what was typed for another', () => {
    const ids = inputsOf(trips([aBooking({ id: 'one' }), aBooking({ id: 'two' })])).map(({ id }) => id)
    expect(ids).toEqual(['why-one', 'why-two', 'filter'])
  })

  it('says what somebody is asked to change, and what they may do about it', () => {
    const steps = [decided(aStep(), { status: 'changes_requested', comment: 'Please take the train.' })]
    const card = trips([aBooking({ status: 'changes_requested', steps })])
    expectTeamsTakesIt(card)
    expect(textsOf(card).join()).toContain('Mara Lindt asks for a change: “Please take the train.”')
    expect(titlesOf(card)).toEqual(['Change', 'Cancel', 'Show'])
  })

  it.each([
    [1, 'Your draft'],
    [3, 'Your 3 drafts'],
  ])('leads to %d drafts', (drafts, title) => {
    const card = tripListCard({ trips: [], more: 0, history: aHistory(), drafts, away: [] })
    expectTeamsTakesIt(card)
    expect(actionsOf(card)[0]).toMatchObject({ title, verb: 'drafts.list' })
  })

  it('says on top that they are away', () => {
    const away = ['You are away until Mon 9 Nov, 09:00. Ben Koch stands in for you.']
    const card = tripListCard({ trips: [], more: 0, history: aHistory(), drafts: 0, away })
    expect(textsOf(card).slice(0, 2)).toEqual(['You have no trips ahead', ...away])
    expect(textsOf(approvalListCard({ waiting: [], more: 0, decided: [], away }))).toContain(away[0])
  })

  it('says so when there are none', () => {
    const card = trips([], anna, aHistory({ lines: [] }))
    expectTeamsTakesIt(card)
    expect(textsOf(card)).toEqual(['You have no trips ahead', 'Type “book” to book a car.', 'Your bookings', 'None.'])
  })

  it.each<[number, number, string[]]>([
    [0, 1, []],
    [0, 3, ['Older']],
    [1, 3, ['Newer', 'Older']],
    [2, 3, ['Newer']],
  ])('page %d of %d has %j', (page, pages, turns) => {
    const card = trips([], anna, aHistory({ page, pages, filter: 'pending' }))
    expectTeamsTakesIt(card)
    expect(titlesOf(card)).toEqual(['Show', ...turns])
    for (const [title, by] of [
      ['Newer', -1],
      ['Older', 1],
    ] as const) {
      if (turns.includes(title)) {
        expect(chosenIn(sentBy(card, title))).toEqual({ filter: 'pending', page: page + by })
      }
    }
  })

  it.each(HISTORY_FILTERS)(
    'a list of those that are %s says so, and chosen anew begins at its first page',
    (filter) => {
      const card = trips([], anna, aHistory({ filter, page: 2, pages: 3 }))
      expect(inputOf(card, 'filter')).toMatchObject({ value: filter })
      expect(chosenIn(sentBy(card, 'Show'))).toEqual({ filter, page: 0 })
    },
  )
})

describe('approvalListCard', () => {
  const waiting = (ids: string[], booking = aBooking()) =>
    ids.map((id) => approvalCard({ ...booking, steps: [aStep({ id })] }, 'manager', mara, NOW))
  const decidedBy = (booking: Booking, reader = mara) => [decidedEntry(booking, reader, NOW)]

  it('has what a decision needs, and what was decided before', () => {
    const card = approvalListCard({
      away: [],
      more: 0,
      waiting: waiting(['one']),
      decided: decidedBy(aBooking({ status: 'rejected' })),
    })
    expectTeamsTakesIt(card)
    const texts = textsOf(card)
    expect(texts[0]).toBe('1 request waits for your decision')
    expect(texts).toContain('Škoda Octavia (B-MP 102), 5 seats')
    expect(texts).toContain('⏳ Please answer by Tue 3 Nov, 09:00')
    expect(texts.at(-1)).toContain('You approved it, Mon 2 Nov, 10:00')
    expect(titlesOf(card)).toEqual(['Approve', 'Reject', 'Ask for a change', 'Approve with a comment'])
  })

  it('lets an admin cancel what they decided, as long as it can be', () => {
    const titles = (booking: Booking, reader: ListReader) =>
      titlesOf(approvalListCard({ away: [], more: 0, waiting: [], decided: decidedBy(booking, reader) }))
    expect(titles(aBooking({ status: 'approved' }), aydin)).toEqual(['Cancel'])
    expect(titles(aBooking({ status: 'rejected' }), aydin)).toEqual([])
    expect(titles(aBooking({ status: 'approved' }), mara)).toEqual([])
  })

  it('tells what was typed for one request from what was typed for another', () => {
    const card = approvalListCard({ away: [], more: 0, waiting: waiting(['one', 'two']), decided: [] })
    const ids = inputsOf(card).map(({ id }) => id)
    expect(ids).toEqual(['reason-one', 'note-one', 'comment-one', 'reason-two', 'note-two', 'comment-two'])
    expect(typedWords({ stepId: 'two', 'reason-two': 'No.', 'reason-one': 'Yes.' }, 'reason')).toBe('No.')
    expect(typedWords({ stepId: 'two', comment: 'Fine.' }, 'comment')).toBe('Fine.')
    expect(typedWords({ stepId: 'two', reason: 3 }, 'reason')).toBe('')
    expect(typedWords({}, 'reason')).toBe('')
    expect(typedWords({ bookingId: 'two', 'why-two': 'Ill', 'why-one': 'Well' }, 'why')).toBe('Ill')
  })

  it('says so when there is nothing', () => {
    const card = approvalListCard({ away: [], more: 0, waiting: [], decided: [] })
    expectTeamsTakesIt(card)
    expect(textsOf(card)).toEqual(['Nothing waits for your decision'])
  })
})

const NOW_ON = { span: 'rest', window: { startsAt: NOW, endsAt: new Date('2026-11-03T00:00:00+01:00') } } as const

function carsCard(count: number, name = 'Škoda Octavia') {
  const cars = Array.from({ length: count }, (_, index) => ({
    vehicle: aVehicle({ id: `${index}`, name, licensePlate: `B-MP ${1000 + index}` }),
    claims: [],
  }))
  return carListCard(carList(cars, NOW_ON, ANNA, NOW))
}
const shownIn = (card: AdaptiveCard) =>
  textsOf(card)
    .join('\n')
    .match(/B-MP \d+/g)?.length ?? 0

describe('carListCard', () => {
  it.each([0, 1, 40, 150])('%d cars are all shown', (count) => {
    const card = carsCard(count)
    expectTeamsTakesIt(card)
    expect(shownIn(card)).toBe(count)
    expect(textsOf(card).join()).not.toContain('not shown')
  })

  it('of 400 as many as fit, and the number of the others', () => {
    const card = carsCard(400)
    expectTeamsTakesIt(card)
    expect(shownIn(card)).toBeGreaterThan(150)
    expect(textsOf(card).at(-1)).toBe(`${400 - shownIn(card)} more cars are not shown: free cars come first.`)
  })
})

describe.each(LONG_TEXTS)('of %s, everything as long as it may be', (_case, typed) => {
  it('ten trips fit, or it is said how many do not', () => {
    const booking = aFullBooking(typed, 'pending_manager')
    const lines = Array.from({ length: 8 }, () => typed(500))
    const bookings = Array.from({ length: 10 }, (_, index) => ({ ...booking, id: crypto.randomUUID(), number: index }))
    const card = trips(bookings, aydin, aHistory({ lines, page: 1, pages: 3 }))
    expectTeamsTakesIt(card)
    const shown = titlesOf(card).filter((title) => title === 'Cancel').length
    expect(shown).toBeGreaterThan(3)
    if (shown < 10) {
      expect(textsOf(card)).toContain(`1–${shown} of 10`)
      expect(lookOf(sentBy(card, 'Next').look)).toEqual({ offset: shown, rows: null })
    }
  })

  it('of fifty requests as many as fit', () => {
    const booking = aFullBooking(typed, 'pending_manager')
    const waiting = Array.from({ length: 8 }, () =>
      approvalCard({ ...booking, steps: [aStep({ id: crypto.randomUUID() })] }, 'manager', mara, NOW),
    )
    const decided = Array.from({ length: 5 }, () =>
      decidedEntry({ ...aFullBooking(typed, 'approved'), id: crypto.randomUUID() }, aydin, NOW),
    )
    const card = approvalListCard({ away: [typed(400)], more: 42, waiting, decided })
    expectTeamsTakesIt(card)
    const shown = titlesOf(card).filter((title) => title === 'Approve').length
    expect(shown).toBeGreaterThanOrEqual(1)
    expect(textsOf(card)).toContain(shown === 1 ? '1 of 50' : `1–${shown} of 50`)
    expect(lookOf(sentBy(card, 'Next').look)).toEqual({ offset: shown, rows: null })
  })

  it('of 200 cars as many as fit', () => {
    const card = carsCard(200, typed(100))
    expectTeamsTakesIt(card)
    expect(textsOf(card).at(-1)).toMatch(/^\d+ more cars are not shown: free cars come first\.$/)
  })
})
