import type { NoticeWords } from '../../view-models/notice-words.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, sections } from '../mrkdwn.ts'
import type { SlackMessage } from './booking-card-message.ts'

/** An outcome in a short new message, since changing a card pings nobody. */
export function noticeMessage({ headline, lines }: Pick<NoticeWords, 'headline' | 'lines'>): SlackMessage {
  const body = [`*${escaped(headline)}*`, ...lines.map(escaped)].join('\n')
  return {
    text: clippedMrkdwn(escaped([headline, ...lines].join('. ')), LIMITS.messageText),
    blocks: sections(body),
  }
}
