import type { NoticeKind } from '../../../core/notification/notice.ts'
import type { NumberedFacts } from '../../view-models/notice-situation.ts'
import type { ChatLink } from '../chat-link.ts'
import type { MailContent } from '../mail-content.ts'

/** What a mail is drawn from. */
export interface NoticeEmailProps {
  kind: NoticeKind
  /** What people typed, which keeps its own direction within our sentences. */
  facts: NumberedFacts
  content: MailContent
  /** Where the reader's chat opens; null where there is no such address. */
  chat: ChatLink | null
}
