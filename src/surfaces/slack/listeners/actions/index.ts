import type { App, BlockAction, ButtonAction, StaticSelectAction } from '@slack/bolt'
import type { SlackDeps } from '../../slack-deps.ts'
import { APPROVE, APPROVE_WITH_COMMENT, CANCEL, REJECT } from '../../views/booking-card-message.ts'
import { HOME_FILTER, HOME_NEWER, HOME_OLDER, MARK_READ } from '../../views/home-view.ts'
import { OPEN_FORM } from '../../views/notice-modal.ts'
import { FORM_CHANGED } from '../../views/request-booking-modal.ts'
import { approve, askForWords, cancel } from './booking-actions.ts'
import { formChanged, openForm } from './form-actions.ts'
import { homeFilter, homePage, markRead } from './home-actions.ts'

export function registerActions(app: App, deps: SlackDeps): void {
  app.action<BlockAction<ButtonAction>>(APPROVE, approve(deps))
  app.action<BlockAction<ButtonAction>>(APPROVE_WITH_COMMENT, askForWords(deps, 'approve'))
  app.action<BlockAction<ButtonAction>>(REJECT, askForWords(deps, 'reject'))
  app.action<BlockAction<ButtonAction>>(CANCEL, cancel(deps))
  app.action<BlockAction<StaticSelectAction>>(HOME_FILTER, homeFilter(deps))
  for (const page of [HOME_NEWER, HOME_OLDER]) app.action<BlockAction<ButtonAction>>(page, homePage(deps))
  app.action<BlockAction<ButtonAction>>(MARK_READ, markRead(deps))
  app.action<BlockAction>(OPEN_FORM, openForm(deps))
  app.action<BlockAction>(FORM_CHANGED, formChanged(deps))
}
