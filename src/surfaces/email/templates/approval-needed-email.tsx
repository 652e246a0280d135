import { REASON_WORDS, TYPE_WORDS } from '../../view-models/booking-words.ts'
import { EmailLayout } from './email-layout.tsx'
import type { NoticeEmailProps } from './notice-email-props.ts'
import { previewProps } from './preview-props.ts'

/** To everybody asked to decide: who wants what, and until when an answer is needed. */
export function ApprovalNeededEmail(props: NoticeEmailProps) {
  const { type, reason, details } = props.facts
  const moreFacts = [
    { label: 'Why', value: `${TYPE_WORDS[type]}: ${REASON_WORDS[reason].toLowerCase()}` },
    ...(details.trim() === '' ? [] : [{ label: 'Details', value: details.trim() }]),
  ]
  return <EmailLayout kind="approval_needed" tone="asking" moreFacts={moreFacts} {...props} />
}

ApprovalNeededEmail.PreviewProps = {
  ...previewProps({
    actorName: 'Mara Lindt',
    comment: 'Fine with me.',
    waitingFor: ['Jo Meyer', 'Kim Novak'],
  }),
  reader: { name: 'Jo Meyer', zone: 'Europe/Lisbon', isRequester: false },
} satisfies NoticeEmailProps
