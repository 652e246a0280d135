import { setTimeout as sleep } from 'node:timers/promises'
import postgres from 'postgres'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { cardAbout, fillForm, requestCar, toldAlone } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import type { SlackPerson } from '../support/slack-person.ts'
import { startTcpGate, type TcpGate } from '../support/tcp-gate.ts'
import { bookingsTo } from '../support/what-stands.ts'

const clock = businessClock()
let gate: TcpGate
let databaseUrl: string
let motorpool: TestMotorpool
let anna: SlackPerson
let mara: SlackPerson
beforeAll(async () => {
  gate = await startTcpGate()
  const reach = (url: string) => {
    databaseUrl = url
    return gate.through(url)
  }
  motorpool = await startMotorpool({ now: clock.now, reach })
  anna = motorpool.person('anna')
  mara = motorpool.person('mara')
})
afterAll(async () => {
  await motorpool.stop()
  await gate.close()
})
beforeEach(() => clock.nextWeek())

/** Nobody was told that it is not certain, and each of these events happened once. */
async function expectDoneOnce(destination: string, events: string[]): Promise<void> {
  expect([anna, mara].flatMap(toldAlone).filter((text) => /not certain/.test(text))).toEqual([])
  const [booking, another] = await bookingsTo(motorpool.database, destination)
  expect(another).toBeUndefined()
  const happened = await motorpool.database.sql<{ type: string }[]>`
    SELECT type FROM events WHERE booking_id = ${booking?.id ?? ''} ORDER BY at`
  expect(happened.map(({ type }) => type)).toEqual(events)
}

it.each(['before', 'after'] as const)(
  'a request is made once when its connection breaks %s it is written',
  async (when) => {
    const town = `Request ${when}`
    gate.breakAt('booking.requested', when)
    await requestCar(anna, town)
    await expectDoneOnce(town, ['booking.requested'])
  },
)

it.each(['before', 'after'] as const)(
  'a decision counts once when its connection breaks %s it is written',
  async (when) => {
    const town = `Decision ${when}`
    await requestCar(anna, town)
    const card = await cardAbout(mara, town)
    gate.breakAt('step.approved', when)
    expect(await mara.press(card, 'Approve')).toEqual({ ok: true })
    await expectDoneOnce(town, ['booking.requested', 'step.approved'])
  },
)

it('nobody is asked to press again while connections are terminated', { timeout: 90_000 }, async () => {
  const towns = Array.from({ length: 8 }, (_, at) => `Town ${at}`)
  const sql = postgres(databaseUrl, { max: 1 })
  let isDone = false
  let terminated = 0
  const terminating = (async () => {
    while (!isDone) {
      const rows = await sql`
        SELECT pg_terminate_backend(pid) FROM pg_stat_activity
        WHERE datname = current_database() AND pid <> pg_backend_pid() AND random() < 0.15`
      terminated += rows.count
      await sleep(60)
    }
  })()
  try {
    for (const town of towns) {
      clock.nextWeek()
      const form = await fillForm(anna, town)
      await form.submit()
      expect(form.isOpen() ? form.text() : '').not.toMatch(/not certain/)
      await mara.press(await cardAbout(mara, town), 'Approve')
      await cardAbout(mara, town, /Approved/)
    }
  } finally {
    isDone = true
    await terminating
    await sql.end()
  }
  expect(terminated).toBeGreaterThan(towns.length)
  for (const town of towns) await expectDoneOnce(town, ['booking.requested', 'step.approved'])
})
