import type { AllMiddlewareArgs, App, SlackCommandMiddlewareArgs } from '@slack/bolt'
import { actorOf } from '../../identify.ts'
import { openRequestForm } from '../../open-form.ts'
import type { SlackDeps } from '../../slack-deps.ts'

const BOOK_CAR = '/book-car'

/** `/book-car` opens the request form, in any channel, for the one who typed it. */
function bookCar(deps: SlackDeps) {
  return async ({ ack, command, client, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    await ack()
    await openRequestForm(deps, {
      client,
      actor: actorOf(command),
      triggerId: command.trigger_id,
      tell: (message) => respond({ response_type: 'ephemeral', ...message }),
    })
  }
}

export function registerCommands(app: App, deps: SlackDeps): void {
  app.command(BOOK_CAR, bookCar(deps))
}
