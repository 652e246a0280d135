import type { SkipReason } from '../approval/step.ts'
import type { BookingReason, BookingType, NewBooking } from '../booking/booking.ts'
import type { ChatPlatform } from '../people/person.ts'

export type Channel = ChatPlatform | 'email'
export type CardKind = 'request' | 'manager_approval' | 'hr_approval'

export type NoticeKind =
  | 'booking_requested'
  | 'approval_needed'
  | 'manager_approved'
  | 'booking_approved'
  | 'booking_rejected'
  | 'booking_cancelled'
  | 'delivery_failed'

/**
 * What a notice says, frozen when it happened: a mail sent an hour later says what was true then. Plain JSON, times in
 * ISO 8601 UTC; the reader's zone is chosen when it is shown.
 */
export type NoticeFacts = {
  bookingId: string
  requesterName: string
  requesterDepartment: string
  vehicle: { name: string; licensePlate: string; seats: number; siteName: string; siteTimeZone: string }
  startsAt: string
  endsAt: string
  destination: string
  type: BookingType
  reason: BookingReason
  details: string
  passengers: number
  travellers: { kind: 'driver' | 'companion'; name: string }[]
  /** Who caused it; null for the rules. */
  actorName: string | null
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
  /** Who could not be reached, and where; without a name it is nobody on that channel. */
  undelivered?: { name: string | null; channel: Channel }
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
}

/** A booking as a notice tells it. */
export function noticeFacts(
  booking: NewBooking,
  said: Pick<NoticeFacts, 'actorName' | 'comment' | 'wasApproved'>,
): NoticeFacts {
  const open = booking.steps.find((step) => step.status === 'open')
  const skipReason = booking.steps.findLast((step) => step.round === booking.round && step.skipReason)?.skipReason
  return {
    bookingId: booking.id,
    requesterName: booking.requester.name,
    requesterDepartment: booking.requester.department,
    vehicle: {
      name: booking.vehicle.name,
      licensePlate: booking.vehicle.licensePlate,
      seats: booking.vehicle.seats,
      siteName: booking.vehicle.site.name,
      siteTimeZone: booking.vehicle.site.timeZone,
    },
    startsAt: booking.window.startsAt.toISOString(),
    endsAt: booking.window.endsAt.toISOString(),
    destination: booking.destination,
    type: booking.type,
    reason: booking.reason,
    details: booking.details,
    passengers: booking.passengers,
    travellers: booking.travellers.map(({ kind, name }) => ({ kind, name })),
    waitingFor: open ? open.asks.map((ask) => ask.person.name) : [],
    dueAt: open?.dueAt?.toISOString() ?? null,
    askedAt: booking.createdAt.toISOString(),
    ...(skipReason && { skipReason }),
    sequence: booking.version,
    ...said,
  }
}
