import { type Decision, decideStep } from '../../../core/approval/decide-step.ts'
import type { Step } from '../../../core/approval/step.ts'
import { type Person, readerZone } from '../../../core/people/person.ts'
import { approvalCard } from '../../view-models/booking-card.ts'
import { isDoneBy, type Wanted } from '../../view-models/done-already.ts'
import { lookOf } from '../../view-models/list-look.ts'
import { bookingCard } from '../cards/booking-card.ts'
import { wordsCard } from '../cards/words-card.ts'
import { type Answer, type Data, drawAnew, forGood, isIn, noticed, shownNow, textIn, tried } from './answer.ts'
import { approvals } from './lists.ts'

const UNKNOWN = 'Motorpool does not know this request.'

/** An approver's press; the answer is their card, or the list in which they pressed. */
export function decide(decisionIn: (data: Data) => Decision): Answer {
  return async (deps, person, data, activity) => {
    const stepId = textIn(data.stepId)
    const decision = decisionIn(data)
    const { changed, refusal } = await tried(deps, person, { stepId }, () =>
      decideStep(deps.core, { stepId, actorId: person.id, decision }),
    )
    const booking = changed ?? (await deps.core.store.findBookingByStep(stepId))
    const step = booking?.steps.find(({ id }) => id === stepId)
    const isDone = booking !== null && isDoneBy(booking, stepId, person.id, DONE[decision.kind])
    const notice = isDone ? null : refusal
    if (isIn(data, 'approvals')) return forGood(noticed(await approvals(deps, person, lookOf(data.look)), notice))
    // A card that was passed on shows nothing to whoever was not asked.
    if (!booking || !step || !wasAsked(step, person)) return shownNow(wordsCard(null, refusal ?? UNKNOWN, 'warning'))
    const reader = { personId: person.id, zone: readerZone(person) }
    const card = bookingCard(approvalCard(booking, step.kind, reader, deps.core.now()))
    if (changed) await drawAnew(deps, activity, person, { stepId }, card)
    return shownNow(noticed(card, notice))
  }
}

function wasAsked({ asks, passedOn, decidedBy }: Step, { id }: Person): boolean {
  return decidedBy?.id === id || [...asks, ...passedOn].some((ask) => ask.person.id === id)
}

const DONE: Record<Decision['kind'], Wanted> = {
  approve: 'approved',
  reject: 'rejected',
  ask_for_change: 'changes_requested',
}
