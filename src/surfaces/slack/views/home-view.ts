import type { ActionsBlock, Button, HomeView, KnownBlock, PlainTextOption } from '@slack/types'
import { HISTORY_FILTERS } from '../../../core/booking/overview.ts'
import { clipped } from '../../view-models/clipped.ts'
import { FILTER_WORDS, type Home, type HomeState } from '../../view-models/home.ts'
import { isCard, rowIdOf } from '../../view-models/lists.ts'
import type { TripEntry } from '../../view-models/trip-entry.ts'
import { escaped, mrkdwn, plain, sections } from '../mrkdwn.ts'
import { decideButtons, tripButtons } from './booking-buttons.ts'
import { briefly, changeLines } from './booking-card-message.ts'
import { beginningBlocks, draftsBlocks } from './home-own-blocks.ts'
import { doneLine, outcomeLines } from './list-blocks.ts'

export const HOME_FILTER = 'home_filter'
export const HOME_NEWER = 'home_newer'
export const HOME_OLDER = 'home_older'
export const MARK_READ = 'home_mark_read'

/** How long one line about a booking may be, so that the longest Home stays far inside Slack's limits. */
const LINE = 400

/** Somebody's App Home: what waits for them first, then what is theirs, then what has been. */
export function homeView(home: Home): HomeView {
  return {
    type: 'home',
    blocks: [
      ...beginningBlocks(home),
      ...waitingBlocks(home),
      ...tripsBlocks(home),
      ...draftsBlocks(home),
      ...newsBlocks(home),
      ...carBlocks(home),
      ...historyBlocks(home),
    ],
  }
}

/** For somebody who has no Home here; the text says why. */
export function closedHomeView(text: string): HomeView {
  return { type: 'home', blocks: [{ type: 'section', text: mrkdwn(escaped(text)) }] }
}

function waitingBlocks({ waiting }: Home): KnownBlock[] {
  if (waiting.requests.length === 0) return []
  return [
    header('Waiting for you'),
    ...waiting.requests.flatMap((row): KnownBlock[] => {
      if (!isCard(row)) return [...sections(doneLine(clipped(row.text, LINE))), { type: 'divider' }]
      const card = row
      const facts = card.facts.map(({ label, text }) => `*${escaped(label)}*  ${escaped(clipped(text, LINE))}`)
      const details = card.details ? [`>${escaped(clipped(card.details, LINE)).replaceAll('\n', '\n>')}`] : []
      const remarks = card.remarks.map((remark) => `:warning: ${escaped(remark)}`)
      const { part, changes, outcomes } = briefly(card)
      const about = [...(part ? [escaped(part)] : []), ...(changes ? changeLines(changes) : [])]
      const notes = [...remarks, ...outcomeLines(outcomes), escaped(card.waiting ?? '')]
      return [
        ...sections(
          [`*${escaped(clipped(card.headline, LINE))}*`, ...about, ...facts, ...details, ...notes].join('\n'),
        ),
        { type: 'actions', elements: decideButtons(rowIdOf(card)) },
        { type: 'divider' },
      ]
    }),
    ...more(waiting.more, '/book-car approvals'),
  ]
}

function tripsBlocks({ trips }: Home): KnownBlock[] {
  if (trips.entries.length === 0)
    return [header('Your next trips'), quiet('None. Book a car with the button above, or with `/book-car`.')]
  return [header('Your next trips'), ...trips.entries.flatMap(tripBlocks), ...more(trips.more, '/book-car mine')]
}

function tripBlocks(trip: TripEntry): KnownBlock[] {
  const { text, role, note } = trip
  const lines = [text, ...(role ? [role] : []), ...(note ? [note] : [])].map((line) => escaped(clipped(line, LINE)))
  const elements = tripButtons(trip)
  return [
    { type: 'section', text: mrkdwn(lines.join('\n')) },
    ...(elements.length > 0 ? [{ type: 'actions' as const, elements }] : []),
  ]
}

function more(count: number, command: string): KnownBlock[] {
  return count > 0 ? [quiet(`and ${count} more: \`${command}\``)] : []
}

function newsBlocks({ news }: Home): KnownBlock[] {
  if (news.lines.length === 0) return []
  const others = news.more ? [`and ${news.more} more`] : []
  const label = news.more ? 'Mark these read' : 'Mark all read'
  return [
    header('News'),
    ...lines(news.lines, others),
    // What came after this was drawn, or did not fit, stays new.
    { type: 'actions', elements: [button(MARK_READ, label, { value: news.ids.join(',') })] },
  ]
}

function carBlocks({ cars }: Home): KnownBlock[] {
  const others = cars.more > 0 ? [`and ${cars.more} more: \`/book-car cars\``] : []
  const title = header(`Cars in ${cars.siteName} now`)
  return [title, ...(cars.lines.length > 0 ? lines(cars.lines, others) : [quiet('There are no cars here.')])]
}

function historyBlocks({ history }: Home): KnownBlock[] {
  const options = HISTORY_FILTERS.map(
    (filter): PlainTextOption => ({ text: plain(FILTER_WORDS[filter]), value: filter }),
  )
  const controls: ActionsBlock['elements'] = [
    {
      type: 'static_select',
      action_id: HOME_FILTER,
      options,
      initial_option: { text: plain(FILTER_WORDS[history.filter]), value: history.filter },
    },
    ...(history.page > 0 ? [button(HOME_NEWER, 'Newer', { value: pageState(history, -1) })] : []),
    ...(history.page + 1 < history.pages ? [button(HOME_OLDER, 'Older', { value: pageState(history, 1) })] : []),
  ]
  const page = history.pages > 1 ? [quiet(`Page ${history.page + 1} of ${history.pages}`)] : []
  return [
    header('Your bookings'),
    // A filter's block carries its choice, for Slack keeps what was chosen in a block.
    { type: 'actions', block_id: `home_history.${history.filter}`, elements: controls },
    ...(history.lines.length > 0 ? lines(history.lines, []) : [quiet('None.')]),
    ...page,
  ]
}

function pageState({ filter, page }: Home['history'], step: number): string {
  return JSON.stringify({ filter, page: page + step } satisfies HomeState)
}

function lines(texts: string[], others: string[]): KnownBlock[] {
  return sections([...texts.map((text) => `• ${escaped(clipped(text, LINE))}`), ...others].join('\n'))
}

function header(text: string): KnownBlock {
  return { type: 'header', text: plain(clipped(text, 150)) }
}

function quiet(text: string): KnownBlock {
  return { type: 'context', elements: [mrkdwn(text)] }
}

function button(actionId: string, label: string, look: Pick<Button, 'style' | 'value'> = {}): Button {
  return { type: 'button', action_id: actionId, text: plain(label), ...look }
}
