import { calendarMethod } from '../calendar.ts'
import { EmailLayout, EmailNote } from './email-layout.tsx'
import type { NoticeEmailProps } from './notice-email-props.ts'
import { previewProps } from './preview-props.ts'

/** To everybody concerned: who called it off. Carries the calendar's cancellation where there was an entry. */
export function BookingCancelledEmail(props: NoticeEmailProps) {
  const inCalendar = calendarMethod('booking_cancelled', props.facts, props.reader) !== null
  return (
    <EmailLayout kind="booking_cancelled" tone="gone" {...props}>
      {inCalendar ? <EmailNote>The attached file takes the trip out of your calendar.</EmailNote> : null}
    </EmailLayout>
  )
}

BookingCancelledEmail.PreviewProps = {
  ...previewProps({ actorName: 'Anna Schmidt', wasApproved: true, sequence: 4, waitingFor: [], dueAt: null }),
  reader: { name: 'Ben Koch', zone: 'Europe/Berlin', isRequester: false },
} satisfies NoticeEmailProps
