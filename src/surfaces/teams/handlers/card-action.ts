import { setTimeout as sleep } from 'node:timers/promises'
import type { Activity, TurnContext } from 'botbuilder'
import { z } from 'zod'
import { type Decision, decideStep } from '../../../core/approval/decide-step.ts'
import type { Step } from '../../../core/approval/step.ts'
import type { Booking } from '../../../core/booking/booking.ts'
import { cancelBooking } from '../../../core/booking/cancel-booking.ts'
import { HISTORY_FILTERS } from '../../../core/booking/overview.ts'
import { BookingError } from '../../../core/booking-error.ts'
import type { Press } from '../../../core/notification/pressed-cards.ts'
import { type Person, readerZone } from '../../../core/people/person.ts'
import { approvalCard, requestCard } from '../../view-models/booking-card.ts'
import { readApprovals } from '../../view-models/lists.ts'
import { refusalTold } from '../../view-models/refusal-told.ts'
import { UNIDENTIFIED_WORDS } from '../../view-models/unidentified-words.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import { approvalListCard } from '../cards/approval-list-card.ts'
import { APPROVE, CANCEL, type PersonalList, REJECT, typedWords } from '../cards/booking-actions.ts'
import { bookingCard } from '../cards/booking-card.ts'
import { FORM_REFRESH, FORM_SUBMIT } from '../cards/request-form-card.ts'
import { HISTORY_FILTER, HISTORY_PAGE } from '../cards/trip-list-card.ts'
import { withNotice, wordsCard } from '../cards/words-card.ts'
import { conversationOf } from '../conversation.ts'
import { identify } from '../identify.ts'
import { messageWith } from '../message-with.ts'
import { formSubmitted, refreshedForm } from '../request-form.ts'
import { externalId } from '../sender.ts'
import type { TeamsDeps } from '../teams-deps.ts'
import { myBookings } from './message.ts'

/**
 * Teams shows an error of its own after 5 s; this leaves room for the way back. Milliseconds.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/messaging-extensions/how-to/action-commands/respond-to-task-module-submit
 */
const ANSWER_WITHIN = 4000
const SLOW = 'Motorpool takes longer than usual. The card will show what became of it; pressing again does no harm.'
const FAILED = 'It is not certain that this was done. The card shows what is true; pressing again does no harm.'
const OLD = 'Motorpool does not know this button any more. Please write “help”.'

/** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards */
const Invoke = z.object({
  action: z.object({ verb: z.string(), data: z.record(z.string(), z.unknown()).default({}) }),
})

type Data = Record<string, unknown>
type Answer = (deps: TeamsDeps, person: Person, data: Data, activity: Activity) => Promise<Answered>

/**
 * What takes the place of the card for whoever pressed. Teams shows the message itself again after a while, so it has to be
 * changed as well: the relay does that for cards about a booking, and `stays` asks for it where nobody else would.
 * https://github.com/microsoft/botbuilder-js/issues/4635
 */
interface Answered {
  card: AdaptiveCard
  stays: boolean
}

const shownNow = (card: AdaptiveCard): Answered => ({ card, stays: false })
const forGood = (card: AdaptiveCard): Answered => ({ card, stays: true })

const text = (value: unknown) => (typeof value === 'string' ? value : '')

const ANSWERS = new Map<string, Answer>([
  [FORM_REFRESH, async (deps, person, data) => shownNow(await refreshedForm(deps, person, data))],
  [FORM_SUBMIT, submit],
  [APPROVE, decide((data) => ({ kind: 'approve', comment: typedWords(data, 'comment') }))],
  [REJECT, decide((data) => ({ kind: 'reject', reason: typedWords(data, 'reason') }))],
  [CANCEL, cancel],
  [HISTORY_PAGE, history],
  [HISTORY_FILTER, history],
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
    if (!answer) return said(OLD)
    const { card, stays } = await answer(deps, person, pressed.data.action.data, activity)
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

async function submit(deps: TeamsDeps, person: Person, data: Data, activity: Activity): Promise<Answered> {
  const { card, isSent } = await formSubmitted(deps, person, data, activity)
  return { card, stays: isSent }
}

function decide(decisionIn: (data: Data) => Decision): Answer {
  return async (deps, person, data, activity) => {
    const stepId = text(data.stepId)
    const decision = decisionIn(data)
    const { changed, refusal } = await tried(deps, person, { stepId }, () =>
      decideStep(deps.core, { stepId, actorId: person.id, decision }),
    )
    const booking = changed ?? (await deps.core.store.findBookingByStep(stepId))
    const step = booking?.steps.find(({ id }) => id === stepId)
    const notice = step && isDone(step, person, decision) ? null : refusal
    if (isIn(data, 'approvals')) return forGood(noticed(await approvals(deps, person), notice))
    // A card that was passed on shows nothing to whoever was not asked.
    const wasAsked = step?.asks.some((ask) => ask.person.id === person.id) || step?.decidedBy?.id === person.id
    if (!booking || !step || !wasAsked) return shownNow(wordsCard(null, refusal ?? FAILED, 'warning'))
    if (changed) await drawAnew(deps, activity, person, { stepId })
    const reader = { personId: person.id, zone: readerZone(person) }
    return shownNow(noticed(bookingCard(approvalCard(booking, step.kind, reader, deps.core.now())), notice))
  }
}

/** Whoever presses twice, or whose press Teams brings twice, has what they wanted. */
function isDone({ status, decidedBy }: Step, person: Person, { kind }: Decision): boolean {
  return decidedBy?.id === person.id && status === (kind === 'approve' ? 'approved' : 'rejected')
}

async function approvals({ overview, core }: TeamsDeps, person: Person): Promise<AdaptiveCard> {
  return approvalListCard(await readApprovals(overview, person, core.now()))
}

async function cancel(deps: TeamsDeps, person: Person, data: Data, activity: Activity): Promise<Answered> {
  const bookingId = text(data.bookingId)
  const { changed, refusal } = await tried(deps, person, { bookingId }, () =>
    cancelBooking(deps.core, { bookingId, actorId: person.id }),
  )
  const booking = changed ?? (await deps.core.store.findBooking(bookingId))
  const cancelled = booking?.events.findLast(({ type }) => type === 'booking.cancelled')
  const notice = cancelled?.actor?.id === person.id ? null : refusal
  if (isIn(data, 'approvals')) return forGood(noticed(await approvals(deps, person), notice))
  if (isIn(data, 'trips')) return forGood(noticed(await myBookings(deps, person), notice))
  if (booking?.requester.id !== person.id)
    return shownNow(wordsCard(null, notice ?? 'Cancelled.', notice ? 'warning' : 'none'))
  if (changed) await drawAnew(deps, activity, person, { bookingId })
  const reader = { personId: person.id, zone: readerZone(person) }
  return shownNow(noticed(bookingCard(requestCard(booking, reader, deps.core.now())), notice))
}

const HistoryData = z.object({
  filter: z.enum(HISTORY_FILTERS).catch('all'),
  page: z.coerce.number().int().min(0).catch(0),
})

async function history(deps: TeamsDeps, person: Person, data: Data): Promise<Answered> {
  return shownNow(await myBookings(deps, person, HistoryData.parse(data)))
}

/** Which list a button stands in, if any: then the answer is that list. It says nothing about what somebody may do. */
function isIn(data: Data, list: PersonalList): boolean {
  return data.list === list
}

function noticed(card: AdaptiveCard, refusal: string | null): AdaptiveCard {
  return refusal === null ? card : withNotice(card, refusal)
}

/** The booking as the press changed it, or why it did not. */
async function tried(
  deps: TeamsDeps,
  person: Person,
  about: Press['about'],
  act: () => Promise<Booking>,
): Promise<{ changed: Booking | null; refusal: string | null }> {
  try {
    return { changed: await act(), refusal: null }
  } catch (error) {
    if (!(error instanceof BookingError)) throw error
    return { changed: null, refusal: await refusalTold(deps.core, error.refusal, person, about) }
  }
}

/**
 * Only after a press that did something: the answer to another one says why at the top of the card, and a picture from the
 * store would take that away at once. Never throws: what the press did stands, whether its card can be drawn anew or not.
 */
async function drawAnew(deps: TeamsDeps, activity: Activity, person: Person, about: Press['about']): Promise<void> {
  if (!activity.replyToId) return
  const id = externalId(activity.conversation.id, activity.replyToId)
  try {
    await deps.cards.pressed({ platform: 'teams', externalId: id, personId: person.id, about })
  } catch (error) {
    deps.log.error({ err: error, about }, 'A pressed card could not be drawn anew')
  }
}

/** Never throws: whoever pressed has been answered. */
async function changeMessage({ adapter, log }: TeamsDeps, activity: Activity, card: AdaptiveCard): Promise<void> {
  const conversation = conversationOf(activity)
  if (!conversation || !activity.replyToId) return
  try {
    await adapter.update(conversation, activity.replyToId, messageWith(card))
  } catch (error) {
    log.error({ err: error }, 'A pressed card could not be changed for good')
  }
}
