import type { Vehicle } from '../fleet/vehicle.ts'
import type { NoticeFacts, NoticeKind } from '../notification/notice.ts'
import type { Site } from '../people/person.ts'
import type { Booking } from './booking.ts'
import type { TripWindow } from './trip-window.ts'

/** A notice in somebody's in-app list. */
export interface InAppNotice {
  id: string
  kind: NoticeKind
  facts: NoticeFacts & { number: number }
  isRequester: boolean
  createdAt: Date
}

/** What claims a car, clipped to nothing: its end includes the turnaround. */
export interface CarClaim extends TripWindow {
  kind: 'booking' | 'maintenance'
}

export interface CarInWindow {
  vehicle: Vehicle
  /** In order of time; none: the car is free for the whole window. */
  claims: CarClaim[]
}

/** Which bookings a history shows. */
export type HistoryFilter = 'all' | 'pending' | 'approved' | 'rejected' | 'cancelled'
export const HISTORY_FILTERS = ['all', 'pending', 'approved', 'rejected', 'cancelled'] as const

/** Somebody whom somebody else stands in for. */
export interface StoodInFor extends TripWindow {
  name: string
}

export interface HistoryPage {
  bookings: Booking[]
  /** From 0. */
  page: number
  /** Counted a little ahead of this page: a later page may count more. */
  pages: number
}

/** Unread notices are counted up to here: people who never open their list pile up any number. */
export const MOST_COUNTED = 100

/** As many as were asked for, and how many there are in all. */
interface SomeBookings {
  bookings: Booking[]
  total: number
}

/** What somebody looks at: reads alone, nothing here decides anything. */
export interface Overview {
  /** With `skip`, so many of the first are left out; they count in the total. Live bookings of theirs, or on which they come along, that have not ended; next departure first. */
  nextTrips(personId: string, now: Date, most: number, skip?: number): Promise<SomeBookings>
  /** As above with `skip`. Requests not yet departed whose open step asks them, the most urgent first. */
  waitingFor(personId: string, now: Date, most: number, skip?: number): Promise<SomeBookings>
  /** Requests of which they decided a step, newest decision first. */
  decidedBy(personId: string, most: number): Promise<Booking[]>
  /** Their own bookings, newest departure first. A page that is not there is the last one. */
  history(personId: string, filter: HistoryFilter, page: number, pageSize: number): Promise<HistoryPage>
  /** What others did, and what the rules did; newest first. A `total` of {@link MOST_COUNTED} stands for that many or more. */
  unreadNotices(personId: string, most: number): Promise<{ notices: InAppNotice[]; total: number }>
  /** Those of their notices that they were shown, by id. */
  markRead(personId: string, noticeIds: string[], now: Date): Promise<void>
  /** For whom they stand in, now or later; the first to be back first. */
  standingInFor(personId: string, now: Date): Promise<StoodInFor[]>
  /** All sites, by name. */
  sites(): Promise<Site[]>
  /** Cars in service (of one site, where it is given) and what claims them in a window. */
  carsIn(window: TripWindow, siteId: string | null): Promise<CarInWindow[]>
}
