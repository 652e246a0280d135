import type { AllMiddlewareArgs, App, GlobalShortcut, SlackShortcutMiddlewareArgs } from '@slack/bolt'
import { actorOf } from '../../identify.ts'
import { openRequestForm } from '../../open-form.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { tellAlone } from '../../tell-alone.ts'

const BOOK_CAR_SHORTCUT = 'book_car'

/** The same form as the bare command, from anywhere in Slack. */
function bookCarShortcut(deps: SlackDeps) {
  return async ({
    ack,
    shortcut,
    client,
    respond,
  }: SlackShortcutMiddlewareArgs<GlobalShortcut> & AllMiddlewareArgs) => {
    await ack()
    await openRequestForm(deps, {
      client,
      actor: actorOf(shortcut),
      triggerId: shortcut.trigger_id,
      tell: (message) => tellAlone({ client, respond, body: shortcut }, 'Book a car', message),
    })
  }
}

export function registerShortcuts(app: App, deps: SlackDeps): void {
  app.shortcut<GlobalShortcut>({ type: 'shortcut', callback_id: BOOK_CAR_SHORTCUT }, bookCarShortcut(deps))
}
