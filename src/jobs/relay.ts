import type { Booking } from '../core/booking/booking.ts'
import { UnreadableBooking } from '../core/booking/unreadable-booking.ts'
import type { DueBookingCard, DueCard, DueDelivery, DueHome, SendOutcome } from '../core/notification/delivery.ts'
import type { Channel } from '../core/notification/notice.ts'
import type { Outbox } from '../core/notification/outbox.ts'
import type { Undelivered } from '../core/notification/report-undelivered.ts'
import type { ChatPlatform } from '../core/people/person.ts'
import { createLane, type Lane } from './lane.ts'
import { afterFailure, LAST_ATTEMPT } from './retry-pause.ts'

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

export interface RelayDeps {
  outbox: Outbox
  findBooking(bookingId: string): Promise<Booking | null>
  /** Tells those who can do something about it. */
  reportUndelivered(undelivered: Undelivered): Promise<void>
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
  /** Something was committed: look now. */
  wake(): void
  /** Whether every lane reached the outbox when it looked last, and none hangs. */
  isHealthy(): boolean
  /** Claims nothing more, and waits for what is on its way. */
  stop(): Promise<void>
}

/** What will not pass by itself may be mended by somebody (a token, an address): a card looks again that often. Seconds. */
const MENDED_BY_SOMEBODY = 3600

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
  const lanes = [
    ...deps.senders.map((sender) =>
      createLane({
        claim: (limit) => outbox.claimDeliveries(sender.channel, limit),
        handle: (delivery) => send(deps, sender, delivery),
        isAnswering,
        elapsed,
      }),
    ),
    ...deps.drawers.map((drawer) =>
      createLane({
        claim: (limit) => outbox.claimCards(drawer.platform, limit),
        handle: (card) => draw(deps, drawer, card),
        isAnswering,
        elapsed,
      }),
    ),
  ]
  let timer: NodeJS.Timeout | undefined

  async function look(lane: Lane) {
    try {
      await lane.run()
    } catch (error) {
      log.error({ err: error }, 'The relay could not reach the database')
    }
  }

  const wake = () => {
    for (const lane of lanes) void look(lane)
  }
  return {
    start: () => {
      wake()
      timer = setInterval(wake, POLL_EVERY)
    },
    wake,
    isHealthy: () =>
      lanes.every((lane) => {
        const lookedAt = lane.lookedAt()
        return lookedAt !== null && elapsed() - lookedAt < LONGEST_SILENCE * POLL_EVERY
      }),
    stop: async () => {
      clearInterval(timer)
      await Promise.all(lanes.map((lane) => lane.stop()))
    },
  }
}

async function send(
  { outbox, log, reportUndelivered }: RelayDeps,
  sender: Sender,
  delivery: DueDelivery,
): Promise<void> {
  try {
    const outcome = await sender.deliver(delivery)
    const about = { delivery: delivery.id, channel: delivery.channel, attempt: delivery.attempt }
    if (outcome.kind === 'sent') return await outbox.settleDelivery(delivery, outcome)
    const { error } = outcome
    if (outcome.kind === 'failed' || delivery.attempt >= LAST_ATTEMPT) {
      log.error({ ...about, error }, 'A message could not be delivered, and will not be tried again')
      // A report that cannot be delivered is not reported.
      if (delivery.kind !== 'delivery_failed')
        await reportUndelivered(undelivered(delivery.facts.bookingId, delivery.channel, delivery, outcome))
      return await outbox.settleDelivery(delivery, { kind: 'dead', error })
    }
    log.warn({ ...about, error }, 'A message could not be delivered yet')
    const pause = outcome.pauseSeconds
    if (pause !== undefined) await outbox.pauseChannel(delivery.channel, pause)
    await outbox.settleDelivery(delivery, {
      kind: 'retry',
      error,
      afterSeconds: Math.max(pause ?? 0, afterFailure(delivery.attempt)),
    })
  } catch (error) {
    log.error({ err: error, delivery: delivery.id }, 'An attempt could not be settled; its lease will end')
  }
}

async function draw(
  { outbox, findBooking, log, reportUndelivered }: RelayDeps,
  drawer: CardDrawer,
  card: DueCard,
): Promise<void> {
  try {
    const outcome = card.kind === 'home' ? await drawer.drawHome(card) : await drawAbout(findBooking, drawer, card)
    if (outcome.kind === 'sent') return await outbox.settleCard(card, { ...outcome, kind: 'drawn' })
    const { error } = outcome
    log.warn({ card: card.id, platform: card.platform, attempt: card.attempt, error }, 'A card could not be drawn')
    if (outcome.kind === 'failed') {
      if (card.kind !== 'home') await reportUndelivered(undelivered(card.bookingId, card.platform, card, outcome))
      return await outbox.settleCard(card, { kind: 'retry', error, afterSeconds: MENDED_BY_SOMEBODY })
    }
    const pause = outcome.pauseSeconds
    if (pause !== undefined) await outbox.pauseChannel(card.platform, pause)
    await outbox.settleCard(card, {
      kind: 'retry',
      error,
      afterSeconds: Math.max(pause ?? 0, afterFailure(card.failures + 1)),
    })
  } catch (error) {
    log.error({ err: error, card: card.id }, 'An attempt could not be settled; its lease will end')
  }
}

/** The booking is read after the card was claimed, so that what is drawn is at least as new as what was wanted. */
async function drawAbout(
  findBooking: RelayDeps['findBooking'],
  drawer: CardDrawer,
  card: DueBookingCard,
): Promise<SendOutcome> {
  const booking = await findBooking(card.bookingId).catch(unreadable)
  if (booking === 'unreadable') return { kind: 'retry', error: 'booking_unreadable' }
  if (!booking) throw new Error(`Card ${card.id} is about a booking that does not exist`)
  return drawer.draw(card, booking)
}

/** A booking that cannot be read may be mended; until then its cards are tried more and more seldom. */
function unreadable(error: unknown): 'unreadable' {
  if (error instanceof UnreadableBooking) return 'unreadable'
  throw error
}

function undelivered(
  bookingId: string,
  channel: Channel,
  { recipient }: Pick<DueDelivery, 'recipient'>,
  outcome: Exclude<SendOutcome, { kind: 'sent' }>,
): Undelivered {
  const forEverybody = outcome.kind === 'failed' && outcome.forEverybody
  const person = forEverybody ? null : { id: recipient.personId, name: recipient.name }
  return { bookingId, channel, person, error: outcome.error }
}
