import type { Activity, TurnContext } from 'botbuilder'
import type { Person } from '../../../core/people/person.ts'
import { FIRST_LOOK, readHistory } from '../../view-models/home.ts'
import { readApprovals, readCars, readTrips } from '../../view-models/lists.ts'
import { UNIDENTIFIED_WORDS } from '../../view-models/unidentified-words.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import { approvalListCard } from '../cards/approval-list-card.ts'
import { carListCard } from '../cards/car-list-card.ts'
import { helpCard } from '../cards/help-card.ts'
import { tripListCard } from '../cards/trip-list-card.ts'
import { wordsCard } from '../cards/words-card.ts'
import { conversationOf, tenantOf } from '../conversation.ts'
import { identify } from '../identify.ts'
import { messageWith } from '../message-with.ts'
import { newForm } from '../request-form.ts'
import type { TeamsDeps } from '../teams-deps.ts'

const SORRY = 'Motorpool cannot look that up right now. Please try again in a minute.'

/** Whatever somebody types is answered with a card, in their 1:1 chat; a message that comes twice is answered once. */
export async function messageReceived(deps: TeamsDeps, { activity }: TurnContext): Promise<void> {
  if (!(await deps.activities.isFirst(activity.conversation.id, activity.id ?? ''))) return
  await answerPrivately(deps, activity, await answerTo(deps, activity))
}

/** Somebody added the app, or came into a chat with it: whoever is in the directory is reached from now on. */
export async function installed(deps: TeamsDeps, { activity }: TurnContext): Promise<void> {
  const person = await identify(deps, activity)
  const isNew = await deps.activities.isFirst(activity.conversation.id, 'welcome')
  if (!isNew || !conversationOf(activity)) return
  await answerPrivately(deps, activity, typeof person === 'string' ? sorry(person) : helpCard(null))
}

async function answerTo(deps: TeamsDeps, activity: Activity): Promise<AdaptiveCard> {
  try {
    const person = await identify(deps, activity)
    return typeof person === 'string' ? sorry(person) : await answer(deps, person, wordsOf(activity))
  } catch (error) {
    deps.log.error({ err: error }, 'A message could not be answered')
    return wordsCard(null, SORRY, 'warning')
  }
}

async function answer(deps: TeamsDeps, person: Person, words: string): Promise<AdaptiveCard> {
  const { overview, core } = deps
  const now = core.now()
  const said = words.toLowerCase()
  if (said === 'book') return newForm(deps, person)
  if (said === 'my bookings') return myBookings(deps, person)
  if (said === 'approvals') return approvalListCard(await readApprovals(overview, person, now))
  if (said === 'help') return helpCard(null)
  if (said === 'cars' || said.startsWith('cars ')) {
    const list = await readCars(overview, person, words.slice('cars'.length).trim(), now)
    return typeof list === 'string' ? wordsCard(null, list, 'warning') : carListCard(list)
  }
  return helpCard(words)
}

export async function myBookings({ overview, core }: TeamsDeps, person: Person, state = FIRST_LOOK) {
  const now = core.now()
  const [trips, history] = await Promise.all([
    readTrips(overview, person, now),
    readHistory(overview, person, state, now),
  ])
  return tripListCard({ trips, history })
}

function sorry(why: keyof typeof UNIDENTIFIED_WORDS): AdaptiveCard {
  return wordsCard(null, UNIDENTIFIED_WORDS[why], 'warning')
}

/** What was typed, without the mention of the bot that a channel asks for. */
function wordsOf(activity: Activity): string {
  const mentions = (activity.entities ?? []).filter(
    (entity) => entity.type === 'mention' && entity.mentioned?.id === activity.recipient.id,
  )
  const text = mentions.reduce((left, { text: mention }) => left.replaceAll(mention ?? '', ' '), activity.text ?? '')
  return text.replaceAll(/\s+/g, ' ').trim()
}

async function answerPrivately(deps: TeamsDeps, activity: Activity, card: AdaptiveCard): Promise<void> {
  const { adapter } = deps
  const conversation =
    conversationOf(activity) ??
    (await adapter.openConversation(activity.serviceUrl, {
      userId: activity.from.id,
      tenantId: tenantOf(activity) ?? '',
    }))
  await adapter.post(conversation, messageWith(card))
}
