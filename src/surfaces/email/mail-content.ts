import type { NoticeKind } from '../../core/notification/notice.ts'
import { carName, passengersPhrase, purposePhrase, travellersPhrase } from '../view-models/booking-words.ts'
import { formatLength, formatWindow } from '../view-models/format-window.ts'
import type { NumberedFacts } from '../view-models/notice-situation.ts'
import { type NoticeWords, noticeWords, toldTrip } from '../view-models/notice-words.ts'
import { shownFacts, type TripChange } from '../view-models/trip-changes.ts'
import { type CalendarMethod, calendarMethod } from './calendar.ts'

/** Something happened, and one person is told. Times are shown in the reader's zone, as of `now`: when it happened. */
export interface NoticeToTell {
  kind: NoticeKind
  facts: NumberedFacts
  reader: { personId: string; zone: string; isRequester: boolean }
  now: Date
}

export interface Fact {
  label: TripChange['label']
  value: string
}

/** Everything a mail says, whether it is drawn as HTML or as plain text. */
export interface MailContent {
  words: NoticeWords
  /** The trip, one fact a row, without what the changes tell already. */
  rows: Fact[]
  /** One sentence under the facts. */
  note: string | null
  /** What the attached file does to the reader's calendar. */
  calendar: CalendarMethod | null
  footer: string
}

const FOOTER = "Motorpool books the company's shared cars. Answers are given in chat, never by mail."

/** Works out what a mail says. */
export function mailContent({ kind, facts, reader, now }: NoticeToTell): MailContent {
  const words = noticeWords(kind, facts, reader.zone, now, reader)
  const calendar = calendarMethod(kind, facts, reader)
  return {
    words,
    rows: kind === 'check_found' ? [] : tripRows({ kind, facts, reader, now }, words.changes),
    note: calendar && `The attached file ${CALENDAR_NOTES[calendar](kind)} your calendar.`,
    calendar,
    footer: FOOTER,
  }
}

const CALENDAR_NOTES: Record<CalendarMethod, (kind: NoticeKind) => string> = {
  REQUEST: (kind) => (kind === 'booking_approved' ? 'puts the trip in' : 'changes the trip in'),
  CANCEL: () => 'takes the trip out of',
}

/** The trip: when, which car, where to, who; and why, for those who decide. */
function tripRows({ kind, facts, reader, now }: NoticeToTell, changes: TripChange[]): Fact[] {
  const trip = toldTrip(kind, facts)
  const { window, vehicle, destination, travellers, passengers } = shownFacts(trip)
  const when = formatWindow(window, reader.zone, vehicle.siteTimeZone, now)
  const aboard = passengers > travellers.length ? `\n${passengersPhrase(passengers)} aboard` : ''
  const details = trip.details.trim()
  const rows: Fact[] = [
    { label: 'When', value: `${when}\n${formatLength(window)}` },
    { label: 'Car', value: `${carName(vehicle)}, ${vehicle.siteName}` },
    { label: 'Where', value: destination },
    { label: 'Who', value: `${travellersPhrase(travellers)}${aboard}` },
    ...(isAsking(kind) ? [{ label: 'Why' as const, value: purposePhrase(trip) }] : []),
    ...(isAsking(kind) && details !== '' ? [{ label: 'Note' as const, value: details }] : []),
  ]
  const changed = new Set(changes.map(({ label }) => label))
  return rows.filter(({ label }) => !changed.has(label))
}

/** Only people who decide read why, and the details. */
function isAsking(kind: NoticeKind): boolean {
  return kind === 'approval_needed' || kind === 'approval_reminder'
}
