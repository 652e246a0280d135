import type { SkipReason } from '../approval/step.ts'
import type { BookingReason, BookingType, NewBooking, Traveller, Trip } from '../booking/booking.ts'
import type { MisfitKind } from '../booking/misfit.ts'
import { waitingStep } from '../booking/next-due.ts'
import { isUndecided } from '../booking/status.ts'
import { openMatter } from '../booking/trip-change.ts'
import type { ChatPlatform, Person } from '../people/person.ts'

export type Channel = ChatPlatform | 'email'
export type CardKind = 'request' | 'manager_approval' | 'hr_approval'

export type NoticeKind =
  | 'booking_requested'
  | 'approval_needed'
  | 'manager_approved'
  | 'booking_approved'
  | 'booking_rejected'
  | 'booking_cancelled'
  | 'booking_expired'
  | 'booking_changed'
  | 'change_requested'
  | 'change_approved'
  | 'change_rejected'
  | 'change_withdrawn'
  | 'change_expired'
  | 'changes_requested'
  | 'trip_left'
  | 'approval_reminder'
  | 'change_reminder'
  | 'step_escalated'
  | 'step_unanswered'
  | 'step_overdue'
  | 'delivery_failed'
  | 'check_found'

/** The facts of a trip that a change may touch, as JSON. `siteTimeZone`: of the requester's site, whose clock everybody there reads. */
export type TripFacts = {
  vehicle: { name: string; licensePlate: string; seats: number; siteName: string; siteTimeZone: string }
  startsAt: string
  endsAt: string
  destination: string
  type: BookingType
  reason: BookingReason
  details: string
  passengers: number
  /** `personId` of a colleague; facts from before it was kept have none. */
  travellers: { kind: 'driver' | 'companion'; name: string; personId?: string }[]
}

/** Who is asked after a deadline: HR, or these people, in place of those who were asked or as well; nobody is an empty list. */
export type AskedNext = 'hr' | { names: string[]; asWell: boolean }

/**
 * What a notice says, frozen when it happened: a mail sent an hour later says what was true then. Plain JSON, times in
 * ISO 8601 UTC; the reader's zone is chosen when it is shown.
 */
export type NoticeFacts = TripFacts & {
  bookingId: string
  /** People are told apart by id, never by name. Facts from before ids were kept have none. */
  requesterId?: string
  requesterName: string
  requesterDepartment: string
  /** Who caused it; null for the rules. */
  actorName: string | null
  actorId?: string | null
  /** What they had to say. */
  comment: string | null
  /** Who is asked now. */
  waitingFor: string[]
  /** Until when. */
  dueAt: string | null
  /** When the car was asked for. Notices from before this was kept have none. */
  askedAt?: string
  /** Why the manager is not asked, where that is so. */
  skipReason?: SkipReason
  /** Whether the car had been promised before this happened: then a calendar entry exists. */
  wasApproved: boolean
  /** What a change of the trip asks for, or asked for in vain. */
  proposed?: TripFacts
  /** What the trip was before it was changed. */
  former?: TripFacts
  /** For whom the one who caused it decided. */
  onBehalfOf?: string
  /** For whom, who is away, this person is asked. */
  askedFor?: string
  /** Who was asked before it went on to others. */
  passedOnFrom?: string[]
  /** Nothing is said again before the deadline; once that has passed, before the departure. */
  isLastReminder?: true
  /** With the last reminder: who is asked once the deadline has passed. */
  askedNext?: AskedNext
  /** The people asked now who were not asked before. */
  newlyAsked?: string[]
  /** True if it was cancelled because the requester has left. */
  requesterLeft?: boolean
  /** What a nightly look found not to fit. */
  findings?: { number: number; finding: MisfitKind }[]
  /** How many more there are. */
  moreFindings?: number
  /** Who could not be reached, and where; without a name it is nobody on that channel. `isRefused`: one message was not taken. */
  undelivered?: { name: string | null; channel: Channel; isRefused?: boolean }
  /** The calendar's SEQUENCE (RFC 5545, 3.8.7.4). */
  sequence: number
}

/** What one person is told about one event, and on which channels. */
export interface Notice {
  id: string
  eventId: string
  personId: string
  kind: NoticeKind
  /** The step this asks to decide: when it is closed, what was not sent yet is superseded. */
  stepId: string | null
  facts: NoticeFacts
  deliveries: { id: string; channel: Channel }[]
  /** Says it in chat: this person's card is posted again, with the notice in its first line, since it has the buttons. */
  card?: { platform: ChatPlatform; kind: CardKind }
}

/** What was said, and by whom, when it happened. */
export type Said = Pick<
  NoticeFacts,
  | 'actorName'
  | 'actorId'
  | 'comment'
  | 'wasApproved'
  | 'onBehalfOf'
  | 'passedOnFrom'
  | 'newlyAsked'
  | 'requesterLeft'
  | 'isLastReminder'
  | 'askedNext'
>

/** A booking as a notice tells it. */
export function noticeFacts(booking: NewBooking, said: Said): NoticeFacts {
  const waiting = waitingStep(booking)
  const asked = waiting?.status === 'open' ? waiting.asks.map((ask) => ask.person.name) : []
  const skipReason = booking.steps.findLast((step) => step.round === booking.round && step.skipReason)?.skipReason
  const { change } = booking
  return {
    bookingId: booking.id,
    requesterId: booking.requester.id,
    requesterName: booking.requester.name,
    requesterDepartment: booking.requester.department,
    ...tripFacts(booking, booking.requester),
    ...(change && {
      [change.status === 'approved' ? 'former' : 'proposed']: tripFacts(change.trip, booking.requester),
    }),
    waitingFor: asked,
    dueAt: isUndecided(openMatter(booking).status) ? (waiting?.dueAt?.toISOString() ?? null) : null,
    askedAt: booking.createdAt.toISOString(),
    ...(skipReason && { skipReason }),
    sequence: booking.version,
    ...said,
  }
}

/** A traveller as the facts of a trip keep them. */
export function travellerFacts({ kind, name, person }: Traveller): TripFacts['travellers'][number] {
  return { kind, name, ...(person && { personId: person.id }) }
}

function tripFacts(trip: Trip, requester: Pick<Person, 'site'>): TripFacts {
  const { name, licensePlate, seats, site } = trip.vehicle
  return {
    vehicle: { name, licensePlate, seats, siteName: site.name, siteTimeZone: requester.site.timeZone },
    startsAt: trip.window.startsAt.toISOString(),
    endsAt: trip.window.endsAt.toISOString(),
    destination: trip.destination,
    type: trip.type,
    reason: trip.reason,
    details: trip.details,
    passengers: trip.passengers,
    travellers: trip.travellers.map(travellerFacts),
  }
}
