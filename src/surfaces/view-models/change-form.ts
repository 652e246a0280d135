import type { Booking } from '../../core/booking/booking.ts'
import { waitingStep } from '../../core/booking/next-due.ts'
import { openChange, openMatter } from '../../core/booking/trip-change.ts'
import { bookingName } from './booking-words.ts'
import { formatDateTime } from './format-window.ts'

/** What a form for changing a booking is called, and what it says before anything is changed. Plain text. */
export interface ChangeFormWords {
  title: 'Change booking' | 'Change request'
  lines: string[]
}

const NEEDS_NOBODY = 'a shorter trip within the same hours, who comes along and the details'

/** `zone` is the reader's (IANA). */
export function changeFormWords(booking: Booking, zone: string, now: Date): ChangeFormWords {
  const stands = booking.status === 'approved'
  const matter = openMatter(booking)
  return {
    title: stands ? 'Change booking' : 'Change request',
    lines: matter.status === 'changes_requested' ? askedLines(booking, zone, now) : [meaning(booking)],
  }
}

/** What sending the form does to this booking. */
function meaning(booking: Booking): string {
  const name = bookingName(booking.number)
  if (openChange(booking)) {
    return `${name} stands as it is until its change is approved. The form shows the change you asked for; what you send takes its place, and is asked anew where it differs in more than ${NEEDS_NOBODY}.`
  }
  if (booking.status === 'approved') {
    return `${name} stands as it is, with its car, until the change is approved. What needs no approval changes at once: ${NEEDS_NOBODY}.`
  }
  return `${name} starts again with the first approver, and its car stays held. What needs no approval changes at once: ${NEEDS_NOBODY}.`
}

/** Who asked for a change, with their note, until when, and what an answer does. */
function askedLines(booking: Booking, zone: string, now: Date): string[] {
  const step = waitingStep(booking)
  if (!step) return []
  const who = step.decidedBy?.name ?? 'An approver'
  const due = step.dueAt && formatDateTime(step.dueAt, zone, booking.requester.site.timeZone, now)
  const otherwise = openChange(booking) ? 'the change lapses and your booking stays as it is' : 'your request expires'
  return [
    `${who} asks for a change: “${step.comment ?? ''}”`,
    ...(due ? [`Please answer by ${due}; after that, ${otherwise}.`] : []),
    `What you send goes back to ${step.kind === 'hr' ? 'HR' : 'the manager'}; with another time, destination, car or purpose it starts again with the first approver.`,
  ]
}

/** When a form says nothing new. */
export const NOTHING_CHANGED = 'Nothing is different from what your booking says already.'
