import { type DraftDeps, draftsOf } from '../../core/booking/draft.ts'
import { HISTORY_FILTERS, type HistoryFilter, MOST_COUNTED, type Overview } from '../../core/booking/overview.ts'
import type { AbsenceDeps } from '../../core/people/absence.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { type Away, readAway } from './away-words.ts'
import { approvalCard, type BookingCard } from './booking-card.ts'
import { carName } from './booking-words.ts'
import { listReader } from './cancel-choice.ts'
import { carsInOrder, siteHeading, windowToLookAt } from './cars-words.ts'
import { type DraftEntry, draftEntry } from './draft-words.ts'
import { noticeWords } from './notice-words.ts'
import { type TripEntry, tripEntry, tripLine } from './trip-entry.ts'
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

/** How much of each a Home shows: one look, not a report. What is more is counted. */
const MOST = { waiting: 5, trips: 5, drafts: 5, news: 5, cars: 40, history: 8 }

/** Somebody's own page, as facts and words: every platform shows the same. */
export interface Home {
  away: Away
  waiting: { requests: { card: BookingCard; stepId: string }[]; more: number }
  trips: { entries: TripEntry[]; more: number }
  drafts: { entries: DraftEntry[]; more: number }
  /** `ids` of the notices that the lines tell; `more` counts the others, as "3" or "95+". */
  news: { lines: string[]; ids: string[]; more: string | null }
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

/** What a Home is read from. */
export type HomeDeps = AbsenceDeps & DraftDeps & { overview: Overview }

export async function readHome(deps: HomeDeps, person: Person, state: HomeState): Promise<Home> {
  const { overview, deadlines } = deps
  const { id, site } = person
  const now = deps.now()
  const reader = listReader(person)
  const today = restOfToday(reader.zone, now)
  const [away, drafts, waiting, trips, unread, cars, history] = await Promise.all([
    readAway(deps, person),
    draftsOf(deps, id),
    overview.waitingFor(id, now, MOST.waiting),
    overview.nextTrips(id, now, MOST.trips),
    overview.unreadNotices(id, MOST.news),
    overview.carsIn(windowToLookAt(today), site.id),
    readHistory(overview, person, state, now),
  ])
  const shown = carsInOrder(cars, today, person, now).slice(0, MOST.cars)
  return {
    away,
    drafts: {
      entries: drafts.slice(0, MOST.drafts).map((draft) => draftEntry(draft, person, { now, deadlines })),
      more: Math.max(0, drafts.length - MOST.drafts),
    },
    waiting: {
      requests: waiting.bookings.flatMap((booking) => {
        const kind = booking.steps.find((step) => step.status === 'open')?.kind
        const card = kind && approvalCard(booking, kind, reader, now)
        return card?.action?.kind === 'decide' ? [{ card, stepId: card.action.stepId }] : []
      }),
      more: waiting.total - waiting.bookings.length,
    },
    trips: {
      entries: trips.bookings.map((booking) => tripEntry(booking, reader, now)),
      more: trips.total - trips.bookings.length,
    },
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
  }
}

function moreNews(total: number, shown: number): string | null {
  if (total === shown) return null
  return `${total - shown}${total >= MOST_COUNTED ? '+' : ''}`
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
export function homeStateOf(kept: unknown): HomeState {
  const { filter, page } = (kept ?? {}) as { filter?: unknown; page?: unknown }
  const known = HISTORY_FILTERS.find((name) => name === filter)
  return known && Number.isInteger(page) ? { filter: known, page: Number(page) } : FIRST_LOOK
}
