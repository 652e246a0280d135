import { EmailLayout } from './email-layout.tsx'
import type { NoticeEmailProps } from './notice-email-props.ts'
import { previewProps } from './preview-props.ts'

/** To the requester: the request is in, and who is asked. */
export function BookingRequestedEmail(props: NoticeEmailProps) {
  return <EmailLayout kind="booking_requested" tone="waiting" {...props} />
}

BookingRequestedEmail.PreviewProps = previewProps()
