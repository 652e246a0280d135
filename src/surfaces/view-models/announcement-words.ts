import type { Booking } from '../../core/booking/booking.ts'
import type { Announcement } from '../../core/notification/delivery.ts'
import type { NoticeKind } from '../../core/notification/notice.ts'
import { bookingName } from './booking-words.ts'
import { noticeWords } from './notice-words.ts'

/** Of these the card itself says all but what happened. */
const SAID_BY_THE_CARD: ReadonlySet<NoticeKind> = new Set<NoticeKind>(['approval_needed', 'changes_requested'])

/** Returns what a card that is posted again says first, as the notice says it: what happened, then what there is to do. */
export function announcementWords({ kind, facts, isRequester, createdAt }: Announcement, zone: string): string[] {
  const { headline, remarks } = noticeWords(kind, facts, zone, new Date(createdAt), { isRequester })
  return [headline, ...(SAID_BY_THE_CARD.has(kind) ? [] : remarks)]
}

/** Returns what is left of a message whose card was posted again. */
export function movedWords({ number }: Pick<Booking, 'number'>): string {
  return `Booking ${bookingName(number)} has moved to a newer message below.`
}
