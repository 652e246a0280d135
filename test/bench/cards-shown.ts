import { setTimeout as pause } from 'node:timers/promises'
import { requestBooking } from '../../src/core/booking/request-booking.ts'
import { createOutboxSignal } from '../../src/store/outbox-signal.ts'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import { textOf } from '../support/visible-text.ts'
import { undelivered } from '../support/what-stands.ts'
import { appEnvironment, MAIN, startApp } from './app-process.ts'
import { type BenchCompany, openBenchCompany } from './bench-company.ts'
import type { BenchServer } from './bench-server.ts'
import { startBenchSlack } from './bench-slack.ts'
import { type Measurement, milliseconds, percentile } from './figure.ts'
import { until } from './until.ts'

const A_SECOND = 50
const SECONDS = 15
const WARM_UP = 100
/** Milliseconds. */
const GOAL = 500

/** From the commit of a booking, by another process, to its cards in Slack, while 50 a second come in. */
export const cardsShown: Measurement = {
  name: 'cards',
  measure: async (server: BenchServer) => {
    const url = await server.createDatabase()
    const company = await openBenchCompany(url)
    const { database } = company
    const slack = await startBenchSlack(database)
    const motorpool = await startApp(MAIN, appEnvironment(url, slack))
    try {
      const everythingSent = () => until(async () => (await undelivered(database)) === 0, 'everything to be sent')
      await comeIn(company, 0, WARM_UP)
      await everythingSent()
      await database.sql`ANALYZE`
      const committed = await comeIn(company, WARM_UP, A_SECOND * SECONDS)
      await everythingSent()
      const waited = waits(slack, committed)
      const slow = percentile(waited, 0.99)
      return [
        {
          figure: `commit to card shown, ${A_SECOND} bookings a second`,
          goal: `p99 < ${GOAL} ms`,
          measured: `${milliseconds(slow)} (median ${milliseconds(percentile(waited, 0.5))})`,
          met: slow < GOAL,
        },
      ]
    } finally {
      await motorpool.stop()
      await slack.close()
      await database.close()
    }
  },
}

/** Evenly, whether the earlier ones are done or not; gives when each was committed, by destination. */
async function comeIn({ deps, request, database }: BenchCompany, from: number, count: number) {
  const signal = createOutboxSignal(database.sql)
  const committed = new Map<string, number>()
  const book = async (index: number) => {
    const { destination } = await requestBooking(deps, request(index))
    committed.set(destination, Date.now())
    signal.announce()
  }
  const start = performance.now()
  const bookings: Promise<void>[] = []
  for (let index = 0; index < count; index++) {
    await pause(start + (index * 1000) / A_SECOND - performance.now())
    bookings.push(book(from + index))
  }
  await Promise.all(bookings)
  return committed
}

/** Milliseconds for each card: a message with facts about a trip. */
function waits(slack: LocalSlack, committed: Map<string, number>): number[] {
  const messages = slack.people.flatMap(({ userId }) => slack.messages(userId))
  const cards = messages.filter(({ blocks }) => blocks.some((block) => 'fields' in block))
  const waited = cards.flatMap((card) => {
    const [destination = ''] = /Trip \d+/.exec(textOf(card)) ?? []
    const at = committed.get(destination)
    return at === undefined ? [] : [Math.max(0, new Date(card.at).getTime() - at)]
  })
  if (waited.length < committed.size * 2) throw new Error(`${waited.length} cards of ${committed.size} bookings`)
  return waited
}
