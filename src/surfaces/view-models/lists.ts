import type { Overview } from '../../core/booking/overview.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { approvalCard, type BookingCard } from './booking-card.ts'
import { listReader } from './cancel-choice.ts'
import { type CarList, carList, windowToLookAt } from './cars-words.ts'
import { type DecidedEntry, decidedEntry, type TripEntry, tripEntry } from './trip-entry.ts'
import { readWhen } from './when-words.ts'

/** How much a list in a chat shows. */
const MOST = { trips: 10, waiting: 50, decided: 5 }

/** The next trips of somebody, those on which they come along as well. */
export async function readTrips(overview: Overview, person: Person, now: Date): Promise<TripEntry[]> {
  const trips = await overview.nextTrips(person.id, now, MOST.trips)
  return trips.map((booking) => tripEntry(booking, listReader(person), now))
}

export function tripsTitle(trips: number): string {
  if (trips === 0) return 'You have no trips ahead'
  return trips === 1 ? 'Your next trip' : `Your next ${trips} trips`
}

export interface ApprovalList {
  /** Cards that the reader may decide, the most urgent first. */
  waiting: BookingCard[]
  /** What they decided before, the latest first. */
  decided: DecidedEntry[]
}

/** What waits for somebody, as far as they may decide it, and what they decided before. */
export async function readApprovals(overview: Overview, person: Person, now: Date): Promise<ApprovalList> {
  const reader = listReader(person)
  const [waiting, decided] = await Promise.all([
    overview.waitingFor(person.id, now, MOST.waiting),
    overview.decidedBy(person.id, MOST.decided),
  ])
  const cards = waiting.flatMap((booking) => {
    const open = booking.steps.find((step) => step.status === 'open')
    return open ? [approvalCard(booking, open.kind, reader, now)] : []
  })
  return {
    waiting: cards.filter((card) => card.action?.kind === 'decide'),
    decided: decided.map((booking) => decidedEntry(booking, reader, now)),
  }
}

export function approvalsTitle(waiting: number): string {
  if (waiting === 0) return 'Nothing waits for your decision'
  return waiting === 1 ? '1 request waits for your decision' : `${waiting} requests wait for your decision`
}

/** When the cars of all sites are free; `typed` says for which time. A string says what is wrong with it. */
export async function readCars(
  overview: Overview,
  person: Person,
  typed: string,
  now: Date,
): Promise<CarList | string> {
  const when = readWhen(typed, readerZone(person), now)
  if (typeof when === 'string') return when
  return carList(await overview.carsIn(windowToLookAt(when), null), when, person, now)
}
