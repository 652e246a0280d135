import { HISTORY_FILTERS } from '../../../core/booking/overview.ts'
import { clipped } from '../../view-models/clipped.ts'
import { FILTER_WORDS, type Home } from '../../view-models/home.ts'
import { type TripList, tripsTitle } from '../../view-models/lists.ts'
import type { TripEntry } from '../../view-models/trip-entry.ts'
import type { AdaptiveCard, Element, Execute } from './adaptive-card.ts'
import { cancelAction, execute, row } from './booking-actions.ts'
import { card, fittingCard, heading, line, under } from './parts.ts'

export const HISTORY_PAGE = 'history.page'
export const HISTORY_FILTER = 'history.filter'
/** The id of the input; what is chosen there replaces the filter in the button's data. */
const FILTER = 'filter'

type History = Home['history']

/** How much of a line about a booking is shown, in characters. */
const LINE = 300

/** Somebody's next trips, with a button to cancel where they may, and a page of what has been. */
export function tripListCard({ trips, more, history }: TripList & { history: History }): AdaptiveCard {
  const title = tripsTitle(trips.length + more)
  return fittingCard(trips.map(tripEntry), (shown) => {
    const left = trips.length - shown.length + more
    return card(title, [
      heading(title),
      ...(trips.length === 0 ? [line('Type “book” to book a car.')] : []),
      ...shown,
      ...(left > 0 ? [line(`${left === 1 ? '1 more is' : `${left} more are`} not shown.`, { isSubtle: true })] : []),
      ...historyBody(history),
    ])
  })
}

function tripEntry({ text, role, cancel }: TripEntry): Element {
  return {
    type: 'Container',
    separator: true,
    items: [
      line(clipped(text, LINE)),
      under(clipped(role, LINE), { isSubtle: true }),
      ...(cancel ? [row([cancelAction(cancel, 'trips')])] : []),
    ],
  }
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
