import type { Activity } from 'botbuilder'
import type { Booking } from '../../../core/booking/booking.ts'
import { BookingError } from '../../../core/booking-error.ts'
import type { Press } from '../../../core/notification/pressed-cards.ts'
import { type Person, readerZone } from '../../../core/people/person.ts'
import { requestCard } from '../../view-models/booking-card.ts'
import { refusalTold } from '../../view-models/refusal-told.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import type { PersonalList } from '../cards/booking-actions.ts'
import { bookingCard } from '../cards/booking-card.ts'
import { withNotice } from '../cards/words-card.ts'
import { conversationOf } from '../conversation.ts'
import { messageWith } from '../message-with.ts'
import { isRefusedThere } from '../outcome-of.ts'
import { externalId } from '../sender.ts'
import type { TeamsDeps } from '../teams-deps.ts'

export type Data = Record<string, unknown>
export type Answer = (deps: TeamsDeps, person: Person, data: Data, activity: Activity) => Promise<Answered>

/**
 * Words that are shown for a moment, or what takes the place of the card for whoever pressed. Teams shows the message itself
 * again after a while, so it has to be changed as well: the relay does that for cards about a booking, and `stays` asks for
 * it where nobody else would. https://github.com/microsoft/botbuilder-js/issues/4635
 */
export type Answered = { card: AdaptiveCard; stays: boolean } | { words: string }

export const shownNow = (card: AdaptiveCard): Answered => ({ card, stays: false })
export const forGood = (card: AdaptiveCard): Answered => ({ card, stays: true })

export const textIn = (value: unknown) => (typeof value === 'string' ? value : '')

/** Which list a button stands in, if any: then the answer is that list. It says nothing about what somebody may do. */
export function isIn(data: Data, list: PersonalList): boolean {
  return data.list === list
}

export function noticed(card: AdaptiveCard, refusal: string | null): AdaptiveCard {
  return refusal === null ? card : withNotice(card, refusal)
}

/** The requester's own card, as it stands. */
export function ownCard({ core }: TeamsDeps, person: Person, booking: Booking): AdaptiveCard {
  return bookingCard(requestCard(booking, { personId: person.id, zone: readerZone(person) }, core.now()))
}

/** The booking as the press changed it, or why it did not. */
export async function tried(
  deps: TeamsDeps,
  person: Person,
  about: Press['about'],
  act: () => Promise<Booking>,
): Promise<{ changed: Booking | null; refusal: string | null }> {
  try {
    return { changed: await act(), refusal: null }
  } catch (error) {
    if (!(error instanceof BookingError)) throw error
    return { changed: null, refusal: await refusalTold(deps.core, error.refusal, person, about) }
  }
}

/**
 * Only after a press that did something: the answer to another one says why at the top of the card, and a picture from the
 * store would take that away at once. Never throws: what the press did stands, whether its card can be drawn anew or not.
 */
export async function drawAnew(
  deps: TeamsDeps,
  activity: Activity,
  person: Person,
  about: Press['about'],
  card: AdaptiveCard,
): Promise<void> {
  if (!activity.replyToId) return
  const id = externalId(activity.conversation.id, activity.replyToId)
  const pressed = { platform: 'teams', externalId: id, personId: person.id, about, hasChanged: false } as const
  try {
    if (await deps.cards.pressed({ ...pressed, isOurs: false })) return
  } catch (error) {
    deps.log.error({ err: error, about }, 'A pressed card could not be drawn anew')
    return
  }
  void deps.tracked(adopt(deps, activity, pressed, card))
}

/**
 * Clients name messages that are none. Teams lets us change our own messages alone, so one that it lets us change becomes a card.
 * Never throws.
 */
async function adopt(
  { adapter, cards, log }: TeamsDeps,
  activity: Activity,
  pressed: Omit<Press, 'isOurs'>,
  card: AdaptiveCard,
): Promise<void> {
  const conversation = conversationOf(activity)
  if (!conversation || !activity.replyToId) return
  try {
    await adapter.update(conversation, activity.replyToId, messageWith(card))
    await cards.pressed({ ...pressed, isOurs: true })
  } catch (error) {
    if (isRefusedThere(error)) log.info({ reason: String(error) }, 'A press names a message that is none of ours')
    else log.error({ err: error, about: pressed.about }, 'A pressed card could not be drawn anew')
  }
}

const BELOW = 'It is the newest message below.'

/**
 * A form or a list opens as a message of its own: the card that was pressed lives on, and is drawn anew while the form is
 * filled in. A press that Teams brings twice opens one.
 */
export async function openedBelow(
  { activities, adapter }: TeamsDeps,
  activity: Activity,
  card: AdaptiveCard,
): Promise<Answered> {
  const conversation = conversationOf(activity)
  if (!conversation) return shownNow(card)
  const isFirst = !activity.id || (await activities.isFirst(conversation.conversationId, activity.id))
  if (isFirst) await adapter.post(conversation, messageWith(card))
  return { words: BELOW }
}
