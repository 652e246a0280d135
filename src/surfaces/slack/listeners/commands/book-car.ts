import { setImmediate as othersFirst } from 'node:timers/promises'
import type { AllMiddlewareArgs, App, SlackCommandMiddlewareArgs } from '@slack/bolt'
import { cleanText } from '../../../../core/text/clean-text.ts'
import { type Command, readCommand } from '../../../view-models/command-words.ts'
import { type Actor, actorOf } from '../../identify.ts'
import { openAway } from '../../open-away.ts'
import { openRequestForm } from '../../open-form.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import { helpMessage } from '../../views/help-message.ts'
import { cars } from './cars.ts'
import { drafts } from './drafts.ts'
import { personalAnswer, personalList } from './personal-answer.ts'

const BOOK_CAR = '/book-car'

type Asked = ReturnType<typeof readCommand>

/** `/book-car` opens the request form, in any channel, for the one who typed it; further words are answered in place. */
function bookCar(deps: SlackDeps) {
  return async ({ ack, command, client, respond }: SlackCommandMiddlewareArgs & AllMiddlewareArgs) => {
    await ack()
    // Of many who type at once, everybody's command is acknowledged before the work for the first begins.
    await othersFirst()
    const actor = actorOf(command)
    const tell = (message: SlackMessage) => respond({ response_type: 'ephemeral', ...message })
    const words = cleanText(command.text)
    const asked = readCommand(words)
    const opening = { client, actor, triggerId: command.trigger_id, tell }
    if (words === '' || isAlone(asked, 'book')) await openRequestForm(deps, opening)
    else if (isAlone(asked, 'away')) await openAway(deps, opening)
    else await tell(await answerTo(deps, actor, words, asked))
  }
}

function isAlone(asked: Asked, command: Command): boolean {
  return asked?.command === command && asked.rest === ''
}

/** A word that is not known gets all those that are. */
async function answerTo(deps: SlackDeps, actor: Actor, words: string, asked: Asked): Promise<SlackMessage> {
  if (!asked) return helpMessage(firstOf(words))
  const { command, rest } = asked
  if (command === 'cars') return personalAnswer(deps, actor, (person) => cars(deps, person, rest))
  if (rest !== '') return helpMessage(firstOf(rest))
  if (command === 'drafts') return personalAnswer(deps, actor, (person) => drafts(deps, person))
  return command === 'mine' || command === 'approvals' ? personalList(deps, actor, command) : helpMessage(null)
}

function firstOf(words: string): string {
  return words.split(' ', 1)[0] ?? words
}

export function registerCommands(app: App, deps: SlackDeps): void {
  app.command(BOOK_CAR, bookCar(deps))
}
