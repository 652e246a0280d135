import ical, { ICalAttendeeStatus, ICalCalendarMethod, ICalEventStatus } from 'ical-generator'
import type { NoticeFacts, NoticeKind } from '../../core/notification/notice.ts'
import { carName, travellersPhrase } from '../view-models/booking-words.ts'
import type { NumberedFacts } from '../view-models/notice-situation.ts'

export type CalendarMethod = 'REQUEST' | 'CANCEL'

/** A name as people read it, and an address. */
export interface Mailbox {
  name: string
  email: string
}

/**
 * What a mail does to its reader's calendar, if anything. Only a trip that was promised is in calendars, and only in
 * those of the people on it: whoever was asked to decide never got an entry that could be cancelled.
 */
export function calendarMethod(
  kind: NoticeKind,
  facts: NoticeFacts,
  reader: { personId: string; isRequester: boolean },
): CalendarMethod | null {
  const inForce = kind === 'booking_approved' || kind === 'booking_changed' || kind === 'change_approved'
  if (inForce) return 'REQUEST'
  if (kind === 'trip_left') return 'CANCEL'
  if (kind !== 'booking_cancelled' || !facts.wasApproved) return null
  // A name would not do, for two people may share one: facts from before ids were kept take nothing out of a companion's.
  const travels = facts.travellers.some(({ personId }) => personId === reader.personId)
  return reader.isRequester || travels ? 'CANCEL' : null
}

/**
 * The trip as an iCalendar object with times in UTC: the same UID each time, with a growing SEQUENCE, so that a later
 * file changes or cancels what an earlier one put there.
 * @param at when it happened, the DTSTAMP
 * @see https://www.rfc-editor.org/rfc/rfc5546#section-3.2.2 REQUEST, and 3.2.5 CANCEL
 */
export function calendarFile(
  facts: NumberedFacts,
  method: CalendarMethod,
  reader: Mailbox,
  organizer: Mailbox,
  at: Date,
): string {
  const cancelled = method === 'CANCEL'
  const calendar = ical({
    prodId: { company: 'Motorpool', product: 'Motorpool' },
    method: cancelled ? ICalCalendarMethod.CANCEL : ICalCalendarMethod.REQUEST,
  })
  const event = calendar.createEvent({
    id: `booking-${facts.bookingId}@motorpool`,
    sequence: facts.sequence,
    stamp: at,
    start: new Date(facts.startsAt),
    end: new Date(facts.endsAt),
    summary: oneLine(`${carName(facts.vehicle)}: ${facts.destination}`),
    location: oneLine(facts.destination),
    description: description(facts),
    status: cancelled ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
    organizer: { name: commonName(organizer), email: organizer.email },
  })
  event.createAttendee({
    name: commonName(reader),
    email: reader.email,
    status: ICalAttendeeStatus.ACCEPTED,
    rsvp: false,
  })
  // RFC 5545, 3.1: every line ends in CRLF, the last one too.
  return `${calendar.toString()}\r\n`
}

/** Says no more than the mail does: the requester's note is for those who decide. */
function description(facts: NumberedFacts): string {
  return [
    `Booking #${facts.number}`,
    `Car: ${carName(facts.vehicle)}, at ${facts.vehicle.siteName}`,
    `Who: ${travellersPhrase(facts.travellers)}`,
  ].join('\n')
}

/** A parameter's value may hold no double quote, and has no way to escape one (RFC 5545, 3.1). */
function commonName({ name }: Mailbox): string {
  return oneLine(name).replaceAll('"', "'")
}

function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
