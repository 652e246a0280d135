import type { KnownBlock } from '@slack/types'
import { tripsTitle } from '../../view-models/lists.ts'
import type { TripEntry } from '../../view-models/trip-entry.ts'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, escaped, mrkdwn, sections } from '../mrkdwn.ts'
import { cancelButton, type SlackMessage } from './booking-card-message.ts'
import { fittingEntries } from './fitting-blocks.ts'
import { listBlockId } from './list-blocks.ts'

const TO_BOOK = 'Type `/book-car` to book a car.'

/** Somebody's next trips, with a button to cancel where they may. `notice`: why a press in the list did not count; `more`: how many trips follow these. */
export function tripListMessage(trips: TripEntry[], notice: string | null, more = 0): SlackMessage {
  const title = tripsTitle(trips.length)
  const { blocks, left } = fittingEntries(trips.map((trip) => [tripBlock(trip)]))
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

function tripBlock({ bookingId, text, role, cancel }: TripEntry): KnownBlock {
  return {
    type: 'section',
    block_id: listBlockId('mine', bookingId),
    text: mrkdwn(clippedMrkdwn(`${escaped(text)}\n${escaped(role)}`, LIMITS.sectionText)),
    ...(cancel && { accessory: cancelButton(cancel) }),
  }
}
