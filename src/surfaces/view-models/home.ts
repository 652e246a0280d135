import type { Booking } from '../../core/booking/booking.ts'
import { type Draft, type DraftDeps, draftsOf, MOST_DRAFTS } from '../../core/booking/draft.ts'
import { HISTORY_FILTERS, type HistoryFilter, MOST_COUNTED, type Overview } from '../../core/booking/overview.ts'
import type { AbsenceDeps } from '../../core/people/absences.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { type Away, readAway } from './away-words.ts'
import type { BookingCard } from './booking-card.ts'
import { carName } from './booking-words.ts'
import { type ListReader, listReader } from './cancel-choice.ts'
import { carsInOrder, siteHeading, windowToLookAt } from './cars-words.ts'
import { type DraftEntry, draftEntry, draftList } from './draft-words.ts'
import { type HomeRows, rowsKept, withKeptRows } from './home-rows.ts'
import { approvalRow, isCard, rowIdOf } from './lists.ts'
import { noticeWords } from './notice-words.ts'
import { type DoneRow, type TripEntry, tripEntry, tripLine } from './trip-entry.ts'
import { restOfToday } from './when-words.ts'

/** What somebody has chosen to see on their Home. */
export interface HomeState {
  filter: HistoryFilter
  /** Of the history, from 0. */
  page: number
  /** The rows they saw, where those keep their places. */
  rows?: HomeRows | null
}

export const FIRST_LOOK: HomeState = { filter: 'all', page: 0 }

export const FILTER_WORDS: Record<HistoryFilter, string> = {
  all: 'All bookings',
  pending: 'Waiting for an answer',
  approved: 'Approved',
  rejected: 'Rejected or expired',
  cancelled: 'Cancelled',
}

/** How much of each a Home shows: one look, not a report. What is more is counted. */
const MOST = { waiting: 5, trips: 5, drafts: MOST_DRAFTS, news: 5, cars: 40, history: 8 }

/** Somebody's own page, as facts and words: every platform shows the same. */
export interface Home {
  away: Away
  /** What waits for them; and what became of rows that keep their places. */
  waiting: { requests: (BookingCard | DoneRow)[]; more: number }
  trips: { entries: TripEntry[]; more: number }
  drafts: { entries: DraftEntry[]; more: number }
  /** `ids` of the notices that the lines tell; `more` counts the others, as "3" or "95+". */
  news: { lines: string[]; ids: string[]; more: string | null }
  cars: { siteName: string; lines: string[]; more: number }
  history: HistoryPage
  /** What it shows, to be shown in the same places next time. */
  rows: HomeRows
}

/** One page of what became of somebody's requests, the latest trip first. */
export interface HistoryPage {
  lines: string[]
  filter: HistoryFilter
  page: number
  pages: number
}

/** What a Home is read from. */
export type HomeDeps = AbsenceDeps & DraftDeps & { overview: Overview }

export async function readHome(deps: HomeDeps, person: Person, state: HomeState): Promise<Home> {
  const { overview, deadlines } = deps
  const { id, site } = person
  const now = deps.now()
  const reader = listReader(person)
  const today = restOfToday(reader.zone, now)
  const kept = state.rows ?? { since: +now, waiting: [], trips: [], drafts: [] }
  const [away, drafts, fresh, ahead, unread, cars, history] = await Promise.all([
    readAway(deps, person),
    draftsOf(deps, id),
    overview.waitingFor(id, now, MOST.waiting),
    overview.nextTrips(id, now, MOST.trips),
    overview.unreadNotices(id, MOST.news),
    overview.carsIn(windowToLookAt(today), site.id),
    readHistory(overview, person, state, now),
  ])
  const [waiting, trips] = await Promise.all([
    waitingRows(deps, fresh, kept.waiting, reader),
    withKeptRows(ahead.bookings, kept.trips, {
      idOf: ({ id: bookingId }) => bookingId,
      find: (bookingId) => deps.store.findBooking(bookingId),
      most: MOST.trips,
    }),
  ])
  const entries = trips.map(({ item }) => tripEntry(item, reader, now))
  const own = draftRows(drafts, kept.drafts, person, { now, deadlines })
  const shown = carsInOrder(cars, today, person, now).slice(0, MOST.cars)
  return {
    away,
    drafts: own,
    waiting: { requests: waiting, more: Math.max(0, fresh.total - waiting.filter(isCard).length) },
    trips: { entries, more: Math.max(0, ahead.total - entries.filter(({ isOver }) => !isOver).length) },
    news: {
      lines: unread.notices.map(({ kind, facts, isRequester, createdAt }) => {
        const { headline, trip } = noticeWords(kind, facts, reader.zone, createdAt, { isRequester })
        return `${headline}: ${trip}`
      }),
      ids: unread.notices.map((notice) => notice.id),
      more: moreNews(unread.total, unread.notices.length),
    },
    cars: {
      siteName: siteHeading(site, shown, today, reader.zone),
      lines: shown.map(({ vehicle, words }) => `${carName(vehicle)}: ${words}`),
      more: Math.max(0, cars.length - MOST.cars),
    },
    history,
    rows: {
      since: kept.since,
      waiting: waiting.map(rowIdOf),
      trips: trips.map(({ id: bookingId }) => bookingId),
      drafts: own.entries.map(({ draftId }) => draftId),
    },
  }
}

function moreNews(total: number, shown: number): string | null {
  if (total === shown) return null
  return `${total - shown}${total >= MOST_COUNTED ? '+' : ''}`
}

/** What waits for somebody, rows that they saw before first. */
async function waitingRows(
  { store, now }: HomeDeps,
  { bookings }: { bookings: Booking[] },
  kept: string[],
  reader: ListReader,
): Promise<(BookingCard | DoneRow)[]> {
  const rows = await withKeptRows(bookings, kept, {
    idOf: (booking) => booking.steps.find((step) => step.status === 'open')?.id ?? '',
    find: (stepId) => store.findBookingByStep(stepId),
    most: MOST.waiting,
  })
  const known = new Set(kept)
  return rows.flatMap(({ id, item }) => {
    const row = approvalRow(item, id, reader, now())
    // What was never shown, and is not theirs to decide, has no place to keep.
    return row && (isCard(row) || known.has(id)) ? [row] : []
  })
}

/** Their drafts; one that they saw and that is gone says so in its place. */
function draftRows(
  drafts: Draft[],
  kept: string[],
  person: Person,
  clock: { now: Date; deadlines: HomeDeps['deadlines'] },
): Home['drafts'] {
  const seen = kept.length > 0 ? draftList(drafts, person, clock, { offset: 0, rows: kept }).drafts : []
  const known = new Set(kept)
  const others = drafts.filter(({ id }) => !known.has(id)).slice(0, Math.max(0, MOST.drafts - seen.length))
  const entries = [...seen, ...others.map((draft) => draftEntry(draft, person, clock))]
  return { entries, more: Math.max(0, drafts.length - entries.filter((entry) => entry.kept !== null).length) }
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

/** What a Home was last asked to show, as the store kept it; anything else is a first look. */
export function homeStateOf(kept: unknown, now: Date): HomeState {
  const { filter, page, rows } = (kept ?? {}) as { filter?: unknown; page?: unknown; rows?: unknown }
  return { ...chosenIn({ filter, page }), rows: rowsKept(rows, now) }
}

/** Reads what somebody has chosen to see of the history. */
export function chosenIn({ filter, page }: { filter?: unknown; page?: unknown }): Pick<HomeState, 'filter' | 'page'> {
  const known = HISTORY_FILTERS.find((name) => name === filter)
  return known && Number.isInteger(page) ? { filter: known, page: Number(page) } : FIRST_LOOK
}
