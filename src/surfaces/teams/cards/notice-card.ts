import type { NoticeWords } from '../../view-models/notice-words.ts'
import type { AdaptiveCard } from './adaptive-card.ts'
import { card, line, under } from './parts.ts'

/** An outcome in a short new message, since changing a card pings nobody. */
export function noticeCard({ headline, lines }: Pick<NoticeWords, 'headline' | 'lines'>): AdaptiveCard {
  return card([headline, ...lines].join('. '), [
    line(headline, { weight: 'bolder' }),
    ...lines.map((text) => under(text)),
  ])
}
