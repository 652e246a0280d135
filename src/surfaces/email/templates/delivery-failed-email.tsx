import { EmailLayout } from './email-layout.tsx'
import type { NoticeEmailProps } from './notice-email-props.ts'
import { previewProps } from './preview-props.ts'

/** To the admins: somebody cannot be reached, or nobody on a channel. */
export function DeliveryFailedEmail(props: NoticeEmailProps) {
  return <EmailLayout kind="delivery_failed" tone="bad" {...props} />
}

DeliveryFailedEmail.PreviewProps = previewProps({
  undelivered: { name: 'Mara Lindt', channel: 'slack' },
  comment: 'no full member of this Slack has their email address',
})
