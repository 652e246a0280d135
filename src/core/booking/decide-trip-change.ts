import type { Deciders } from '../approval/approvers.ts'
import { closeOpenStep } from '../approval/close-step.ts'
import type { Timing } from '../approval/deadlines.ts'
import { openApproval, openHrStep } from '../approval/open-steps.ts'
import type { Step } from '../approval/step.ts'
import { BookingError } from '../booking-error.ts'
import type { Notice } from '../notification/notice.ts'
import { askNotices, type Telling } from '../notification/notices-for.ts'
import {
  changedTripNotices,
  changeRequestedNotices,
  changeWithdrawnNotices,
} from '../notification/notices-of-change.ts'
import type { Booking, BookingEvent, BookingEventType, NewBooking, Trip } from './booking.ts'
import { lastChange } from './last-change.ts'
import { waitingStep } from './next-due.ts'
import { nextStatus } from './status.ts'
import { advance, isMaterial, isSameTrip, openChange, openMatter, tripOf } from './trip-change.ts'

/** What becomes of a booking for which another trip is asked. */
export interface TripDecision {
  after: NewBooking
  type: BookingEventType
  /** What follows at once: a step that is skipped, say. */
  also: BookingEvent[]
  notices: (telling: Telling) => Notice[]
}

/**
 * What becomes of a booking whose requester asks for this trip instead; null where it is that trip already. What an approver
 * has to see starts the steps over, and leaves what is approved as it stands until then; what does not keeps its approval.
 * @throws BookingError `no_approver`, `not_possible_now`
 */
export function decideTripChange(before: Booking, to: Trip, deciders: Deciders, timing: Timing): TripDecision | null {
  const matter = openMatter(before)
  const isNoted = matter.status === 'changes_requested'
  if (openChange(before) && !isMaterial(before, to)) return dropProposal(before, to, timing.now)
  if (isSameTrip(matter.trip, to) && !isNoted) return null
  if (isMaterial(matter.trip, to)) return startOver(before, to, deciders, timing)
  if (isNoted) return resubmit(withTrip(before, to), deciders, timing)
  return before.status === 'approved' && !openChange(before)
    ? { after: replaced(before, to), type: 'booking.changed', also: [], notices: changedTripNotices }
    : { after: withTrip(before, to), type: 'booking.changed', also: [], notices: () => [] }
}

/** A booking that keeps its approval is the new trip, and keeps what it was before. */
function replaced(before: Booking, to: Trip): NewBooking {
  return { ...before, ...to, change: { status: 'approved', trip: tripOf(before) } }
}

/** What there is to decide, asked for so, with its steps as they are. */
function withTrip(before: Booking, trip: Trip): NewBooking {
  const change = openChange(before)
  return change ? { ...before, change: { ...change, trip } } : { ...before, ...trip }
}

/** The requester wants the booking as it stands after all, or a change that needs nobody. */
export function dropProposal(before: Booking, to: Trip, now: Date): TripDecision {
  const asked = before.steps.flatMap((step) => (step.status === 'open' ? step.asks.map((ask) => ask.person) : []))
  const dropped = { ...advance(before, 'cancel'), steps: superseded(before, now) }
  const withdrawn = changeWithdrawnNotices(asked)
  if (isSameTrip(before, to)) return { after: dropped, type: 'change.withdrawn', also: [], notices: withdrawn }
  return {
    after: replaced({ ...before, steps: dropped.steps }, to),
    type: 'booking.changed',
    also: [],
    notices: (telling) => [...changedTripNotices(telling), ...withdrawn(telling).filter(isNoRequester(telling))],
  }
}

function isNoRequester({ booking }: Telling) {
  return (notice: Notice) => notice.personId !== booking.requester.id
}

function startOver(before: Booking, to: Trip, deciders: Deciders, timing: Timing): TripDecision {
  const stands = before.status === 'approved'
  const isNoted = openMatter(before).status === 'changes_requested'
  const fresh = { ...before, round: before.round + 1, steps: superseded(before, timing.now) }
  const status = statusToStartFrom(before)
  const asked: NewBooking = stands
    ? { ...fresh, change: { status, trip: to } }
    : { ...fresh, ...to, status, change: { status: 'approved', trip: tripOf(before) } }
  const { booking, events } = openApproval(asked, deciders, timing)
  const type = isNoted ? 'booking.resubmitted' : stands ? 'change.requested' : 'booking.changed'
  return { after: booking, type, also: events, notices: changeRequestedNotices }
}

/** A change of what is approved is submitted like a request of its own. */
function statusToStartFrom(before: Booking) {
  const { status } = openMatter(before)
  const next =
    before.status === 'approved' && !openChange(before)
      ? nextStatus('draft', 'submit')
      : nextStatus(status, status === 'changes_requested' ? 'resubmit' : 'change')
  if (!next) throw new BookingError('not_possible_now', { bookingStatus: status, ...lastChange(before) })
  return next
}

/** Nothing else that matters was changed, so it goes back to the step that asked for it. */
function resubmit(booking: NewBooking, deciders: Deciders, timing: Timing): TripDecision {
  const type = 'booking.resubmitted'
  if (waitingStep(booking)?.kind === 'hr') {
    const after = openHrStep(advance(booking, 'resubmit_to_hr'), deciders, timing)
    return { after, type, also: [], notices: askNotices }
  }
  const { booking: after, events } = openApproval(advance(booking, 'resubmit'), deciders, timing)
  return { after, type, also: events, notices: askNotices }
}

function superseded(booking: Booking, closedAt: Date): Step[] {
  return closeOpenStep(booking.steps, { status: 'superseded', closedAt })
}
