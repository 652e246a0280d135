import type { Deciders } from './approval/approvers.ts'
import type { Deadlines } from './approval/deadlines.ts'
import type { Booking, BookingEvent, NewBooking } from './booking/booking.ts'
import type { BusyDriver, WantedDriverHold } from './booking/driver-holds.ts'
import type { SiteOutlook, SiteQuery } from './booking/none-free.ts'
import type { BookingStatus } from './booking/status.ts'
import type { Hold } from './booking/trip-change.ts'
import type { TripWindow } from './booking/trip-window.ts'
import type { Vehicle } from './fleet/vehicle.ts'
import type { CardKind, Channel, Notice } from './notification/notice.ts'
import type { ChatPlatform, Person } from './people/person.ts'

/**
 * Everything one use case changes, as a value. The store writes it whole or not at all: this is the transaction.
 * A change holds what shall stand afterwards, and what must stand before it.
 */
export interface Change {
  /** The booking as it shall stand; steps are matched by id. */
  booking: NewBooking
  /** What must stand before, compared and set in one go; null for a new booking. */
  expected: { status: BookingStatus; version: number } | null
  /** The cars that are held from then on, and no others; all of them, or nothing is written. */
  holds: Hold[] | 'keep'
  /** The drivers who are held from then on, and no others; all that are new, or nothing is written. */
  driverHolds: WantedDriverHold[] | 'keep'
  /** Whether those who travel are others than before. */
  rewritesTravellers: boolean
  events: BookingEvent[]
  notices: Notice[]
  /** Cards that must exist; every card of the booking is drawn anew. */
  cards: WantedCard[]
  audit: AuditEntry
  /** People by whose entries in the directory it was judged that this may be done: if one has changed, the change is stale. */
  judgedBy?: Person[]
}

/**
 * One thing that the admins are told once: until the set-up works again, until something reaches that person, or, of a message
 * that was refused, once a day. `personId` null: it concerns a whole channel.
 */
export interface Alert {
  kind: 'setup' | 'unreachable' | 'refused'
  channel: Channel
  personId: string | null
  error: string
}

export interface WantedCard {
  personId: string
  platform: ChatPlatform
  kind: CardKind
}

/** Who did what to which record. Only ids and codes: the trail can never be changed, and so holds no personal data. */
interface AuditEntry {
  actorId: string | null
  action: string
  at: Date
  old: Record<string, string | number> | null
  new: Record<string, string | number>
}

/**
 * What became of a {@link Change}; only `committed` wrote anything. `vehicle_taken`: somebody else holds a car then.
 * `driver_busy`: a driver drives for another booking then.
 * `stale`: the booking, or what the directory says of those it asks, is no longer as it was read. `duplicate`: the request key was used before.
 */
export type CommitOutcome =
  | { kind: 'committed'; number: number }
  | { kind: 'driver_busy'; driver: BusyDriver }
  | { kind: 'vehicle_taken' | 'stale' | 'duplicate' }

/** What a request is judged by, read in one go. */
export interface RequestSituation {
  requester: Person | null
  deciders: Deciders
  /** The people named as travellers, as far as they exist and are active. */
  travellers: Person[]
  /** The car that was asked for, in service, or null. */
  vehicle: Vehicle | null
  /** Cars in service that are free then and have the seats. */
  free: Vehicle[]
}

export interface DecisionQuery {
  stepId: string
  actorId: string
}

/** What a decision is judged by, as it stood at one moment. */
export interface DecisionSituation {
  booking: Booking
  actor: Person | null
  deciders: Deciders
}

export interface RequestQuery {
  requesterId: string
  window: TripWindow
  passengers: number
  vehicleId: string | null
  travellerIds: string[]
}

/** What core asks of the database. */
export interface Store {
  findPerson(personId: string): Promise<Person | null>
  findBooking(bookingId: string): Promise<Booking | null>
  findBookingByRequestKey(requestKey: string): Promise<Booking | null>
  findBookingByStep(stepId: string): Promise<Booking | null>
  deciders(requesterId: string): Promise<Deciders>
  /** Null where there is no such step. */
  decisionSituation(query: DecisionQuery): Promise<DecisionSituation | null>
  requestSituation(query: RequestQuery): Promise<RequestSituation>
  siteOutlook(query: SiteQuery): Promise<SiteOutlook>
  commit(change: Change): Promise<CommitOutcome>
  /** Writes an alert and its notices, unless the same one stands already; gives whether it was new. */
  alertOnce(alert: Alert, bookingId: string, event: BookingEvent, notices: Notice[]): Promise<boolean>
}

/** What every use case is given. */
export interface Deps {
  store: Store
  /** Business time: what counts as past, due and departed. */
  now(): Date
  deadlines: Deadlines
  /** The channels this company uses: chat in order of preference. */
  channels: { chat: ChatPlatform[]; email: boolean }
}
