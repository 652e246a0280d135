import { setTimeout as pause } from 'node:timers/promises'
import { describe, type ExpectStatic } from 'vitest'
import { cardAbout, fillForm, requestCar, toldAlone } from '../support/asking.ts'
import { holdTable } from '../support/held-table.ts'
import type { TestMotorpool } from '../support/motorpool.ts'
import { withGatedMotorpoolEach } from '../support/motorpool-each.ts'
import type { SlackModal } from '../support/slack-modal.ts'
import type { TcpGate } from '../support/tcp-gate.ts'
import { waitUntil } from '../support/wait-until.ts'
import { bookingsTo, everythingSent, statusOf } from '../support/what-stands.ts'

// Each stalls for seconds, so they stall at the same time.
const it = withGatedMotorpoolEach.concurrent

/** A database that stalls for a while: the table everybody needs is locked, or the network delivers nothing. */
const STALLS: [string, (motorpool: TestMotorpool, gate: TcpGate) => Promise<{ release(): Promise<void> }>][] = [
  ['a lock', (motorpool) => holdTable(motorpool.database, 'bookings')],
  [
    'a network that delivers nothing',
    async (_motorpool, gate) => {
      gate.stall()
      return { release: async () => gate.resume() }
    },
  ],
]
const STALL_MS = 5000
const ANSWERED_WITHIN_MS = 3000

async function inTime<T>(expect: ExpectStatic, work: Promise<T>): Promise<T> {
  const startedAt = Date.now()
  const result = await work
  expect(Date.now() - startedAt).toBeLessThan(ANSWERED_WITHIN_MS)
  return result
}

function peopleOf(motorpool: TestMotorpool) {
  return [motorpool.person('anna'), motorpool.person('ben'), motorpool.person('mara')] as const
}

/** Presses again for as long as the form asks for it: a connection of the pool may still find out that it is dead. */
async function submitUntilBooked(expect: ExpectStatic, form: SlackModal): Promise<void> {
  const closes = async () => {
    if (form.isOpen()) await form.submit()
    return !form.isOpen()
  }
  await expect.poll(closes, { timeout: 10_000 }).toBe(true)
}

describe.concurrent.each(STALLS)('while the database stalls (%s)', (how, stall) => {
  it('a submission and an approval are answered in time, and pressing again does each once', async ({
    motorpool,
    gate,
    expect,
  }) => {
    const [anna, ben, mara] = peopleOf(motorpool)
    const [submitted, approved] = [`Lindau, ${how}`, `Meppen, ${how}`]
    await requestCar(ben, approved)
    const asked = await cardAbout(mara, approved)
    const form = await fillForm(anna, submitted, { Details: 'Kept' })
    await everythingSent(motorpool.database)
    const toldBefore = toldAlone(mara).length
    const told = () => toldAlone(mara)[toldBefore]

    const stalled = await stall(motorpool, gate)
    const over = pause(STALL_MS).then(stalled.release)
    await Promise.all([
      inTime(expect, form.submit()),
      inTime(
        expect,
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

describe.concurrent('/readyz', () => {
  const readinessOf = (motorpool: TestMotorpool) => async () => {
    const response = await fetch(`${motorpool.app.url}/readyz`)
    return { ...(await response.json()), status: response.status }
  }

  it.for([
    ['cannot be reached', 'shut', 'open'],
    ['answers nothing', 'stall', 'resume'],
  ] as const)(
    'says 503 while the database %s, and 200 again after',
    async ([, away, back], { motorpool, gate, expect }) => {
      const readiness = readinessOf(motorpool)
      expect(await readiness()).toMatchObject({ status: 200, database: true, relay: true })
      gate[away]()
      await expect.poll(readiness, { timeout: 5000, interval: 50 }).toMatchObject({ status: 503, database: false })
      const alive = await fetch(`${motorpool.app.url}/healthz`)
      expect(alive.status).toBe(200)
      gate[back]()
      await expect.poll(readiness, { timeout: 8000, interval: 50 }).toMatchObject({
        status: 200,
        database: true,
        relay: true,
      })
    },
  )

  it('after which everything goes on by itself, and a form opened before can be sent', async ({
    motorpool,
    gate,
    expect,
  }) => {
    const readiness = readinessOf(motorpool)
    const [anna, , mara] = peopleOf(motorpool)
    const form = await fillForm(anna, 'Norden')
    gate.shut()
    await expect.poll(async () => (await readiness()).status, { timeout: 5000 }).toBe(503)
    gate.open()
    await expect.poll(async () => (await readiness()).status, { timeout: 8000 }).toBe(200)
    await submitUntilBooked(expect, form)
    expect(await bookingsTo(motorpool.database, 'Norden')).toHaveLength(1)
    await cardAbout(mara, 'Norden')
  })
})

describe.concurrent('a database that went away for good in the middle of a submission', () => {
  it('the person is told in time, and pressing again over new connections makes one booking', async ({
    motorpool,
    gate,
    expect,
  }) => {
    const [anna, , mara] = peopleOf(motorpool)
    const form = await fillForm(anna, 'Olpe')
    gate.stall()
    expect(await inTime(expect, form.submit())).toEqual({ ok: true })
    expect(form.text()).toContain('takes longer than usual')
    gate.shut()
    gate.open()
    await submitUntilBooked(expect, form)
    expect(await bookingsTo(motorpool.database, 'Olpe')).toHaveLength(1)
    await cardAbout(mara, 'Olpe')
  })
})
