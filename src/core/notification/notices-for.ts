import type { Step } from '../approval/step.ts'
import type { BookingEvent, NewBooking, Trip } from '../booking/booking.ts'
import type { ChatPlatform, Person } from '../people/person.ts'
import type { Deps, WantedCard } from '../ports.ts'
import { type CardKind, type Channel, type Notice, type NoticeKind, noticeFacts, type Said } from './notice.ts'
import type { Undelivered } from './undelivered.ts'

type Channels = Deps['channels']

/** Whether it is told in chat too; it may depend on to whom. */
type InChat = boolean | ((person: Person) => boolean)

/** `asCard`: what it asks for is answered on this card, which says it in chat instead of a message without buttons. */
interface TellOptions {
  chat: InChat
  stepId?: string
  asCard?: CardKind
}

/** An event, the booking as it stands after it, and what was said. */
export interface Telling {
  channels: Channels
  event: BookingEvent
  booking: NewBooking
  said: Said
}

/** New messages go where somebody was last seen, else to the company's first platform. */
export function chatPlatformOf(person: Person, channels: Channels): ChatPlatform | null {
  const seen = person.lastSeen?.platform
  return seen && channels.chat.includes(seen) ? seen : (channels.chat[0] ?? null)
}

/** A person is told once about one event, whatever roles they have in it; the first reason to tell them counts. */
export function tell(
  { channels, event, booking, said }: Telling,
  kind: NoticeKind,
  people: Person[],
  options: TellOptions = { chat: true },
): Notice[] {
  const facts = noticeFacts(booking, said)
  const once = [...new Map(people.filter((person) => person.active).map((person) => [person.id, person])).values()]
  return once.map((person) => {
    const inChat = typeof options.chat === 'function' ? options.chat(person) : options.chat
    const chat = inChat ? chatPlatformOf(person, channels) : null
    const card = chat && options.asCard ? { platform: chat, kind: options.asCard } : null
    const to: Channel[] = [...(chat && !card ? [chat] : []), ...(channels.email ? (['email'] as const) : [])]
    return {
      id: crypto.randomUUID(),
      eventId: event.id,
      personId: person.id,
      kind,
      stepId: options.stepId ?? null,
      facts,
      deliveries: to.map((channel) => ({ id: crypto.randomUUID(), channel })),
      ...(card && { card }),
    }
  })
}

/**
 * Those who are asked to decide now. In chat a new card asks; one that stands there from an earlier time is posted again, since
 * redrawing it pings nobody.
 */
export function askNotices(telling: Telling): Notice[] {
  const open = telling.booking.steps.find((step) => step.status === 'open')
  if (!open) return []
  const before = askedBefore(telling.booking, open)
  return tellAsked(telling, 'approval_needed', open, { chat: ({ id }) => before.has(id) })
}

/** Who has a card that asked the same before: in an earlier round, or until it went on to somebody else. */
function askedBefore({ steps }: NewBooking, open: Step): Set<string> {
  const asks = steps
    .filter(({ kind }) => kind === open.kind)
    .flatMap((step) => [...(step === open ? [] : step.asks), ...step.passedOn])
  return new Set(asks.map(({ person }) => person.id))
}

/** Those whom a step asks, in chat by their card; one who is asked for somebody who is away is told for whom. */
export function tellAsked(telling: Telling, kind: NoticeKind, step: Step, { chat }: { chat: InChat }): Notice[] {
  const people = step.asks.map((ask) => ask.person)
  return tell(telling, kind, people, { chat, stepId: step.id, asCard: APPROVAL_CARD[step.kind] }).map((notice) => {
    const absent = step.asks.find((ask) => ask.person.id === notice.personId)?.onBehalfOf
    return absent ? { ...notice, facts: { ...notice.facts, askedFor: absent.name } } : notice
  })
}

/** The requester hears by mail; in chat their own card appears. */
export function requestedNotices(telling: Telling): Notice[] {
  return [...tell(telling, 'booking_requested', [telling.booking.requester], { chat: false }), ...askNotices(telling)]
}

export function managerApprovedNotices(telling: Telling): Notice[] {
  return [...tell(telling, 'manager_approved', [telling.booking.requester]), ...askNotices(telling)]
}

/** Everybody who goes along gets the calendar entry. */
export function approvedNotices(telling: Telling): Notice[] {
  return tell(telling, 'booking_approved', [telling.booking.requester, ...colleagues(telling.booking)])
}

export function rejectedNotices(telling: Telling): Notice[] {
  const kind = telling.event.type === 'change.rejected' ? 'change_rejected' : 'booking_rejected'
  return tell(telling, kind, [telling.booking.requester])
}

/** Those who had been asked, whoever it went on to, and, once it was approved, those who were coming along. */
export function cancelledNotices(telling: Telling): Notice[] {
  const { booking, said } = telling
  const asked = booking.steps.flatMap((step) => [...step.asks, ...step.passedOn].map((ask) => ask.person))
  const told = [booking.requester, ...asked, ...(said.wasApproved ? colleagues(booking) : [])]
  return tellQuietly(telling, 'booking_cancelled', told)
}

/** Returns the same notices for a requester who has left; the people who are `inPlace` of them are told as well. */
export function leaverNotices(inPlace: Person[]): (telling: Telling) => Notice[] {
  return (telling) => {
    const notices = cancelledNotices(telling)
    const told = new Set(notices.map(({ personId }) => personId))
    const others = inPlace.filter(({ id }) => !told.has(id))
    return [...notices, ...tell(telling, 'booking_cancelled', others)]
  }
}

/** As {@link tell}; but whoever did it needs no ping in chat. */
export function tellQuietly(telling: Telling, kind: NoticeKind, people: Person[]): Notice[] {
  const isActor = (person: Person) => person.id === telling.event.actor?.id
  return [
    ...tell(telling, kind, people.filter(isActor), { chat: false }),
    ...tell(
      telling,
      kind,
      people.filter((person) => !isActor(person)),
    ),
  ]
}

/** The admins hear of somebody who cannot be reached. */
export function undeliveredNotices(
  telling: Telling,
  admins: Person[],
  { kind, channel, person }: Undelivered,
): Notice[] {
  const undelivered = { name: person?.name ?? null, channel, ...(kind === 'refused' && { isRefused: true }) }
  return tell(telling, 'delivery_failed', admins).map((notice) => ({
    ...notice,
    facts: { ...notice.facts, undelivered },
  }))
}

/** Those of the company who travel. */
export function colleagues(trip: Trip): Person[] {
  return trip.travellers.flatMap((traveller) => traveller.person ?? [])
}

const APPROVAL_CARD = { manager: 'manager_approval', hr: 'hr_approval' } as const satisfies Record<string, CardKind>

/** The cards that must exist for a booking as it stands: the requester's, and one for everybody asked. */
export function wantedCards(booking: NewBooking, channels: Channels): WantedCard[] {
  const card = (person: Person, kind: CardKind): WantedCard[] => {
    const platform = chatPlatformOf(person, channels)
    return platform ? [{ personId: person.id, platform, kind }] : []
  }
  const asked = booking.steps
    .filter((step) => step.status === 'open')
    .flatMap((step) => step.asks.flatMap((ask) => card(ask.person, APPROVAL_CARD[step.kind])))
  return [...card(booking.requester, 'request'), ...asked]
}
