import type { App } from '@slack/bolt'
import type { SlackDeps } from '../../slack-deps.ts'
import { DECISION } from '../../views/decision-modal.ts'
import { REQUEST_BOOKING } from '../../views/request-booking-modal.ts'
import { decisionSubmitted } from './decision.ts'
import { requestBookingSubmitted } from './request-booking.ts'

export function registerViews(app: App, deps: SlackDeps): void {
  app.view({ callback_id: REQUEST_BOOKING, type: 'view_submission' }, requestBookingSubmitted(deps))
  app.view({ callback_id: DECISION, type: 'view_submission' }, decisionSubmitted(deps))
}
