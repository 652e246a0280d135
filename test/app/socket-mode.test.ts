import { afterEach, expect, it } from 'vitest'
import { cardAbout, fillForm, requestCar } from '../support/asking.ts'
import { holdTable } from '../support/held-table.ts'
import { startMotorpool, type TestMotorpool, type TestOptions } from '../support/motorpool.ts'
import { textOf } from '../support/slack-person.ts'
import { waitUntil } from '../support/wait-until.ts'
import { statusOf } from '../support/what-stands.ts'

const running: TestMotorpool[] = []
afterEach(async () => {
  for (const motorpool of running.splice(0)) await motorpool.stop()
})

async function start(options: TestOptions = {}): Promise<TestMotorpool> {
  const motorpool = await startMotorpool({ socketMode: true, ...options })
  running.push(motorpool)
  return motorpool
}

function connected({ slack }: TestMotorpool): Promise<unknown> {
  return waitUntil(() => slack.sockets?.isOpen(), 'a connection')
}

async function readiness({ app }: TestMotorpool): Promise<{ status: number; slack: unknown }> {
  const response = await fetch(`${app.url}/readyz`)
  return { status: response.status, slack: ((await response.json()) as { slack?: unknown }).slack }
}

async function waitingForTable({ database }: TestMotorpool): Promise<boolean> {
  const waiting = await database.sql`
    SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  return waiting.length > 0
}

it('the whole journey goes over the socket, and no request is taken', async () => {
  const motorpool = await start()
  await connected(motorpool)
  const anna = motorpool.person('anna')
  const mara = motorpool.person('mara')
  const hanna = motorpool.person('hanna')
  const form = await fillForm(anna, '   ')
  expect(await form.submit()).toMatchObject({ ok: false, fieldErrors: { Destination: 'Please fill this in.' } })
  await form.fill('Destination', 'Hamburg')
  expect(await form.submit()).toEqual({ ok: true })
  expect(form.isOpen()).toBe(false)
  expect(await mara.press(await cardAbout(mara, 'Hamburg'), 'Approve')).toEqual({ ok: true })
  await hanna.press(await cardAbout(hanna, 'Hamburg'), 'Approve')
  await anna.waitForMessage(/Your booking #1 is approved/)
  await anna.opensHome()
  await anna.waitForHome(/Hamburg/)
  await anna.types('/book-car mine')
  expect(textOf(await anna.waitForMessage(/Your next trip/))).toContain('Hamburg')

  expect(await readiness(motorpool)).toEqual({ status: 200, slack: true })
  const { status } = await fetch(`${motorpool.app.url}/slack/events`, { method: 'POST', body: 'payload={}' })
  expect(status).toBe(404)
})

it('a connection that Slack renews or cuts is opened again', async () => {
  const motorpool = await start()
  const { slack } = motorpool
  for (const [index, end] of [() => slack.sockets?.renew(), () => slack.sockets?.cut()].entries()) {
    await connected(motorpool)
    end()
    await waitUntil(() => !slack.sockets?.isOpen(), 'the connection to end')
    await connected(motorpool)
    expect(slack.calls.filter(({ method }) => method === 'apps.connections.open')).toHaveLength(index + 2)
  }
  await requestCar(motorpool.person('anna'), 'Jena')
})

it('starts where Slack cannot be reached, says so, and connects once it can', async () => {
  const motorpool = await start({ meet: (slack) => slack.faults.down(true) })
  expect(await readiness(motorpool)).toEqual({ status: 503, slack: false })
  motorpool.slack.faults.down(false)
  await connected(motorpool)
  await requestCar(motorpool.person('anna'), 'Kassel')
  expect(await readiness(motorpool)).toEqual({ status: 200, slack: true })
})

it('what was sent before the end is answered, what is sent after it is not taken, and the socket is closed', async () => {
  const motorpool = await start()
  await connected(motorpool)
  const anna = motorpool.person('anna')
  const form = await fillForm(anna, 'Lübeck')
  const held = await holdTable(motorpool.database, 'bookings')
  const submitting = form.submit()
  await expect.poll(() => waitingForTable(motorpool)).toBe(true)
  const stopping = motorpool.app.stop()
  await expect.poll(async () => (await readiness(motorpool)).slack).toBeUndefined()
  const late = motorpool.person('ben').types('/book-car help')
  await held.release()
  expect(await submitting).toEqual({ ok: true })
  await stopping
  expect(await late).toMatchObject({ ok: false })
  expect(motorpool.slack.sockets?.isOpen()).toBe(false)
  expect(await statusOf(motorpool.database, 'Lübeck')).toBe('pending_manager')
})

it('stops at once while Slack cannot be reached', async () => {
  const motorpool = await start({ meet: (slack) => slack.faults.add({ kind: 'slow', ms: 5000 }) })
  const before = Date.now()
  await motorpool.app.stop()
  expect(Date.now() - before).toBeLessThan(1500)
})
