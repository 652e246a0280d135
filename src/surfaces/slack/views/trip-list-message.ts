import type { KnownBlock } from '@slack/types'
import { tripsTitle } from '../../view-models/lists.ts'
import type { TripEntry } from '../../view-models/trip-entry.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, mrkdwn, sections } from '../mrkdwn.ts'
import { tripButtons } from './booking-buttons.ts'
import type { SlackMessage } from './booking-card-message.ts'
import { fittingEntries } from './fitting-blocks.ts'
import { listBlockId } from './list-blocks.ts'

const TO_BOOK = 'Type `/book-car` to book a car.'

/** Somebody's next trips, with what they may do with them. `notice`: why a press in the list did not count; `more`: how many trips follow these. */
export function tripListMessage(trips: TripEntry[], notice: string | null, more = 0): SlackMessage {
  const title = tripsTitle(trips.length)
  const { blocks, left } = fittingEntries(trips.map(tripBlocks))
  return {
    text: notice === null ? title : escaped(notice),
    blocks: [
      ...(notice === null ? [] : sections(`:warning: ${escaped(notice)}`)),
      ...sections(trips.length === 0 ? `${title}. ${TO_BOOK}` : `*${title}*`),
      ...blocks,
      ...(left + more > 0 ? sections(leftOut(left + more)) : []),
    ],
  }
}

function leftOut(trips: number): string {
  return `${trips === 1 ? '1 more is' : `${trips} more are`} not shown. Motorpool’s Home has all your bookings.`
}

function tripBlocks(trip: TripEntry): KnownBlock[] {
  const { bookingId, text, role, note } = trip
  const lines = [text, role, ...(note ? [note] : [])].map(escaped)
  const elements = tripButtons(trip)
  return [
    { type: 'section', text: mrkdwn(clippedMrkdwn(lines.join('\n'), LIMITS.sectionText)) },
    ...(elements.length > 0 ? [{ type: 'actions' as const, block_id: listBlockId('mine', bookingId), elements }] : []),
  ]
}
