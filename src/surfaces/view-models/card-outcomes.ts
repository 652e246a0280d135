import type { Step } from '../../core/approval/step.ts'
import type { Booking, BookingEvent, BookingEventType } from '../../core/booking/booking.ts'
import { bookingStatusWords, fullStop } from './booking-words.ts'
import { namesPhrase } from './notice-situation.ts'
import { SKIP_WORDS } from './oddity-words.ts'

/** Something that was decided, or otherwise happened: who, what, when, why. */
export interface Outcome {
  mark: 'good' | 'bad' | 'neutral'
  text: string
}

/** How a card tells a moment to its reader. */
export type Moment = (at: Date) => string

type Dated = Outcome & { at: Date }

/** What became of a booking until now, a line each, in order: of the round that approved it, and of the present one. */
export function outcomesOf(booking: Booking, moment: Moment): Outcome[] {
  const approving = approvingRound(booking)
  const steps = booking.steps
    .filter(({ round }) => round === booking.round || round === approving)
    .flatMap((step): Dated[] => {
      const isOfChange = approving !== null && step.round > approving
      const outcomes = [escalated(step, moment), closed(booking, step, isOfChange, moment)]
      return outcomes.flatMap((outcome) => outcome ?? [])
    })
  const all = [...eventsTold(booking, moment), ...steps].toSorted((a, b) => +a.at - +b.at)
  const outcomes = all.map(({ mark, text }): Outcome => ({ mark, text }))
  return booking.status === 'no_show'
    ? [...outcomes, { mark: 'bad', text: bookingStatusWords(booking.status) }]
    : outcomes
}

/** The last round in which the booking was approved as it stood before the present one. */
function approvingRound({ steps, round }: Booking): number | null {
  const approving = steps.filter((step) => step.kind === 'hr' && step.status === 'approved' && step.round < round)
  return approving.at(-1)?.round ?? null
}

function escalated(step: Step, moment: Moment): Dated | null {
  const at = step.escalatedAt
  if (!at) return null
  const missed = step.passedOn.filter((ask) => +ask.at === +at).map(({ person }) => person.name)
  const text =
    step.kind === 'hr' || missed.length === 0
      ? `Nobody answered by ${moment(at)}, so the admins are asked too`
      : `Passed on, since ${namesPhrase(missed)} did not answer by ${moment(at)}`
  return { mark: 'neutral', at, text }
}

function closed(booking: Booking, step: Step, isOfChange: boolean, moment: Moment): Dated | null {
  const at = step.closedAt
  if (!at) return null
  const when = moment(at)
  const why = step.comment ? `: “${step.comment}”` : ''
  switch (step.status) {
    case 'skipped':
      return step.skipReason && { mark: 'neutral', at, text: SKIP_WORDS[step.skipReason] }
    case 'approved':
      return {
        mark: 'good',
        at,
        text: `${isOfChange ? 'Change approved' : 'Approved'} by ${decider(step)}, ${when}${why}`,
      }
    case 'rejected': {
      const text = `${isOfChange ? 'Change rejected' : 'Rejected'} by ${decider(step)}, ${when}${why}`
      return { mark: 'bad', at, text: isOfChange ? `${text}${fullStop(step.comment)} ${STANDS}` : text }
    }
    case 'changes_requested':
      return { mark: 'neutral', at, text: `${decider(step)} asked for a change, ${when}${why}` }
    case 'unanswered':
      return endedWith(booking, at)
        ? null
        : { mark: 'neutral', at, text: `${unanswered(step)} did not answer by ${when}` }
    case 'open':
    case 'superseded':
      return null
  }
}

const STANDS = 'The booking stands as it was.'

/** "Mara Lindt as manager", "Hanna Weber for HR", "Tom Berg for Mara Lindt". */
function decider(step: Step): string {
  const name = step.decidedBy?.name ?? ''
  const principal = step.asks.find(({ person }) => person.id === step.decidedBy?.id)?.onBehalfOf
  if (principal) return `${name} for ${principal.name}`
  const missed = step.passedOn.filter((ask) => +ask.at === +(step.escalatedAt ?? NaN))
  if (step.kind === 'manager' && missed.length > 0) {
    return `${name} in place of ${namesPhrase(missed.map(({ person }) => person.name))}`
  }
  return `${name} ${step.kind === 'hr' ? 'for HR' : 'as manager'}`
}

function unanswered(step: Step): string {
  return namesPhrase(step.asks.map(({ person }) => person.name))
}

/** Whether the booking, or its change, expired at that moment: that says it all. */
function endedWith({ events }: Booking, at: Date): boolean {
  return events.some(
    ({ type, at: ended }) => (type === 'booking.expired' || type === 'change.expired') && +ended === +at,
  )
}

/** What there is to tell beside the steps. Of each kind the last one counts, and only since the present round began. */
function eventsTold(booking: Booking, moment: Moment): Dated[] {
  const since = roundBegan(booking)
  return TOLD.flatMap((type) => {
    const event = booking.events.findLast((one) => one.type === type)
    return event && isOfPresentRound(event, since) ? told(booking, type, event, moment) : []
  })
}

/** What ended a change, as the round before this one, is of the past. */
function isOfPresentRound({ type, at }: BookingEvent, since: number): boolean {
  return type === 'change.withdrawn' || type === 'change.expired' ? +at > since : +at >= since
}

const TOLD = [
  'booking.changed',
  'booking.resubmitted',
  'change.withdrawn',
  'change.expired',
  'booking.expired',
  'booking.cancelled',
] as const satisfies BookingEventType[]

function told(booking: Booking, type: (typeof TOLD)[number], event: BookingEvent, moment: Moment): Dated {
  const { at } = event
  const by = event.actor ? ` by ${event.actor.name}` : ''
  const when = moment(at)
  switch (type) {
    case 'booking.changed': {
      const anew = isAskedAnew(booking, event)
      return { mark: 'neutral', at, text: `Changed${by}, ${when}${anew ? ': asked anew' : ''}` }
    }
    case 'booking.resubmitted':
      return { mark: 'neutral', at, text: `Sent again${by}, ${when}` }
    case 'change.withdrawn':
      return { mark: 'neutral', at, text: `Change withdrawn${by}, ${when}. ${STANDS}` }
    case 'change.expired':
      return { mark: 'bad', at, text: `The change expired, ${when}: ${whyExpired(booking)}. ${STANDS}` }
    case 'booking.expired':
      return { mark: 'bad', at, text: `Expired, ${when}: ${whyExpired(booking)}` }
    case 'booking.cancelled': {
      // Only somebody's leaving cancels without anybody.
      const why = event.actor ? '' : `: ${booking.requester.name} has left`
      return { mark: 'bad', at, text: `Cancelled${by}, ${when}${why}` }
    }
  }
}

/** A note that was not answered stays the last word. */
function whyExpired({ steps, requester }: Booking): string {
  return steps.at(-1)?.status === 'changes_requested'
    ? `${requester.name} did not answer in time`
    : 'nobody decided before the departure'
}

function isAskedAnew({ steps, round }: Booking, { at }: BookingEvent): boolean {
  return steps.some((step) => step.round < round && step.status === 'superseded' && +(step.closedAt ?? 0) === +at)
}

/** As milliseconds. A round ends at the moment in which the next one begins, or when its owner was asked for a change. */
function roundBegan({ steps, round }: Booking): number {
  const ended = steps.filter((step) => step.round < round).map(({ closedAt }) => Number(closedAt))
  return Math.max(0, ...ended)
}
