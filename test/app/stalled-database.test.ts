import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cardAbout, fillForm, requestCar, toldAlone } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { holdTable } from '../support/held-table.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import type { SlackModal } from '../support/slack-modal.ts'
import type { SlackPerson } from '../support/slack-person.ts'
import { startTcpGate, type TcpGate } from '../support/tcp-gate.ts'
import { waitUntil } from '../support/wait-until.ts'
import { bookingsTo, everythingSent, statusOf } from '../support/what-stands.ts'

const clock = businessClock()
let gate: TcpGate
let motorpool: TestMotorpool
let anna: SlackPerson
let ben: SlackPerson
let mara: SlackPerson
beforeAll(async () => {
  gate = await startTcpGate()
  motorpool = await startMotorpool({ now: clock.now, reach: gate.through })
  anna = motorpool.person('anna')
  ben = motorpool.person('ben')
  mara = motorpool.person('mara')
})
afterAll(async () => {
  await motorpool.stop()
  await gate.close()
})
beforeEach(() => clock.nextWeek())
afterEach(() => {
  gate.open()
  gate.resume()
})

/** A database that stalls for a while: the table everybody needs is locked, or the network delivers nothing. */
const STALLS: [string, () => Promise<{ release(): Promise<void> }>][] = [
  ['a lock', () => holdTable(motorpool.database, 'bookings')],
  [
    'a network that delivers nothing',
    async () => {
      gate.stall()
      return { release: async () => gate.resume() }
    },
  ],
]
const STALL_MS = 5000
const ANSWERED_WITHIN_MS = 3000

async function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  const startedAt = Date.now()
  const result = await work
  expect(Date.now() - startedAt).toBeLessThan(milliseconds)
  return result
}

/** Presses again for as long as the form asks for it: a connection of the pool may still find out that it is dead. */
async function submitUntilBooked(form: SlackModal): Promise<void> {
  const closes = async () => {
    if (form.isOpen()) await form.submit()
    return !form.isOpen()
  }
  await expect.poll(closes, { timeout: 10_000 }).toBe(true)
}

describe.each(STALLS)('while the database stalls (%s)', (how, stall) => {
  it('a submission and an approval are answered in time, and pressing again does each once', async () => {
    const [submitted, approved] = [`Lindau, ${how}`, `Meppen, ${how}`]
    await requestCar(ben, approved)
    const asked = await cardAbout(mara, approved)
    const form = await fillForm(anna, submitted, { Details: 'Kept' })
    await everythingSent(motorpool.database)
    const toldBefore = toldAlone(mara).length
    const told = () => toldAlone(mara)[toldBefore]

    const stalled = await stall()
    const over = pause(STALL_MS).then(stalled.release)
    await Promise.all([
      within(ANSWERED_WITHIN_MS, form.submit()),
      within(
        ANSWERED_WITHIN_MS,
        mara.press(asked, 'Approve').then(() => waitUntil(told, 'Mara to be told')),
      ),
    ])
    expect(form.isOpen()).toBe(true)
    expect(form.text()).toContain('takes longer than usual')
    expect(form.value('Details')).toBe('Kept')
    expect(told()).toContain('takes longer than usual')
    // Again while it stalls, and again after.
    await Promise.all([form.submit(), mara.press(asked, 'Approve')])
    await over
    if (form.isOpen()) await form.submit()
    expect(form.isOpen()).toBe(false)

    const { sql } = motorpool.database
    expect(await bookingsTo(motorpool.database, submitted)).toHaveLength(1)
    const holds = await sql`
      SELECT 1 FROM vehicle_holds h JOIN bookings b ON b.id = h.booking_id WHERE b.destination = ${submitted}`
    expect(holds).toHaveLength(1)
    await cardAbout(mara, submitted)
    await expect.poll(() => statusOf(motorpool.database, approved), { timeout: 5000 }).toBe('pending_hr')
    const approvals = await sql`SELECT 1 FROM events e JOIN bookings b ON b.id = e.booking_id
      WHERE b.destination = ${approved} AND e.type = 'step.approved'`
    expect(approvals).toHaveLength(1)
    expect((await cardAbout(mara, approved, /Approved by Mara Lindqvist/)).buttons()).toEqual([])
    await cardAbout(motorpool.person('hanna'), approved)
  })
})

describe('/readyz', () => {
  const readiness = async () => {
    const response = await fetch(`${motorpool.app.url}/readyz`)
    return { ...(await response.json()), status: response.status }
  }

  it.each([
    ['cannot be reached', () => gate.shut(), () => gate.open()],
    ['answers nothing', () => gate.stall(), () => gate.resume()],
  ])('says 503 while the database %s, and 200 again after', async (_how, goAway, comeBack) => {
    expect(await readiness()).toMatchObject({ status: 200, database: true, relay: true })
    goAway()
    await expect.poll(readiness, { timeout: 5000, interval: 50 }).toMatchObject({ status: 503, database: false })
    const alive = await fetch(`${motorpool.app.url}/healthz`)
    expect(alive.status).toBe(200)
    comeBack()
    await expect.poll(readiness, { timeout: 8000, interval: 50 }).toMatchObject({
      status: 200,
      database: true,
      relay: true,
    })
  })

  it('after which everything goes on by itself, and a form opened before can be sent', async () => {
    const form = await fillForm(anna, 'Norden')
    gate.shut()
    await expect.poll(async () => (await readiness()).status, { timeout: 5000 }).toBe(503)
    gate.open()
    await expect.poll(async () => (await readiness()).status, { timeout: 8000 }).toBe(200)
    await submitUntilBooked(form)
    expect(await bookingsTo(motorpool.database, 'Norden')).toHaveLength(1)
    await cardAbout(mara, 'Norden')
  })
})

describe('a database that went away for good in the middle of a submission', () => {
  it('the person is told in time, and pressing again over new connections makes one booking', async () => {
    const form = await fillForm(anna, 'Olpe')
    gate.stall()
    expect(await within(ANSWERED_WITHIN_MS, form.submit())).toEqual({ ok: true })
    expect(form.text()).toContain('takes longer than usual')
    gate.shut()
    gate.open()
    await submitUntilBooked(form)
    expect(await bookingsTo(motorpool.database, 'Olpe')).toHaveLength(1)
    await cardAbout(mara, 'Olpe')
  })
})
