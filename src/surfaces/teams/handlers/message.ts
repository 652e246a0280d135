import type { Activity, TurnContext } from 'botbuilder'
import type { Person } from '../../../core/people/person.ts'
import { type Command, readCommand } from '../../view-models/command-words.ts'
import { readCars } from '../../view-models/lists.ts'
import { UNIDENTIFIED_WORDS } from '../../view-models/unidentified-words.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import { carListCard } from '../cards/car-list-card.ts'
import { greetingCard, helpCard } from '../cards/help-card.ts'
import { wordsCard } from '../cards/words-card.ts'
import { type Conversation, conversationOf, tenantOf } from '../conversation.ts'
import { newForm } from '../form/request-form.ts'
import { identify, sightingOf } from '../identify.ts'
import { messageText } from '../message-text.ts'
import { messageWith } from '../message-with.ts'
import type { TeamsDeps } from '../teams-deps.ts'
import { away } from './away.ts'
import { approvals, myBookings, myDrafts } from './lists.ts'

const SORRY = 'Motorpool cannot look that up right now. Please try again in a minute.'
const NO_CHAT = 'Motorpool answers in your own chat with it. Please add the app for yourself, and write “book” there.'

/** Whatever somebody types is answered with a card, in their 1:1 chat; a message that comes twice is answered once. */
export async function messageReceived(deps: TeamsDeps, { activity }: TurnContext): Promise<void> {
  const isFirst = await isFirstTime(deps, activity)
  if (isFirst === false) return
  const own = await ownChat(deps, activity)
  if (!own) return tellInPublic(deps, activity)
  const card = isFirst ? await answerTo(deps, activity, own) : wordsCard(null, SORRY, 'warning')
  await deps.adapter.post(own, messageWith(card))
}

/** Somebody added the app, or came into a chat with it: whoever is in the directory is reached from now on. */
export async function installed(deps: TeamsDeps, { activity }: TurnContext): Promise<void> {
  const own = conversationOf(activity)
  if (!own) return
  const person = await identify(deps, activity, own)
  const isNew = await deps.activities.isFirst(activity.conversation.id, 'welcome')
  // What could not be brought to them before is due now.
  if (typeof person !== 'string')
    await deps.directory.linkAccount(person.id, sightingOf(activity, own), person.lastSeen?.timeZone ?? null)
  if (isNew) await deps.adapter.post(own, messageWith(typeof person === 'string' ? sorry(person) : helpCard()))
}

/** Null where that cannot be found out. */
async function isFirstTime({ activities, log }: TeamsDeps, { conversation, id }: Activity): Promise<boolean | null> {
  if (!id) return true
  try {
    return await activities.isFirst(conversation.id, id)
  } catch (error) {
    log.error({ err: error }, 'A message could not be looked up')
    return null
  }
}

async function answerTo(deps: TeamsDeps, activity: Activity, own: Conversation): Promise<AdaptiveCard> {
  try {
    const person = await identify(deps, activity, own)
    return typeof person === 'string' ? sorry(person) : await answer(deps, person, messageText(activity))
  } catch (error) {
    deps.log.error({ err: error }, 'A message could not be answered')
    return wordsCard(null, SORRY, 'warning')
  }
}

async function answer(deps: TeamsDeps, person: Person, words: string): Promise<AdaptiveCard> {
  const { overview, core } = deps
  const asked = readCommand(words)
  if (words === '') return helpCard()
  if (!asked) return greetingCard()
  const { command, rest } = asked
  if (command === 'cars') {
    const list = await readCars(overview, person, rest, core.now())
    return typeof list === 'string' ? wordsCard(null, list, 'warning') : carListCard(list)
  }
  return rest === '' ? ANSWERS[command](deps, person) : greetingCard()
}

const ANSWERS: Record<
  Exclude<Command, 'cars'>,
  (deps: TeamsDeps, person: Person) => Promise<AdaptiveCard> | AdaptiveCard
> = {
  book: newForm,
  mine: (deps, person) => myBookings(deps, person),
  drafts: myDrafts,
  approvals,
  away,
  help: helpCard,
}

function sorry(why: keyof typeof UNIDENTIFIED_WORDS): AdaptiveCard {
  return wordsCard(null, UNIDENTIFIED_WORDS[why], 'warning')
}

/** Where they are answered, wherever they wrote; null when they do not have the app. */
async function ownChat({ adapter }: TeamsDeps, activity: Activity): Promise<Conversation | null> {
  const own = conversationOf(activity)
  if (own) return own
  try {
    const user = { userId: activity.from.id, tenantId: tenantOf(activity) ?? '' }
    return await adapter.openConversation(activity.serviceUrl, user)
  } catch (error) {
    if ((error as { statusCode?: number }).statusCode === 403) return null
    throw error
  }
}

async function tellInPublic({ adapter }: TeamsDeps, { serviceUrl, conversation, from, recipient }: Activity) {
  const thread = { serviceUrl, conversationId: conversation.id, userId: from.id, botId: recipient.id }
  await adapter.post(thread, messageWith(wordsCard(null, NO_CHAT, 'warning')))
}
