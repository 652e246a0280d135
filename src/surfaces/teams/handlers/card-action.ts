import { setTimeout as sleep } from 'node:timers/promises'
import type { Activity, TurnContext } from 'botbuilder'
import { z } from 'zod'
import { MESSAGE_OUT_OF_DATE } from '../../view-models/out-of-date-words.ts'
import { UNIDENTIFIED_WORDS } from '../../view-models/unidentified-words.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import { AWAY_CHANGE, AWAY_END, AWAY_SAVE } from '../cards/away-card.ts'
import {
  APPROVE,
  ASK_FOR_CHANGE,
  CANCEL,
  CHANGE,
  REJECT,
  typedWords,
  WITHDRAW_CHANGE,
} from '../cards/booking-actions.ts'
import { DRAFT_CONTINUE, DRAFT_DISCARD, DRAFTS } from '../cards/draft-list-card.ts'
import { LIST_PAGE } from '../cards/page-actions.ts'
import { FORM_REFRESH, FORM_SAVE, FORM_SUBMIT } from '../cards/request-form-card.ts'
import { HISTORY_FILTER, HISTORY_PAGE } from '../cards/trip-list-card.ts'
import { wordsCard } from '../cards/words-card.ts'
import { conversationOf } from '../conversation.ts'
import { identify } from '../identify.ts'
import { messageWith } from '../message-with.ts'
import { isRefusedThere } from '../outcome-of.ts'
import type { TeamsDeps } from '../teams-deps.ts'
import type { Answer } from './answer.ts'
import { changeAway, endAway, saveAway } from './away.ts'
import { decide } from './decide.ts'
import { refresh, save, submit } from './form.ts'
import { continueDraft, discard, history, listDrafts, listPage } from './lists.ts'
import { cancel, change, withdraw } from './own-booking.ts'

/**
 * Teams shows an error of its own after 5 s; this leaves room for the way back. Milliseconds.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/action-commands/respond-to-task-module-submit
 */
const ANSWER_WITHIN = 4000
const SLOW = 'Motorpool takes longer than usual. The card will show what became of it; pressing again does no harm.'
const FAILED = 'It is not certain that this was done. The card shows what is true; pressing again does no harm.'

/** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards */
const Invoke = z.object({
  action: z.object({ verb: z.string(), data: z.record(z.string(), z.unknown()).default({}) }),
})

const ANSWERS = new Map<string, Answer>([
  [FORM_REFRESH, refresh],
  [FORM_SUBMIT, submit],
  [FORM_SAVE, save],
  [APPROVE, decide((data) => ({ kind: 'approve', comment: typedWords(data, 'comment') }))],
  [REJECT, decide((data) => ({ kind: 'reject', reason: typedWords(data, 'reason') }))],
  [ASK_FOR_CHANGE, decide((data) => ({ kind: 'ask_for_change', note: typedWords(data, 'note') }))],
  [CANCEL, cancel],
  [CHANGE, change],
  [WITHDRAW_CHANGE, withdraw],
  [HISTORY_PAGE, history],
  [HISTORY_FILTER, history],
  [DRAFTS, listDrafts],
  [LIST_PAGE, listPage],
  [DRAFT_CONTINUE, continueDraft],
  [DRAFT_DISCARD, discard],
  [AWAY_SAVE, saveAway],
  [AWAY_CHANGE, changeAway],
  [AWAY_END, endAway],
])

/** A button on a card: what it does is committed before it is answered, and the answer is the card as it stands then. */
export async function cardPressed(deps: TeamsDeps, { activity }: TurnContext) {
  const timer = new AbortController()
  const late = sleep(ANSWER_WITHIN, said(SLOW), { signal: timer.signal }).catch(() => said(SLOW))
  return Promise.race([deps.tracked(answerTo(deps, activity)), late]).finally(() => timer.abort())
}

/** Never throws. */
async function answerTo(deps: TeamsDeps, activity: Activity) {
  try {
    const person = await identify(deps, activity)
    if (typeof person === 'string') return shown(wordsCard(null, UNIDENTIFIED_WORDS[person], 'warning'))
    const pressed = Invoke.safeParse(activity.value)
    const answer = pressed.success && ANSWERS.get(pressed.data.action.verb)
    if (!answer) return said(MESSAGE_OUT_OF_DATE)
    const answered = await answer(deps, person, pressed.data.action.data, activity)
    if ('words' in answered) return said(answered.words)
    const { card, stays } = answered
    if (stays) void deps.tracked(changeMessage(deps, activity, card))
    return shown(card)
  } catch (error) {
    deps.log.error({ err: error }, 'A press failed')
    return said(FAILED)
  }
}

/** Answers to an invoke; any other status than 200 would show as an error of Teams' own. */
const shown = (card: AdaptiveCard) => ({
  statusCode: 200,
  type: 'application/vnd.microsoft.card.adaptive',
  value: card,
})
const said = (words: string) => ({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: words })

/** Never throws: whoever pressed has been answered. */
async function changeMessage({ adapter, log }: TeamsDeps, activity: Activity, card: AdaptiveCard): Promise<void> {
  const conversation = conversationOf(activity)
  if (!conversation || !activity.replyToId) return
  try {
    await adapter.update(conversation, activity.replyToId, messageWith(card))
  } catch (error) {
    if (isRefusedThere(error)) log.info({ reason: String(error) }, 'Teams does not let us change a pressed card')
    else log.error({ err: error }, 'A pressed card could not be changed for good')
  }
}
