import { EmailLayout, EmailNote } from './email-layout.tsx'
import type { NoticeEmailProps } from './notice-email-props.ts'
import { previewProps } from './preview-props.ts'

/** To the requester and the colleagues coming along; carries the calendar entry. */
export function BookingApprovedEmail(props: NoticeEmailProps) {
  return (
    <EmailLayout kind="booking_approved" tone="good" {...props}>
      <EmailNote>The attached file puts the trip in your calendar.</EmailNote>
    </EmailLayout>
  )
}

BookingApprovedEmail.PreviewProps = previewProps({
  actorName: 'Jo Meyer',
  comment: 'Have a good trip.',
  waitingFor: [],
  dueAt: null,
})
