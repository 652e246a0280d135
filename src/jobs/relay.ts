import type { Booking } from '../core/booking/booking.ts'
import type { DueBookingCard, DueCard, DueDelivery, DueHome, SendOutcome } from '../core/notification/delivery.ts'
import type { Channel } from '../core/notification/notice.ts'
import type { Outbox } from '../core/notification/outbox.ts'
import type { Undelivered } from '../core/notification/report-undelivered.ts'
import type { ChatPlatform } from '../core/people/person.ts'
import { giveWay } from './give-way.ts'
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
  /** How often to look without being woken, in milliseconds: the guarantee. */
  pollEvery?: number
}

export interface Relay {
  start(): void
  /** Something was committed: look now. */
  wake(): void
  /** Whether it could reach the outbox when it looked last. */
  isHealthy(): boolean
  /** Claims nothing more, and waits for what is on its way. */
  stop(): Promise<void>
}

/** What will not pass by itself may be mended by somebody (a token, an address): a card looks again that often. Seconds. */
const MENDED_BY_SOMEBODY = 3600

/** How many attempts of one lane are on their way at once. */
const LANE_WIDTH = 10

/**
 * Carries what was committed to the people: claims what is due, hands it to the platform's sender, settles what became of
 * it. Each channel has a lane of its own, so that one that hangs does not hold up another.
 */
export function createRelay(deps: RelayDeps): Relay {
  const { outbox, log, isAnswering } = deps
  const lanes = [
    ...deps.senders.map((sender) =>
      createLane(
        isAnswering,
        (limit) => outbox.claimDeliveries(sender.channel, limit),
        (delivery) => send(deps, sender, delivery),
      ),
    ),
    ...deps.drawers.map((drawer) =>
      createLane(
        isAnswering,
        (limit) => outbox.claimCards(drawer.platform, limit),
        (card) => draw(deps, drawer, card),
      ),
    ),
  ]
  let timer: NodeJS.Timeout | undefined
  let healthy = true

  async function look(lane: Lane) {
    try {
      await lane.run()
      healthy = true
    } catch (error) {
      healthy = false
      log.error({ err: error }, 'The relay could not reach the database')
    }
  }

  const wake = () => {
    for (const lane of lanes) void look(lane)
  }
  return {
    start: () => {
      wake()
      timer = setInterval(wake, deps.pollEvery ?? 1000)
    },
    wake,
    isHealthy: () => healthy,
    stop: async () => {
      clearInterval(timer)
      await Promise.all(lanes.map((lane) => lane.stop()))
    },
  }
}

interface Lane {
  run(): Promise<void>
  stop(): Promise<void>
}

/** Claims as long as something is due and there is room; a run asked for during a run follows it. */
function createLane<Due>(
  isAnswering: () => boolean,
  claim: (limit: number) => Promise<Due[]>,
  handle: (due: Due) => Promise<void>,
): Lane {
  const onTheirWay = new Set<Promise<void>>()
  let current = Promise.resolve()
  let claiming = false
  let again = false
  let stopped = false

  async function claimAll() {
    claiming = true
    try {
      while (again && !stopped) {
        again = false
        await giveWay(isAnswering)
        const room = LANE_WIDTH - onTheirWay.size
        const due = room > 0 ? await claim(room) : []
        for (const one of due) {
          const attempt = handle(one).finally(() => {
            onTheirWay.delete(attempt)
            void run().catch(() => {})
          })
          onTheirWay.add(attempt)
        }
        again ||= due.length > 0
      }
    } finally {
      claiming = false
    }
  }

  function run(): Promise<void> {
    again = true
    if (!claiming) current = claimAll()
    return current
  }

  return {
    run,
    stop: async () => {
      stopped = true
      await current.catch(() => {})
      await Promise.all(onTheirWay)
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
      afterSeconds: pause ?? afterFailure(delivery.attempt),
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
    await outbox.settleCard(card, { kind: 'retry', error, afterSeconds: pause ?? afterFailure(card.failures + 1) })
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
  const booking = await findBooking(card.bookingId)
  if (!booking) throw new Error(`Card ${card.id} is about a booking that does not exist`)
  return drawer.draw(card, booking)
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
