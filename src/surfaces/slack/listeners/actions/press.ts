import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt'
import { BookingError } from '../../../../core/booking-error.ts'
import type { Press } from '../../../../core/notification/pressed-cards.ts'
import type { Person } from '../../../../core/people/person.ts'
import { refusalTold } from '../../../view-models/refusal-told.ts'
import { UNIDENTIFIED_WORDS } from '../../../view-models/unidentified-words.ts'
import { ANSWER_WITHIN, answerWithin, TOO_LATE } from '../../answer-within.ts'
import { actorOf, identify } from '../../identify.ts'
import { escaped } from '../../mrkdwn.ts'
import { externalId } from '../../sender.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { tellAlone } from '../../tell-alone.ts'
import { type ListPlace, listOfBlock } from '../../views/list-blocks.ts'
import { personalList } from '../commands/personal-answer.ts'

export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs
type About = Press['about']

const TITLE = 'Not possible'
const SLOW = 'Motorpool takes longer than usual. The card will show what became of it; pressing again does no harm.'
const FAILED = 'It is not certain that this was done. The card shows what is true; pressing again does no harm.'

/** One press: who it is, what they may, the answer for them alone, and a fresh picture of the card or list they pressed. */
export async function press(
  deps: SlackDeps,
  { ack, action, body, respond, client }: ButtonArgs,
  about: About,
  act: (person: Person) => Promise<unknown>,
): Promise<void> {
  const tell = (text: string) => tellAlone({ client, respond, body }, TITLE, { text: escaped(text), blocks: [] })
  const work = answerTo(deps, body, about, act)
  const inTime = await answerWithin(ANSWER_WITHIN, work)
  try {
    await ack()
    if (inTime === TOO_LATE) await tell(SLOW)
  } finally {
    const answer = await work
    const list = listOfBlock(action.block_id)
    if (list) {
      const shown = await personalList(deps, actorOf(body), list, answer)
      await respond({ response_type: 'ephemeral', replace_original: true, ...shown })
    } else if (answer && inTime !== TOO_LATE) await tell(answer)
  }
}

/** The list that was pressed, where Slack takes a new picture of it once a modal is done. */
export function listPressed({ action, body }: ButtonArgs): ListPlace | null {
  const name = listOfBlock(action.block_id)
  return name && body.response_url ? { name, responseUrl: body.response_url } : null
}

/** Null when it was done, else why not. Never throws. */
async function answerTo(
  deps: SlackDeps,
  body: BlockAction,
  about: About,
  act: (person: Person) => Promise<unknown>,
): Promise<string | null> {
  try {
    const person = await identify(deps, actorOf(body))
    const unknown = typeof person === 'string'
    try {
      return unknown ? UNIDENTIFIED_WORDS[person] : await refusalOf(deps, person, about, act)
    } finally {
      await drawAnew(deps, body, about, unknown ? null : person.id)
    }
  } catch (error) {
    deps.log.error({ err: error, about }, 'A press failed')
    return FAILED
  }
}

/** Null when it was done. */
async function refusalOf(
  deps: SlackDeps,
  person: Person,
  about: About,
  act: (person: Person) => Promise<unknown>,
): Promise<string | null> {
  try {
    await act(person)
    return null
  } catch (error) {
    if (!(error instanceof BookingError)) throw error
    return refusalTold(deps.core, error.refusal, person, about)
  }
}

/** Never throws: what the press did stands, whether its card can be drawn anew or not. */
async function drawAnew(deps: SlackDeps, body: BlockAction, about: About, personId: string | null): Promise<void> {
  try {
    if (body.view?.type === 'home' && personId) await deps.homes.wanted(personId)
    if (!body.message || !body.channel) return
    const id = externalId(body.channel.id, body.message.ts)
    await deps.cards.pressed({ platform: 'slack', externalId: id, personId, about })
  } catch (error) {
    deps.log.error({ err: error, about }, 'A pressed card could not be drawn anew')
  }
}
