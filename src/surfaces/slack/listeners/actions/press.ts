import type { AllMiddlewareArgs, BlockAction, ButtonAction, SlackActionMiddlewareArgs } from '@slack/bolt'
import { BookingError } from '../../../../core/booking-error.ts'
import type { Press } from '../../../../core/notification/pressed-cards.ts'
import type { Person } from '../../../../core/people/person.ts'
import { isDoneAlready, type Wanted } from '../../../view-models/done-already.ts'
import { refusalTold } from '../../../view-models/refusal-told.ts'
import { UNIDENTIFIED_WORDS } from '../../../view-models/unidentified-words.ts'
import { ANSWER_WITHIN, answerWithin, TOO_LATE } from '../../answer-within.ts'
import { actorOf, identify } from '../../identify.ts'
import { escaped } from '../../mrkdwn.ts'
import { externalId } from '../../posts.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { tellAlone } from '../../tell-alone.ts'
import { type ListPlace, listOfBlock } from '../../views/list-blocks.ts'
import { personalList } from '../commands/personal-answer.ts'

export type ButtonArgs = SlackActionMiddlewareArgs<BlockAction<ButtonAction>> & AllMiddlewareArgs
type About = Press['about']

const TITLE = 'Not possible'
/** The title of the answer to a press that was made twice. */
const DONE = 'Already done'
const SLOW = 'Motorpool takes longer than usual. The card will show what became of it; pressing again does no harm.'
const FAILED = 'It is not certain that this was done. The card shows what is true; pressing again does no harm.'

/** Says of a press that it has changed the booking that it is about. */
export const CHANGED = 'changed'
/** Says of a press that it has opened a modal: what was pressed is shown anew once that is done. */
export const OPENED = 'opened'

/** One press: who it is, what they may, the answer for them alone, and a fresh picture of the card or list they pressed. */
export async function press(
  deps: SlackDeps,
  { ack, action, body, respond, client }: ButtonArgs,
  about: About,
  act: (person: Person) => Promise<unknown>,
  wanted: Wanted | null = null,
): Promise<void> {
  const tell = (text: string, title: string) =>
    tellAlone({ client, respond, body }, title, { text: escaped(text), blocks: [] })
  const work = answerTo(deps, body, { about, act, wanted })
  const inTime = await answerWithin(ANSWER_WITHIN, work)
  try {
    await ack()
    if (inTime === TOO_LATE) await tell(SLOW, TITLE)
  } finally {
    const { answer, outcome } = await work
    const list = listOfBlock(action.block_id)
    // While a modal is open, a picture of now might arrive after the one that the modal brings.
    if (list && outcome !== OPENED) {
      const notice = answer?.isDone ? null : (answer?.text ?? null)
      const shown = await personalList(deps, actorOf(body), list.name, notice, list.look)
      await respond({ response_type: 'ephemeral', replace_original: true, ...shown })
    } else if (!list && answer && inTime !== TOO_LATE) await tell(answer.text, answer.isDone ? DONE : TITLE)
  }
}

/** The list that was pressed, where Slack takes a new picture of it once a modal is done. */
export function listPressed({ action, body }: ButtonArgs): ListPlace | null {
  const list = listOfBlock(action.block_id)
  return list && body.response_url ? { ...list, responseUrl: body.response_url } : null
}

interface Pressed {
  about: About
  act(person: Person): Promise<unknown>
  /** What the press is to bring about: one that finds it done by the same person has what it wanted. */
  wanted: Wanted | null
}

/** Why a press did nothing; `isDone`: it had been made before. */
interface Refused {
  text: string
  isDone: boolean
}

/** Says what a press brought about, or why it did nothing. */
interface Answered {
  answer: Refused | null
  outcome: unknown
}

/** Never throws. */
async function answerTo(deps: SlackDeps, body: BlockAction, pressed: Pressed): Promise<Answered> {
  const { about } = pressed
  let outcome: unknown
  const act = async (person: Person) => {
    outcome = await pressed.act(person)
  }
  try {
    const person = await identify(deps, actorOf(body))
    const unknown = typeof person === 'string'
    try {
      if (unknown) return { answer: { text: UNIDENTIFIED_WORDS[person], isDone: false }, outcome }
      const answer = await refusalOf(deps, person, { ...pressed, act })
      return { answer, outcome }
    } finally {
      await drawAnew(deps, body, { about, hasChanged: outcome === CHANGED, personId: unknown ? null : person.id })
    }
  } catch (error) {
    deps.log.error({ err: error, about }, 'A press failed')
    return { answer: { text: FAILED, isDone: false }, outcome: null }
  }
}

/** Null when it was done. */
async function refusalOf(deps: SlackDeps, person: Person, { about, act, wanted }: Pressed): Promise<Refused | null> {
  try {
    await act(person)
    return null
  } catch (error) {
    if (!(error instanceof BookingError)) throw error
    const text = await refusalTold(deps.core, error.refusal, person, about)
    return { text, isDone: wanted !== null && (await isDoneAlready(deps.core.store, person, about, wanted)) }
  }
}

/** Never throws: what the press did stands, whether its card can be drawn anew or not. */
async function drawAnew(
  deps: SlackDeps,
  body: BlockAction,
  { about, personId, hasChanged }: Pick<Press, 'about' | 'personId' | 'hasChanged'>,
): Promise<void> {
  try {
    if (body.view?.type === 'home' && personId) await deps.homes.wanted(personId)
    // A list in a message is no card: it is shown again in its place.
    const isList = body.actions.some(({ block_id }) => listOfBlock(block_id) !== null)
    if (!body.message || !body.channel || isList) return
    const id = externalId(body.channel.id, body.message.ts)
    // Slack names the message itself, and our buttons stand in our messages alone.
    await deps.cards.pressed({ platform: 'slack', externalId: id, personId, about, isOurs: true, hasChanged })
  } catch (error) {
    deps.log.error({ err: error, about }, 'A pressed card could not be drawn anew')
  }
}
