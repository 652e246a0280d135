import type { Booking } from '../../core/booking/booking.ts'
import { HISTORY_FILTERS, type HistoryFilter, type Overview } from '../../core/booking/overview.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { approvalCard, type BookingCard } from './booking-card.ts'
import { bookingName, bookingStatusWords, carName } from './booking-words.ts'
import { type CancelChoice, cancelChoice, listReader } from './cancel-choice.ts'
import { carWords, windowToLookAt } from './cars-words.ts'
import { formatWindow } from './format-window.ts'
import { noticeWords } from './notice-words.ts'
import { restOfToday } from './when-words.ts'

/** What somebody has chosen to see on their Home. */
export interface HomeState {
  filter: HistoryFilter
  /** Of the history, from 0. */
  page: number
}

export const FIRST_LOOK: HomeState = { filter: 'all', page: 0 }

export const FILTER_WORDS: Record<HistoryFilter, string> = {
  all: 'All bookings',
  pending: 'Waiting for an answer',
  approved: 'Approved',
  rejected: 'Rejected or expired',
  cancelled: 'Cancelled',
}

/** How much of each a Home shows: one look, not a report. */
const MOST = { waiting: 5, trips: 5, news: 5, cars: 40, history: 8 }

/** Somebody's own page, as facts and words: every platform shows the same. */
export interface Home {
  waiting: { card: BookingCard; stepId: string }[]
  trips: { text: string; cancel: CancelChoice | null }[]
  news: { lines: string[]; more: number }
  cars: { siteName: string; lines: string[]; more: number }
  history: HistoryPage
}

/** One page of what became of somebody's requests, the latest trip first. */
export interface HistoryPage {
  lines: string[]
  filter: HistoryFilter
  page: number
  pages: number
}

export async function readHome(overview: Overview, person: Person, state: HomeState, now: Date): Promise<Home> {
  const { id, site } = person
  const reader = listReader(person)
  const today = restOfToday(reader.zone, now)
  const [waiting, trips, unread, cars, history] = await Promise.all([
    overview.waitingFor(id, now, MOST.waiting),
    overview.nextTrips(id, now, MOST.trips),
    overview.unreadNotices(id, MOST.news),
    overview.carsIn(windowToLookAt(today), site.id),
    readHistory(overview, person, state, now),
  ])
  return {
    waiting: waiting.flatMap((booking) => {
      const kind = booking.steps.find((step) => step.status === 'open')?.kind
      const card = kind && approvalCard(booking, kind, reader, now)
      return card?.action?.kind === 'decide' ? [{ card, stepId: card.action.stepId }] : []
    }),
    trips: trips.map((booking) => ({
      text: tripLine(booking, reader.zone, now),
      cancel: cancelChoice(booking, reader, now),
    })),
    news: {
      lines: unread.notices.map(({ kind, facts, isRequester, createdAt }) => {
        const { headline, trip } = noticeWords(kind, facts, reader.zone, createdAt, { isRequester })
        return `${headline}: ${trip}`
      }),
      more: unread.total - unread.notices.length,
    },
    cars: {
      siteName: site.name,
      lines: cars
        .slice(0, MOST.cars)
        .map((car) => `${carName(car.vehicle)}: ${carWords(car, today, reader.zone, now).words}`),
      more: Math.max(0, cars.length - MOST.cars),
    },
    history,
  }
}

export async function readHistory(
  overview: Overview,
  person: Person,
  { filter, page }: HomeState,
  now: Date,
): Promise<HistoryPage> {
  const found = await overview.history(person.id, filter, page, MOST.history)
  const lines = found.bookings.map((booking) => tripLine(booking, readerZone(person), now))
  return { lines, filter, page: found.page, pages: found.pages }
}

/** "#12: Mon 23 Nov, 09:00 – 17:00, Škoda Octavia (B-MP 505), Hamburg. Approved". */
export function tripLine(booking: Booking, zone: string, now: Date): string {
  const window = formatWindow(booking.window, zone, booking.vehicle.site.timeZone, now)
  const { number, vehicle, destination, status } = booking
  return `${bookingName(number)}: ${window}, ${carName(vehicle)}, ${destination}. ${bookingStatusWords(status)}`
}

/** What a Home was last asked to show, as the store kept it; anything else is a first look. */
export function homeStateOf(kept: unknown): HomeState {
  const { filter, page } = (kept ?? {}) as { filter?: unknown; page?: unknown }
  const known = HISTORY_FILTERS.find((name) => name === filter)
  return known && Number.isInteger(page) ? { filter: known, page: Number(page) } : FIRST_LOOK
}
