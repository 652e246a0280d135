import type { App, ViewSubmitAction } from '@slack/bolt'
import type { SlackDeps } from '../../slack-deps.ts'
import { AWAY } from '../../views/away-modal.ts'
import { CANCEL_BOOKING } from '../../views/cancel-modal.ts'
import { DECISION } from '../../views/decision-modal.ts'
import { CHANGE_BOOKING, REQUEST_BOOKING } from '../../views/request-booking-modal.ts'
import { awaySubmitted } from './away.ts'
import { cancelSubmitted } from './cancel-booking.ts'
import { changeBookingSubmitted } from './change-booking.ts'
import { decisionSubmitted } from './decision.ts'
import { requestBookingSubmitted } from './request-booking.ts'

/** All forms have one listener: Bolt asks each listener about everything that comes in. */
export function registerViews(app: App, deps: SlackDeps): void {
  const submitted = new Map([
    [REQUEST_BOOKING, requestBookingSubmitted(deps)],
    [CHANGE_BOOKING, changeBookingSubmitted(deps)],
    [DECISION, decisionSubmitted(deps)],
    [CANCEL_BOOKING, cancelSubmitted(deps)],
    [AWAY, awaySubmitted(deps)],
  ])
  app.view<ViewSubmitAction>({ type: 'view_submission' }, async (args) => submitted.get(args.view.callback_id)?.(args))
}
