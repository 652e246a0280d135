import { HISTORY_FILTERS } from '../../../core/booking/overview.ts'
import { clipped } from '../../view-models/clipped.ts'
import { FILTER_WORDS, type Home } from '../../view-models/home.ts'
import { type TripList, tripsTitle } from '../../view-models/lists.ts'
import type { TripEntry } from '../../view-models/trip-entry.ts'
import type { AdaptiveCard, Element, Execute } from './adaptive-card.ts'
import { cancelAction, execute, ownActions, row, type ShownList } from './booking-actions.ts'
import { DRAFTS } from './draft-list-card.ts'
import { pageElements } from './page-actions.ts'
import { card, fittingCard, heading, line, remarks, under } from './parts.ts'

export const HISTORY_PAGE = 'history.page'
export const HISTORY_FILTER = 'history.filter'
/** The id of the input; what is chosen there replaces the filter in the button's data. */
const FILTER = 'filter'

type History = Home['history']

/** How much of a line about a booking is shown, in characters. */
const LINE = 300
/** What somebody asks them to change is read whole, unless it is very long. */
const LONGEST_NOTE = 700

interface Trips extends TripList {
  history: History
  /** How many forms they put aside. */
  drafts: number
  /** That they are away, and for whom they stand in. */
  away: string[]
}

/** Somebody's next trips, with what they may do with each, their drafts, and a page of what has been. */
export function tripListCard({ trips, offset = 0, more, history, drafts, away }: Trips): AdaptiveCard {
  const title = tripsTitle(offset + trips.filter(({ isOver }) => !isOver).length + more)
  const list: ShownList = { name: 'trips', look: { offset, rows: trips.map(({ bookingId }) => bookingId) } }
  return fittingCard(
    trips.map((trip) => tripEntry(trip, list)),
    (shown) => {
      const gone = trips.slice(0, shown.length).filter(({ isOver }) => isOver).length
      return card(title, [
        heading(title),
        ...remarks(away),
        ...(trips.length === 0 ? [line('Type “book” to book a car.')] : []),
        ...shown,
        ...pageElements('trips', { offset, shown: shown.length, gone, more: trips.length - shown.length + more }),
        ...(drafts > 0 ? [row([draftsAction(drafts)])] : []),
        ...historyBody(history),
      ])
    },
  )
}

function tripEntry({ bookingId, text, role, note, own, cancel }: TripEntry, list: ShownList): Element {
  const ownCancel = cancel ?? { bookingId, about: null, requesterName: null }
  return {
    type: 'Container',
    separator: true,
    items: [
      line(clipped(text, LINE)),
      ...(role ? [under(clipped(role, LINE), { isSubtle: true })] : []),
      ...(note ? [line(clipped(note, LONGEST_NOTE))] : []),
      ...(own ? ownActions(own, ownCancel, list) : []),
      ...(cancel && !own ? [row([cancelAction(cancel, list)])] : []),
    ],
  }
}

function draftsAction(drafts: number): Execute {
  const title = drafts === 1 ? 'Your draft' : `Your ${drafts} drafts`
  return execute(DRAFTS, title, {}, { associatedInputs: 'none' })
}

function historyBody(history: History): Element[] {
  const { lines, filter, page, pages } = history
  const turns = [
    ...(page > 0 ? [turn('Newer', history, -1)] : []),
    ...(page + 1 < pages ? [turn('Older', history, 1)] : []),
  ]
  return [
    { ...heading('Your bookings'), separator: true, spacing: 'large' },
    {
      type: 'ColumnSet',
      columns: [
        {
          type: 'Column',
          width: 'stretch',
          items: [
            {
              type: 'Input.ChoiceSet',
              id: FILTER,
              label: 'Which bookings',
              style: 'compact',
              value: filter,
              choices: HISTORY_FILTERS.map((value) => ({ title: FILTER_WORDS[value], value })),
            },
          ],
        },
        {
          type: 'Column',
          width: 'auto',
          verticalContentAlignment: 'bottom',
          items: [row([execute(HISTORY_FILTER, 'Show', { page: 0 })])],
        },
      ],
    },
    ...(lines.length > 0 ? lines.map((text) => line(clipped(text, LINE))) : [line('None.', { isSubtle: true })]),
    ...(pages > 1 ? [line(`Page ${page + 1} of ${pages}`, { isSubtle: true })] : []),
    ...(turns.length > 0 ? [row(turns)] : []),
  ]
}

/** Turns the page of what is shown, whatever has been chosen in the list meanwhile. */
function turn(title: string, { filter, page }: History, step: number): Execute {
  return execute(HISTORY_PAGE, title, { filter, page: page + step }, { associatedInputs: 'none' })
}
