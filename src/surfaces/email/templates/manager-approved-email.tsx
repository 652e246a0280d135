import { EmailLayout } from './email-layout.tsx'
import type { NoticeEmailProps } from './notice-email-props.ts'
import { previewProps } from './preview-props.ts'

/** To the requester: the first half is done, HR is next. */
export function ManagerApprovedEmail(props: NoticeEmailProps) {
  return <EmailLayout kind="manager_approved" tone="waiting" {...props} />
}

ManagerApprovedEmail.PreviewProps = previewProps({
  actorName: 'Mara Lindt',
  comment: 'Fine with me. Please bring the demo kit back on the same day.',
  waitingFor: ['Jo Meyer', 'Kim Novak', 'Ines Costa'],
})
