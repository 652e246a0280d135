import { EmailLayout } from './email-layout.tsx'
import type { NoticeEmailProps } from './notice-email-props.ts'
import { previewProps } from './preview-props.ts'

/** To the requester: who said no, and why. */
export function BookingRejectedEmail(props: NoticeEmailProps) {
  return <EmailLayout kind="booking_rejected" tone="bad" {...props} />
}

BookingRejectedEmail.PreviewProps = previewProps({
  actorName: 'Mara Lindt',
  comment: 'The train takes two hours and stops next door.\nPlease book a ticket instead.',
  waitingFor: [],
  dueAt: null,
})
