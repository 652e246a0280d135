import type { Activity, TurnContext } from 'botbuilder'
import { z } from 'zod'
import { type Decision, decideStep } from '../../../core/approval/decide-step.ts'
import { cancelBooking } from '../../../core/booking/cancel-booking.ts'
import { HISTORY_FILTERS } from '../../../core/booking/overview.ts'
import { BookingError } from '../../../core/booking-error.ts'
import type { Press } from '../../../core/notification/pressed-cards.ts'
import { type Person, readerZone } from '../../../core/people/person.ts'
import { approvalCard, requestCard } from '../../view-models/booking-card.ts'
import { readApprovals } from '../../view-models/lists.ts'
import { refusalWords } from '../../view-models/refusal-words.ts'
import { UNIDENTIFIED_WORDS } from '../../view-models/unidentified-words.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import { approvalListCard } from '../cards/approval-list-card.ts'
import { APPROVE, CANCEL, type PersonalList, REJECT, typedWords } from '../cards/booking-actions.ts'
import { bookingCard } from '../cards/booking-card.ts'
import { FORM_REFRESH, FORM_SUBMIT } from '../cards/request-form-card.ts'
import { HISTORY_FILTER, HISTORY_PAGE } from '../cards/trip-list-card.ts'
import { withNotice, wordsCard } from '../cards/words-card.ts'
import { identify } from '../identify.ts'
import { formSubmitted, refreshedForm } from '../request-form.ts'
import { externalId } from '../sender.ts'
import type { TeamsDeps } from '../teams-deps.ts'
import { myBookings } from './message.ts'

const FAILED = 'It is not certain that this was done. The card shows what is true; pressing again does no harm.'
const OLD = 'Motorpool does not know this button any more. Please write “help”.'

/** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/universal-actions-for-adaptive-cards/work-with-universal-actions-for-adaptive-cards */
const Invoke = z.object({
  action: z.object({ verb: z.string(), data: z.record(z.string(), z.unknown()).default({}) }),
})

type Data = Record<string, unknown>
type Answer = (deps: TeamsDeps, person: Person, data: Data, activity: Activity) => Promise<AdaptiveCard>

const text = (value: unknown) => (typeof value === 'string' ? value : '')

const ANSWERS = new Map<string, Answer>([
  [FORM_REFRESH, refreshedForm],
  [FORM_SUBMIT, formSubmitted],
  [APPROVE, decide((data) => ({ kind: 'approve', comment: typedWords(data, 'comment') }))],
  [REJECT, decide((data) => ({ kind: 'reject', reason: typedWords(data, 'reason') }))],
  [CANCEL, cancel],
  [HISTORY_PAGE, history],
  [HISTORY_FILTER, history],
])

/** A button on a card: what it does is committed before it is answered, and the answer is the card as it stands then. */
export async function cardPressed(deps: TeamsDeps, { activity }: TurnContext) {
  try {
    const person = await identify(deps, activity)
    if (typeof person === 'string') return shown(wordsCard(null, UNIDENTIFIED_WORDS[person], 'warning'))
    const pressed = Invoke.safeParse(activity.value)
    const answer = pressed.success && ANSWERS.get(pressed.data.action.verb)
    return answer ? shown(await answer(deps, person, pressed.data.action.data, activity)) : said(OLD)
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

function decide(decisionIn: (data: Data) => Decision): Answer {
  return async (deps, person, data, activity) => {
    const stepId = text(data.stepId)
    const refusal = await refusalOf(deps, person, () =>
      decideStep(deps.core, { stepId, actorId: person.id, decision: decisionIn(data) }),
    )
    if (isIn(data, 'approvals')) return noticed(await approvals(deps, person), refusal)
    await drawAnew(deps, activity, person, { stepId })
    const booking = await deps.core.store.findBookingByStep(stepId)
    const step = booking?.steps.find(({ id }) => id === stepId)
    // A card that was passed on shows nothing to whoever was not asked.
    const wasAsked = step?.asks.some((ask) => ask.person.id === person.id) || step?.decidedBy?.id === person.id
    if (!booking || !step || !wasAsked) return wordsCard(null, refusal ?? FAILED, 'warning')
    const reader = { personId: person.id, zone: readerZone(person) }
    return noticed(bookingCard(approvalCard(booking, step.kind, reader, deps.core.now())), refusal)
  }
}

async function approvals({ overview, core }: TeamsDeps, person: Person): Promise<AdaptiveCard> {
  return approvalListCard(await readApprovals(overview, person, core.now()))
}

async function cancel(deps: TeamsDeps, person: Person, data: Data, activity: Activity) {
  const bookingId = text(data.bookingId)
  const refusal = await refusalOf(deps, person, () => cancelBooking(deps.core, { bookingId, actorId: person.id }))
  if (isIn(data, 'approvals')) return noticed(await approvals(deps, person), refusal)
  if (isIn(data, 'trips')) return noticed(await myBookings(deps, person), refusal)
  await drawAnew(deps, activity, person, { bookingId })
  const booking = await deps.core.store.findBooking(bookingId)
  if (booking?.requester.id !== person.id) return wordsCard(null, refusal ?? 'Cancelled.', refusal ? 'warning' : 'none')
  const reader = { personId: person.id, zone: readerZone(person) }
  return noticed(bookingCard(requestCard(booking, reader, deps.core.now())), refusal)
}

const HistoryData = z.object({
  filter: z.enum(HISTORY_FILTERS).catch('all'),
  page: z.coerce.number().int().min(0).catch(0),
})

function history(deps: TeamsDeps, person: Person, data: Data) {
  return myBookings(deps, person, HistoryData.parse(data))
}

/** Which list a button stands in, if any: then the answer is that list. It says nothing about what somebody may do. */
function isIn(data: Data, list: PersonalList): boolean {
  return data.list === list
}

function noticed(card: AdaptiveCard, refusal: string | null): AdaptiveCard {
  return refusal === null ? card : withNotice(card, refusal)
}

/** Null when it was done. */
async function refusalOf(deps: TeamsDeps, person: Person, act: () => Promise<unknown>): Promise<string | null> {
  try {
    await act()
    return null
  } catch (error) {
    if (!(error instanceof BookingError)) throw error
    return refusalWords(error.refusal, readerZone(person), deps.core.now())
  }
}

/** Never throws: what the press did stands, whether its card can be drawn anew or not. */
async function drawAnew(deps: TeamsDeps, activity: Activity, person: Person, about: Press['about']): Promise<void> {
  if (!activity.replyToId) return
  const id = externalId(activity.conversation.id, activity.replyToId)
  try {
    await deps.cards.pressed({ platform: 'teams', externalId: id, personId: person.id, about })
  } catch (error) {
    deps.log.error({ err: error, about }, 'A pressed card could not be drawn anew')
  }
}
