import type { Booking } from '../core/booking/booking.ts'
import { UnreadableBooking } from '../core/booking/unreadable-booking.ts'
import type { DueBookingCard, DueCard, DueDelivery, DueHome, SendOutcome } from '../core/notification/delivery.ts'
import type { Channel } from '../core/notification/notice.ts'
import type { Outbox } from '../core/notification/outbox.ts'
import type { ChatPlatform } from '../core/people/person.ts'
import { type AfterAttemptDeps, afterAttempt, type Next } from './after-attempt.ts'
import { keepTrying } from './keep-trying.ts'
import { createLane, type Lane } from './lane.ts'

/** Sends one notice on one channel. Never throws: what went wrong is part of the outcome. */
interface Sender {
  channel: Channel
  deliver(delivery: DueDelivery): Promise<SendOutcome>
}

/** Posts or redraws one card, or somebody's Home. Never throws. */
interface CardDrawer {
  platform: ChatPlatform
  draw(card: DueBookingCard, booking: Booking): Promise<SendOutcome>
  drawHome(home: DueHome): Promise<SendOutcome>
}

export interface RelayDeps extends AfterAttemptDeps {
  outbox: Outbox
  /** Bookings by their ids: an error for one that cannot be read, none for one that does not exist. */
  findBookings(ids: string[]): Promise<Map<string, Booking | UnreadableBooking>>
  senders: Sender[]
  drawers: CardDrawer[]
  /** Whether anybody waits for an answer: they come first. */
  isAnswering(): boolean
  log: { warn(facts: object, message: string): void; error(facts: object, message: string): void }
  /** Milliseconds on a clock that only goes forward; the process's own unless tests set one. */
  elapsed?: () => number
}

export interface Relay {
  start(): void
  /** Something was committed: look now for cards, and for messages on these channels, or on all where that is not known. */
  wake(channels?: readonly Channel[]): void
  /** Whether every lane reached the outbox when it looked last, and none hangs. */
  isHealthy(): boolean
  /** Claims nothing more, and waits for what is on its way. */
  stop(): Promise<void>
}

/** How often to look without being woken, in milliseconds: the guarantee. */
const POLL_EVERY = 1000

/** A lane that has had no answer for so many polls hangs. */
const LONGEST_SILENCE = 10

/**
 * Carries what was committed to the people: claims what is due, hands it to the platform's sender, settles what became of
 * it. Each channel has a lane of its own, so that one that hangs does not hold up another.
 */
export function createRelay(deps: RelayDeps): Relay {
  const { outbox, log, isAnswering, elapsed = () => performance.now() } = deps
  const stopping = new AbortController()
  const settling: Settling = {
    ...deps,
    settled: (write, about) =>
      keepTrying(write, {
        stopping: stopping.signal,
        failed: (error, tried) => log.warn({ err: error, ...about, tried }, 'An attempt could not be settled yet'),
      }),
  }
  const messages = deps.senders.map((sender) => {
    const lane = createLane({
      claim: (limit) => outbox.claimDeliveries(sender.channel, limit),
      handle: (delivery) => send(settling, sender, delivery),
      isAnswering,
      elapsed,
    })
    return { channel: sender.channel, lane }
  })
  const cards = deps.drawers.map((drawer) =>
    createLane({
      claim: async (limit) => readTogether(deps, await outbox.claimCards(drawer.platform, limit)),
      handle: ({ card, read }) => draw(settling, drawer, card, read),
      isAnswering,
      elapsed,
    }),
  )
  const lanes = [...messages.map(({ lane }) => lane), ...cards]
  let timer: NodeJS.Timeout | undefined

  async function look(lane: Lane) {
    try {
      await lane.run()
    } catch (error) {
      log.error({ err: error }, 'The relay could not reach the database')
    }
  }

  const wake: Relay['wake'] = (channels) => {
    for (const { channel, lane } of messages) if (channels?.includes(channel) ?? true) void look(lane)
    for (const lane of cards) void look(lane)
  }
  return {
    start: () => {
      wake()
      timer = setInterval(() => wake(), POLL_EVERY)
    },
    wake,
    isHealthy: () =>
      lanes.every((lane) => {
        const lookedAt = lane.lookedAt()
        return lookedAt !== null && elapsed() - lookedAt < LONGEST_SILENCE * POLL_EVERY
      }),
    stop: async () => {
      clearInterval(timer)
      stopping.abort()
      await Promise.all(lanes.map((lane) => lane.stop()))
    },
  }
}

interface Settling extends RelayDeps {
  /** Writes down what became of an attempt, again where the database does not take it. */
  settled<T>(write: () => Promise<T>, about: object): Promise<T>
}

async function send(deps: Settling, sender: Sender, delivery: DueDelivery): Promise<void> {
  const { outbox, log, settled } = deps
  const { id, channel, attempt } = delivery
  const about = { delivery: id, channel, attempt }
  try {
    const outcome = await sender.deliver(delivery)
    if (outcome.kind === 'sent') return await settled(() => outbox.settleDelivery(delivery, outcome), about)
    const { error } = outcome
    log.warn({ ...about, error, came: outcome.kind }, 'A message could not be delivered')
    await settled(async () => {
      const next = await afterAttempt(deps, channel, delivery, outcome)
      const settlement = next.kind === 'refused' ? { kind: 'dead' as const, error } : { ...next, error }
      await outbox.settleDelivery(delivery, settlement)
    }, about)
  } catch (error) {
    log.error({ err: error, ...about }, 'An attempt could not be settled; its lease will end')
  }
}

async function draw(deps: Settling, drawer: CardDrawer, card: DueCard, read: Read): Promise<void> {
  const { outbox, log, settled } = deps
  const { id, platform, attempt } = card
  const about = { card: id, platform, attempt }
  try {
    const outcome = card.kind === 'home' ? await drawer.drawHome(card) : await drawAbout(read, drawer, card)
    if (outcome.kind === 'sent')
      return await settled(() => outbox.settleCard(card, { ...outcome, kind: 'drawn' }), about)
    const { error } = outcome
    log.warn({ ...about, error, came: outcome.kind }, 'A card could not be drawn')
    await settled(async () => {
      const wait = card.kind === 'home' && HOME_WAITS[outcome.kind]
      const next = wait || (await afterAttempt(deps, platform, card, outcome))
      await outbox.settleCard(card, next.kind === 'retry' ? { ...next, error } : { kind: 'given_up', error })
    }, about)
  } catch (error) {
    log.error({ err: error, ...about }, 'An attempt could not be settled; its lease will end')
  }
}

/**
 * A Home that nobody can be shown waits for the next change, or until it is opened. Of our set-up it says nothing: the admins are
 * told through a booking, so a message about one has to find out.
 */
const HOME_WAITS: Partial<Record<SendOutcome['kind'], Next>> = {
  unreachable: { kind: 'refused' },
  refused: { kind: 'refused' },
  setup: { kind: 'retry', afterSeconds: 60, counts: false },
}

/** Gives what is known of the booking of a card. */
type Read = (bookingId: string) => Promise<Booking | UnreadableBooking | undefined>

/**
 * Gives cards that were claimed together one look at their bookings. It comes after the claim, so that what is drawn is at least
 * as new as what was wanted.
 */
function readTogether({ findBookings }: RelayDeps, cards: DueCard[]): { card: DueCard; read: Read }[] {
  const ids = [...new Set(cards.flatMap((card) => (card.kind === 'home' ? [] : card.bookingId)))]
  const found = ids.length > 0 ? findBookings(ids) : Promise.resolve(new Map())
  // Each card hears of a failure when it asks.
  found.catch(() => {})
  return cards.map((card) => ({ card, read: async (bookingId) => (await found).get(bookingId) }))
}

async function drawAbout(read: Read, drawer: CardDrawer, card: DueBookingCard): Promise<SendOutcome> {
  let booking: Booking | undefined
  try {
    const found = await read(card.bookingId)
    if (found instanceof UnreadableBooking) throw found
    booking = found
  } catch (error) {
    return { kind: 'passing', error: `the booking could not be read: ${String(error)}` }
  }
  return booking ? drawer.draw(card, booking) : { kind: 'refused', error: 'its booking does not exist' }
}
