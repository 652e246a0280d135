import type { Person } from '../../../../core/people/person.ts'
import { type Command, readCommand } from '../../../view-models/command-words.ts'
import { OPENED } from '../../../view-models/list-look.ts'
import type { Actor } from '../../identify.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import { greetingMessage } from '../../views/help-message.ts'
import { OPEN_AWAY } from '../../views/home-own-blocks.ts'
import { OPEN_FORM, openFormMessage } from '../../views/notice-modal.ts'
import { approvals } from './approvals.ts'
import { cars } from './cars.ts'
import { drafts } from './drafts.ts'
import { mine } from './mine.ts'
import { personalAnswer } from './personal-answer.ts'

/** Returns the answer to what somebody writes to Motorpool, read as the words after `/book-car` are. Never throws. */
export function answerWritten(deps: SlackDeps, actor: Actor, words: string): Promise<SlackMessage> {
  return personalAnswer(deps, actor, async (person) => {
    const asked = readCommand(words)
    if (asked?.command === 'cars') return cars(deps, person, asked.rest)
    return asked?.rest === '' ? ANSWERS[asked.command](deps, person) : greetingMessage()
  })
}

/** A message brings no trigger with it, so a form opens on a press. https://docs.slack.dev/surfaces/modals#opening_modals */
const ANSWERS: Record<
  Exclude<Command, 'cars'>,
  (deps: SlackDeps, person: Person) => Promise<SlackMessage> | SlackMessage
> = {
  book: () => openFormMessage({ actionId: OPEN_FORM }, 'Here is the form to book a car.'),
  mine: (deps, person) => mine(deps, person, null, OPENED),
  drafts,
  approvals: (deps, person) => approvals(deps, person, null, OPENED),
  away: () => openFormMessage({ actionId: OPEN_AWAY }, 'Here is the form to say that you are away.'),
  help: greetingMessage,
}
