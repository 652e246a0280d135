import type { KnownBlock } from '@slack/types'
import type { ListLook } from '../../view-models/list-look.ts'
import { type TripList, tripsTitle } from '../../view-models/lists.ts'
import type { TripEntry } from '../../view-models/trip-entry.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, mrkdwn, sections } from '../mrkdwn.ts'
import { tripButtons } from './booking-buttons.ts'
import type { SlackMessage } from './booking-card-message.ts'
import { fittingEntries } from './fitting-blocks.ts'
import { listBlockId } from './list-blocks.ts'
import { pageBlocks } from './page-buttons.ts'

const TO_BOOK = 'Type `/book-car` to book a car.'

/** A page of somebody's next trips, with what they may do with them. `notice`: why a press in the list did not count. */
export function tripListMessage({ trips, offset = 0, more }: TripList, notice: string | null): SlackMessage {
  const ahead = trips.filter(({ isOver }) => !isOver).length
  const title = tripsTitle(offset + ahead + more)
  const draw = (shown: TripEntry[]) => shown.map((trip) => tripBlocks(trip, { offset, rows: idsOf(shown) }))
  const { left } = fittingEntries(draw(trips))
  const shown = trips.slice(0, trips.length - left)
  const gone = shown.filter(({ isOver }) => isOver).length
  return {
    text: notice === null ? title : escaped(notice),
    blocks: [
      ...(notice === null ? [] : sections(`:warning: ${escaped(notice)}`)),
      ...sections(trips.length === 0 ? `${title}. ${TO_BOOK}` : `*${title}*`),
      ...draw(shown).flat(),
      ...pageBlocks('mine', { offset, shown: shown.length, gone, more: left + more }),
    ],
  }
}

function idsOf(trips: TripEntry[]): string[] {
  return trips.map(({ bookingId }) => bookingId)
}

function tripBlocks(trip: TripEntry, look: ListLook): KnownBlock[] {
  const { bookingId, text, role, note } = trip
  const lines = [text, ...(role ? [role] : []), ...(note ? [note] : [])].map(escaped)
  const elements = tripButtons(trip)
  const blockId = listBlockId('mine', bookingId, look)
  return [
    { type: 'section', text: mrkdwn(clippedMrkdwn(lines.join('\n'), LIMITS.sectionText)) },
    ...(elements.length > 0 ? [{ type: 'actions' as const, block_id: blockId, elements }] : []),
  ]
}
