import type {
  AllMiddlewareArgs,
  BlockAction,
  ButtonAction,
  SlackActionMiddlewareArgs,
  StaticSelectAction,
} from '@slack/bolt'
import type { Person } from '../../../../core/people/person.ts'
import { chosenIn, FIRST_LOOK } from '../../../view-models/home.ts'
import { actorOf, identify } from '../../identify.ts'
import type { SlackDeps } from '../../slack-deps.ts'

type Args<A extends ButtonAction | StaticSelectAction> = SlackActionMiddlewareArgs<BlockAction<A>> & AllMiddlewareArgs

/** Another filter begins at its first page. */
export function homeFilter(deps: SlackDeps) {
  return ({ ack, body, action }: Args<StaticSelectAction>) =>
    onOwnHome(deps, ack, body, (person) => {
      const chosen = chosenIn({ filter: action.selected_option?.value, page: 0 })
      return deps.homes.wanted(person.id, { ...chosen })
    })
}

/** The button carries where it leads; a page that is not there any more becomes the last one. */
export function homePage(deps: SlackDeps) {
  return ({ ack, body, action }: Args<ButtonAction>) =>
    onOwnHome(deps, ack, body, (person) => deps.homes.wanted(person.id, { ...chosenIn(readJson(action.value)) }))
}

/** The button carries what was shown. */
export function markRead(deps: SlackDeps) {
  return ({ ack, body, action }: Args<ButtonAction>) =>
    onOwnHome(deps, ack, body, async (person) => {
      await deps.overview.markRead(person.id, (action.value ?? '').split(','), deps.core.now())
      await deps.homes.wanted(person.id)
    })
}

async function onOwnHome(
  deps: SlackDeps,
  ack: () => Promise<void>,
  body: BlockAction,
  act: (person: Person) => Promise<void>,
): Promise<void> {
  await ack()
  const person = await identify(deps, actorOf(body))
  if (typeof person !== 'string') await act(person)
}

function readJson(text: string | undefined): object {
  try {
    const read: unknown = JSON.parse(text ?? '')
    return typeof read === 'object' && read !== null ? read : FIRST_LOOK
  } catch {
    return FIRST_LOOK
  }
}
