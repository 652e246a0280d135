import { type Decision, decideStep, requireMayDecide } from '../../../../core/approval/decide-step.ts'
import type { Booking } from '../../../../core/booking/booking.ts'
import { checkMayCancel } from '../../../../core/booking/cancel-booking.ts'
import { checkMayChange } from '../../../../core/booking/change-trip.ts'
import { withdrawChange } from '../../../../core/booking/withdraw-change.ts'
import { BookingError } from '../../../../core/booking-error.ts'
import { readerZone } from '../../../../core/people/person.ts'
import { cancelChoice, listReader } from '../../../view-models/cancel-choice.ts'
import { requestLine } from '../../../view-models/decision-words.ts'
import type { Wanted } from '../../../view-models/done-already.ts'
import { changeForm } from '../../change-form.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { cancelModal } from '../../views/cancel-modal.ts'
import { decisionModal } from '../../views/decision-modal.ts'
import { type ButtonArgs, CHANGED, listPressed, OPENED, press } from './press.ts'

/** Approves at once: committed before it is acknowledged, since Slack never sends a press again. */
export function approve(deps: SlackDeps) {
  return (args: ButtonArgs) => {
    const stepId = args.action.value ?? ''
    return press(
      deps,
      args,
      { stepId },
      async (person) => {
        await decideStep(deps.core, { stepId, actorId: person.id, decision: { kind: 'approve', comment: '' } })
        return CHANGED
      },
      'approved',
    )
  }
}

/** Asks for the reason, the note or the comment, where this person may decide; else says why not. */
export function askForWords(deps: SlackDeps, decision: Decision['kind']) {
  return (args: ButtonArgs) => {
    const stepId = args.action.value ?? ''
    return press(
      deps,
      args,
      { stepId },
      async (person) => {
        const booking = await requireMayDecide(deps.core, { stepId, actorId: person.id })
        const about = requestLine(booking, readerZone(person), deps.core.now())
        const view = decisionModal({ stepId, decision, list: listPressed(args) }, about)
        await args.client.views.open({ trigger_id: args.body.trigger_id, view })
        return OPENED
      },
      DECIDED[decision],
    )
  }
}

const DECIDED = {
  approve: 'approved',
  reject: 'rejected',
  ask_for_change: 'changes_requested',
} as const satisfies Record<Decision['kind'], Wanted>

/** Opens the form to change a booking, as what there is to decide of it fills it in. */
export function change(deps: SlackDeps) {
  return (args: ButtonArgs) => {
    const bookingId = args.action.value ?? ''
    return press(deps, args, { bookingId }, async (person) => {
      const booking = found(await deps.core.store.findBooking(bookingId))
      checkMayChange(booking, person, deps.core.now())
      const view = await changeForm(deps, person, booking, listPressed(args))
      await args.client.views.open({ trigger_id: args.body.trigger_id, view })
      return OPENED
    })
  }
}

export function withdraw(deps: SlackDeps) {
  return (args: ButtonArgs) => {
    const bookingId = args.action.value ?? ''
    return press(
      deps,
      args,
      { bookingId },
      async (person) => {
        await withdrawChange(deps.core, { bookingId, actorId: person.id })
        return CHANGED
      },
      'withdrawn',
    )
  }
}

/** Asks once, and why. */
export function askToCancel(deps: SlackDeps) {
  return (args: ButtonArgs) => {
    const bookingId = args.action.value ?? ''
    return press(
      deps,
      args,
      { bookingId },
      async (person) => {
        const now = deps.core.now()
        const booking = found(await deps.core.store.findBooking(bookingId))
        checkMayCancel(booking, person, now)
        const choice = cancelChoice(booking, listReader(person), now)
        if (!choice) return
        const view = cancelModal(choice, listPressed(args))
        await args.client.views.open({ trigger_id: args.body.trigger_id, view })
        return OPENED
      },
      'cancelled',
    )
  }
}

function found(booking: Booking | null): Booking {
  if (!booking) throw new BookingError('booking_not_found', {})
  return booking
}
