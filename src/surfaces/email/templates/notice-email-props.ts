import type { NoticeKind } from '../../../core/notification/notice.ts'
import type { NumberedFacts } from '../../view-models/notice-situation.ts'

/** What a mail is made from. Times are shown in the reader's zone, as of `now`: when it happened. */
export interface NoticeEmailProps {
  kind: NoticeKind
  facts: NumberedFacts
  reader: { name: string; zone: string; isRequester: boolean }
  /** Where the chat opens; null where there is no such address. */
  chatUrl: string | null
  now: Date
}
