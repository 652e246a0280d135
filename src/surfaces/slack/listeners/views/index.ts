import type { App } from '@slack/bolt'
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

export function registerViews(app: App, deps: SlackDeps): void {
  app.view({ callback_id: REQUEST_BOOKING, type: 'view_submission' }, requestBookingSubmitted(deps))
  app.view({ callback_id: CHANGE_BOOKING, type: 'view_submission' }, changeBookingSubmitted(deps))
  app.view({ callback_id: DECISION, type: 'view_submission' }, decisionSubmitted(deps))
  app.view({ callback_id: CANCEL_BOOKING, type: 'view_submission' }, cancelSubmitted(deps))
  app.view({ callback_id: AWAY, type: 'view_submission' }, awaySubmitted(deps))
}
