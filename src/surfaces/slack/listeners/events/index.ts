import type { App } from '@slack/bolt'
import type { SlackDeps } from '../../slack-deps.ts'
import { appHomeOpened } from './app-home-opened.ts'
import { messageWritten } from './message-written.ts'
import { userChange } from './user-change.ts'

export function registerEvents(app: App, deps: SlackDeps): void {
  app.event('app_home_opened', appHomeOpened(deps))
  app.event('message', messageWritten(deps))
  app.event('user_change', userChange(deps))
}
