import type { Overview } from '../../core/booking/overview.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { approvalCard, type BookingCard } from './booking-card.ts'
import { listReader } from './cancel-choice.ts'
import { type CarList, carList, windowToLookAt } from './cars-words.ts'
import { namedSite } from './named-site.ts'
import { type DecidedEntry, decidedEntry, type TripEntry, tripEntry } from './trip-entry.ts'
import { readWhen } from './when-words.ts'

/** How much a list in a chat shows. */
const MOST = { trips: 20, waiting: 50, decided: 5 }

export interface TripList {
  trips: TripEntry[]
  /** How many follow these. */
  more: number
}

/** The next trips of somebody, those on which they come along as well. */
export async function readTripList(overview: Overview, person: Person, now: Date): Promise<TripList> {
  const { bookings, total } = await overview.nextTrips(person.id, now, MOST.trips)
  const trips = bookings.map((booking) => tripEntry(booking, listReader(person), now))
  return { trips, more: total - bookings.length }
}

export function tripsTitle(trips: number): string {
  if (trips === 0) return 'You have no trips ahead'
  return trips === 1 ? 'Your next trip' : `Your next ${trips} trips`
}

export interface ApprovalList {
  /** Cards that the reader may decide, the most urgent first. */
  waiting: BookingCard[]
  /** How many wait beyond these. */
  more: number
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
  const cards = waiting.bookings.flatMap((booking) => {
    const open = booking.steps.find((step) => step.status === 'open')
    return open ? [approvalCard(booking, open.kind, reader, now)] : []
  })
  return {
    waiting: cards.filter((card) => card.action?.kind === 'decide'),
    more: waiting.total - waiting.bookings.length,
    decided: decided.map((booking) => decidedEntry(booking, reader, now)),
  }
}

export function approvalsTitle(waiting: number): string {
  if (waiting === 0) return 'Nothing waits for your decision'
  return waiting === 1 ? '1 request waits for your decision' : `${waiting} requests wait for your decision`
}

/** What did not fit into a list of requests. */
export function laterWords(left: number): string {
  return `${left === 1 ? '1 more is' : `${left} more are`} shown once you have answered these.`
}

/**
 * When the cars are free, of all sites or of the one that is named; `typed` says for which time. A string says what is
 * wrong with it.
 */
export async function readCars(
  overview: Pick<Overview, 'carsIn' | 'sites'>,
  person: Person,
  typed: string,
  now: Date,
): Promise<CarList | string> {
  const everywhere = readWhen(typed, readerZone(person), now)
  const named = typeof everywhere === 'string' ? namedSite(typed, await overview.sites()) : null
  const when = named ? readWhen(named.rest, readerZone(person), now) : everywhere
  if (typeof when === 'string') return when
  const cars = await overview.carsIn(windowToLookAt(when), named?.site.id ?? null)
  if (named && cars.length === 0) return `No car is in service in ${named.site.name}.`
  return carList(cars, when, person, now)
}
