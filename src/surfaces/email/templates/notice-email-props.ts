import type { NumberedFacts } from '../../view-models/notice-words.ts'

/** What every template is given. Times are shown in the reader's zone, as of `now`: when it happened. */
export interface NoticeEmailProps {
  facts: NumberedFacts
  reader: { name: string; zone: string; isRequester: boolean }
  /** Where the chat opens; null where there is no such address. */
  chatUrl: string | null
  now: Date
}
