import type { NoticeKind } from '../../../core/notification/notice.ts'
import { purposePhrase } from '../../view-models/booking-words.ts'
import { toldTrip } from '../../view-models/notice-words.ts'
import { calendarMethod } from '../calendar.ts'
import { EmailLayout, EmailNote } from './email-layout.tsx'
import type { EmailTone } from './email-style.ts'
import type { NoticeEmailProps } from './notice-email-props.ts'

/** The mail of a notice, whatever its kind: the words say what it is about, its edge how it is meant. */
export function NoticeEmail(props: NoticeEmailProps) {
  const { kind, facts, reader } = props
  const method = calendarMethod(kind, facts, reader)
  return (
    <EmailLayout tone={TONES[kind]} moreFacts={isAsking(kind) ? purpose(props) : []} {...props}>
      {method ? <EmailNote>{`The attached file ${CALENDAR_NOTES[method](kind)} your calendar.`}</EmailNote> : null}
    </EmailLayout>
  )
}

const TONES: Record<NoticeKind, EmailTone> = {
  booking_requested: 'waiting',
  approval_needed: 'asking',
  approval_reminder: 'asking',
  manager_approved: 'waiting',
  booking_approved: 'good',
  booking_rejected: 'bad',
  booking_cancelled: 'gone',
  booking_expired: 'gone',
  booking_changed: 'good',
  change_requested: 'waiting',
  change_approved: 'good',
  change_rejected: 'bad',
  change_withdrawn: 'gone',
  change_expired: 'gone',
  changes_requested: 'asking',
  change_reminder: 'asking',
  trip_left: 'gone',
  step_escalated: 'waiting',
  step_unanswered: 'waiting',
  delivery_failed: 'bad',
  check_found: 'bad',
}

const CALENDAR_NOTES = {
  REQUEST: (kind: NoticeKind) => (kind === 'booking_approved' ? 'puts the trip in' : 'changes the trip in'),
  CANCEL: () => 'takes the trip out of',
}

function isAsking(kind: NoticeKind): boolean {
  return kind === 'approval_needed' || kind === 'approval_reminder'
}

/** Only who decides reads why, and the details. */
function purpose({ kind, facts }: NoticeEmailProps) {
  const trip = toldTrip(kind, facts)
  const details = trip.details.trim()
  return [
    { label: 'Why' as const, value: purposePhrase(trip) },
    ...(details === '' ? [] : [{ label: 'Note' as const, value: details }]),
  ]
}
