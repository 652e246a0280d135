import type { Booking } from '../../core/booking/booking.ts'
import type { Overview } from '../../core/booking/overview.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import type { Deps } from '../../core/ports.ts'
import { approvalCard, type BookingCard } from './booking-card.ts'
import { type ListReader, listReader } from './cancel-choice.ts'
import { type CarList, carList, windowToLookAt } from './cars-words.ts'
import { type ListLook, OPENED, PAGE } from './list-look.ts'
import { namedSite } from './named-site.ts'
import {
  type DecidedEntry,
  type DoneRow,
  decidedEntry,
  doneRow,
  isOver,
  type TripEntry,
  tripEntry,
} from './trip-entry.ts'
import { readWhen } from './when-words.ts'

/** How many past decisions a list of requests recalls. */
const DECIDED = 5

/** What lists are read from. */
export interface ListDeps {
  overview: Overview
  store: Pick<Deps['store'], 'findBooking' | 'findBookingByStep'>
}

/** Where a page of a list stands. */
interface PageOfList {
  /** How many entries come before it; left out: none. */
  offset?: number
  /** How many follow. */
  more: number
}

export interface TripList extends PageOfList {
  trips: TripEntry[]
}

/**
 * The next trips of somebody, those on which they come along as well. The rows of `look` stay in their places, whatever has
 * become of them.
 */
export async function readTripList(
  { overview, store }: ListDeps,
  person: Person,
  now: Date,
  look: ListLook = OPENED,
): Promise<TripList> {
  const { bookings, ...page } = look.rows
    ? await keptPage(
        look.rows,
        look.offset,
        store.findBooking,
        () => overview.nextTrips(person.id, now, 0),
        isAhead(now),
      )
    : await freshPage(look.offset, (skip) => overview.nextTrips(person.id, now, PAGE, skip))
  return { ...page, trips: bookings.map(({ booking }) => tripEntry(booking, listReader(person), now)) }
}

/** True if a trip can still be changed or cancelled, or counts as one of the next. */
const isAhead = (now: Date) => (booking: Booking) => !isOver(booking, now)

export function tripsTitle(trips: number): string {
  if (trips === 0) return 'You have no trips ahead'
  return trips === 1 ? 'Your next trip' : `Your next ${trips} trips`
}

export interface ApprovalList extends PageOfList {
  /** Cards that the reader may decide, the most urgent first; and what became of those that were shown before. */
  waiting: (BookingCard | DoneRow)[]
  /** What they decided before, the latest first. */
  decided: DecidedEntry[]
}

/**
 * What waits for somebody, as far as they may decide it, and what they decided before. The rows of `look` stay in their places:
 * one that was decided says so in a line.
 */
export async function readApprovals(
  { overview, store }: ListDeps,
  person: Person,
  now: Date,
  look: ListLook = OPENED,
): Promise<ApprovalList> {
  const reader = listReader(person)
  const rowOf = (booking: Booking, stepId: string | null) => approvalRow(booking, stepId, reader, now)
  const isOpen = (booking: Booking, stepId: string) => isCard(rowOf(booking, stepId))
  const counted = () => overview.waitingFor(person.id, now, 0)
  const [{ bookings, ...page }, decided] = await Promise.all([
    look.rows
      ? keptPage(look.rows, look.offset, store.findBookingByStep, counted, isOpen)
      : freshPage(look.offset, (skip) => overview.waitingFor(person.id, now, PAGE, skip)),
    overview.decidedBy(person.id, DECIDED + (look.rows?.length ?? 0)),
  ])
  const shown = new Set(look.rows ? bookings.map(({ booking }) => booking.id) : [])
  return {
    ...page,
    waiting: bookings.flatMap(({ booking, rowId }) => rowOf(booking, rowId) ?? []),
    decided: decided
      .filter(({ id }) => !shown.has(id))
      .slice(0, DECIDED)
      .map((booking) => decidedEntry(booking, reader, now)),
  }
}

/** True if a row is still to be decided. */
export function isCard(row: BookingCard | DoneRow | null): row is BookingCard {
  return row !== null && !('rowId' in row)
}

/** The id of the step that a row is about. */
export function rowIdOf(row: ApprovalList['waiting'][number]): string {
  if (!isCard(row)) return row.rowId
  return row.action?.kind === 'decide' ? row.action.stepId : ''
}

/** Returns the card of what the reader may decide, else what became of the row that stood there, if one did. */
export function approvalRow(
  booking: Booking,
  stepId: string | null,
  reader: ListReader,
  now: Date,
): BookingCard | DoneRow | null {
  const open = booking.steps.find((step) => step.status === 'open')
  const card = open && (stepId === null || open.id === stepId) ? approvalCard(booking, open.kind, reader, now) : null
  if (card?.action?.kind === 'decide') return card
  return stepId === null ? null : doneRow(booking, stepId, reader, now)
}

interface Page extends Required<PageOfList> {
  bookings: { booking: Booking; rowId: string | null }[]
}

/** Reads a page as it is now; of a list that has become shorter, the last one. */
async function freshPage(
  offset: number,
  read: (skip: number) => Promise<{ bookings: Booking[]; total: number }>,
): Promise<Page> {
  const { bookings, total } = await read(offset)
  if (bookings.length === 0 && offset > 0) {
    return freshPage(total === 0 ? 0 : Math.floor((total - 1) / PAGE) * PAGE, read)
  }
  const more = total - offset - bookings.length
  return { bookings: bookings.map((booking) => ({ booking, rowId: null })), offset, more }
}

/** Reads the rows of a page that was shown before, whatever has become of them, and how many follow by now. */
async function keptPage(
  rows: string[],
  offset: number,
  find: (rowId: string) => Promise<Booking | null>,
  count: () => Promise<{ total: number }>,
  isOpen: (booking: Booking, rowId: string) => boolean,
): Promise<Page> {
  const [found, { total }] = await Promise.all([Promise.all(rows.map(find)), count()])
  const bookings = rows.flatMap((rowId, index) => {
    const booking = found[index]
    return booking ? [{ booking, rowId }] : []
  })
  const open = bookings.filter(({ booking, rowId }) => isOpen(booking, rowId)).length
  return { bookings, offset, more: Math.max(0, total - offset - open) }
}

export function approvalsTitle(waiting: number): string {
  if (waiting === 0) return 'Nothing waits for your decision'
  return waiting === 1 ? '1 request waits for your decision' : `${waiting} requests wait for your decision`
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
