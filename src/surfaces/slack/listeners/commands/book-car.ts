import { setImmediate as othersFirst } from 'node:timers/promises'
import type { AllMiddlewareArgs, App, SlackCommandMiddlewareArgs } from '@slack/bolt'
import { cleanText } from '../../../../core/text/clean-text.ts'
import { type Actor, actorOf } from '../../identify.ts'
import { openAway } from '../../open-away.ts'
import { openRequestForm } from '../../open-form.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import { helpMessage } from '../../views/help-message.ts'
import { cars } from './cars.ts'
import { personalAnswer, personalList } from './personal-answer.ts'

const BOOK_CAR = '/book-car'

/** `/book-car` opens the request form, in any channel, for the one who typed it; further words are answered in place. */
function bookCar(deps: SlackDeps) {
  return async ({ ack, command, client, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    await ack()
    // Of many who type at once, everybody's command is acknowledged before the work for the first begins.
    await othersFirst()
    const actor = actorOf(command)
    const tell = (message: SlackMessage) => respond({ response_type: 'ephemeral', ...message })
    const [word = '', ...more] = cleanText(command.text).split(' ')
    const opening = { client, actor, triggerId: command.trigger_id, tell }
    if (word === '') await openRequestForm(deps, opening)
    else if (word.toLowerCase() === 'away' && more.length === 0) await openAway(deps, opening)
    else await tell(await answerTo(deps, actor, word, more))
  }
}

/** A word that is not known gets all those that are. */
async function answerTo(deps: SlackDeps, actor: Actor, word: string, more: string[]): Promise<SlackMessage> {
  const asked = word.toLowerCase()
  if (asked === 'cars') return personalAnswer(deps, actor, (person) => cars(deps, person, more.join(' ')))
  const [extra = null] = more
  if (asked === 'help' || asked === 'away') return helpMessage(extra)
  if (asked !== 'mine' && asked !== 'approvals') return helpMessage(word)
  return extra === null ? personalList(deps, actor, asked) : helpMessage(extra)
}

export function registerCommands(app: App, deps: SlackDeps): void {
  app.command(BOOK_CAR, bookCar(deps))
}
