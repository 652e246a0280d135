import type { NoticeKind, TripFacts } from '../../core/notification/notice.ts'
import { bookingName, carName } from './booking-words.ts'
import { formatDateTime, formatWindow } from './format-window.ts'
import { HEADLINE, SUBJECT } from './notice-headlines.ts'
import { REMARKS } from './notice-remarks.ts'
import type { NumberedFacts, Situation } from './notice-situation.ts'
import { changeLine, shownFacts, type TripChange, tripChanges } from './trip-changes.ts'

export interface NoticeWords {
  /** One line, without anything a person typed at length. */
  subject: string
  headline: string
  /** Car, window and destination in one line; of a report that is about no trip, what it says, in one line. */
  trip: string
  /** What a change changes, or changed: old beside new. */
  changes: TripChange[]
  /** What there is to say beyond the trip: why, who is next, until when. May be empty. */
  remarks: string[]
  /** All of it: with the headline, the whole message. */
  lines: string[]
}

/**
 * The one short text of a notice, the same on every channel. It says nothing relative to today, since it is read later.
 * Plain text: whatever a person typed is in it as typed, and each channel escapes it its own way.
 * @param zone the reader's zone (IANA), `now` when it happened (for the year)
 */
export function noticeWords(
  kind: NoticeKind,
  facts: NumberedFacts,
  zone: string,
  now: Date,
  reader: { isRequester: boolean },
): NoticeWords {
  const told = toldTrip(kind, facts)
  const { window, vehicle } = shownFacts(told)
  const when = formatWindow(window, zone, vehicle.siteTimeZone, now)
  const moment = (at: string) => formatDateTime(new Date(at), zone, vehicle.siteTimeZone, now)
  const due = facts.dueAt === null ? null : moment(facts.dueAt)
  const departure = moment(departureOf(facts))
  const name = bookingName(facts.number)
  const isOverdue = facts.dueAt !== null && Date.parse(facts.dueAt) <= +now
  const situation: Situation = { facts, name, isRequester: reader.isRequester, due, isOverdue, departure, now }
  const remarks = REMARKS[kind](situation).filter((line) => line !== '')
  const said = { headline: HEADLINE[kind](situation), remarks }
  const subject = SUBJECT[kind](situation)
  if (kind === 'check_found') {
    return { ...said, subject: oneLine(subject), trip: remarks.join(' '), changes: [], lines: remarks }
  }
  const trip = `${carName(vehicle)}, ${when}, ${told.destination}`
  const changes = changesTold(kind, facts, zone, now).filter(({ label }) => !isPrivate(kind, label, reader))
  return {
    ...said,
    subject: oneLine(`${subject}: ${vehicle.name}, ${when}`),
    trip,
    changes,
    lines: [trip, ...changes.map(changeLine), ...remarks],
  }
}

/** Returns when what is asked for expires: neither trip may have begun. */
function departureOf({ startsAt, proposed }: NumberedFacts): string {
  return proposed && proposed.startsAt < startsAt ? proposed.startsAt : startsAt
}

type Told = 'asked' | 'stands' | 'left'

/** Which trip a notice is about: what is asked for, what stands, or what is no longer theirs. */
const TOLD: Record<NoticeKind, Told> = {
  booking_requested: 'asked',
  approval_needed: 'asked',
  approval_reminder: 'asked',
  manager_approved: 'asked',
  booking_approved: 'stands',
  booking_rejected: 'stands',
  booking_cancelled: 'stands',
  booking_expired: 'stands',
  booking_changed: 'stands',
  change_requested: 'asked',
  change_approved: 'stands',
  change_rejected: 'stands',
  change_withdrawn: 'stands',
  change_expired: 'stands',
  changes_requested: 'asked',
  change_reminder: 'asked',
  trip_left: 'left',
  step_escalated: 'asked',
  step_unanswered: 'asked',
  step_overdue: 'asked',
  delivery_failed: 'stands',
  check_found: 'stands',
}

export function toldTrip(kind: NoticeKind, facts: NumberedFacts): TripFacts {
  const other = { asked: facts.proposed, stands: undefined, left: facts.former }[TOLD[kind]]
  return other ?? facts
}

/** Those for whom old and new matter side by side: who decides about a change, and who has to know of it. */
const SHOWS_CHANGES: ReadonlySet<NoticeKind> = new Set<NoticeKind>([
  'approval_needed',
  'approval_reminder',
  'booking_changed',
  'change_requested',
  'change_approved',
])

/** True for why the requester travels and their note, if the reader neither decides about it nor is the requester. */
function isPrivate(kind: NoticeKind, label: TripChange['label'], reader: { isRequester: boolean }): boolean {
  if (label !== 'Why' && label !== 'Note') return false
  return !reader.isRequester && kind !== 'approval_needed' && kind !== 'approval_reminder'
}

function changesTold(kind: NoticeKind, facts: NumberedFacts, zone: string, now: Date): TripChange[] {
  const { proposed, former } = facts
  if (!SHOWS_CHANGES.has(kind) || (!proposed && !former)) return []
  return tripChanges(shownFacts(proposed ? facts : (former ?? facts)), shownFacts(proposed ?? facts), zone, now)
}

/** A line break in a name must not become a second header of a mail. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
