import { Resend } from 'resend'
import { afterEach, beforeEach, expect, it } from 'vitest'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import { slackPerson } from '../support/slack-person.ts'
import { startWorkspace } from './workspace-with-app.ts'

let clock = Date.now()
let slack: LocalSlack
let resend: Resend
beforeEach(async () => {
  slack = await startWorkspace({ now: () => clock })
  resend = new Resend('re_test', { baseUrl: `${slack.baseUrl}/mail` })
})
afterEach(() => slack.close())

const anna = () => slackPerson(slack, 'anna@example.com')
const mail = {
  from: 'Motorpool <cars@example.com>',
  to: 'anna@example.com',
  subject: 'Approved',
  text: 'The Golf is yours',
}

it('delivers to each recipient, with attachments and headers', async () => {
  const { data, error } = await resend.emails.send({
    ...mail,
    to: ['Anna Berg <Anna@example.com>', 'max@example.com'],
    html: '<p>The Golf is yours</p>',
    headers: { 'X-Booking': '42' },
    attachments: [{ filename: 'trip.ics', content: Buffer.from('BEGIN:VCALENDAR'), contentType: 'text/calendar' }],
  })
  expect(error).toBeNull()
  expect(await anna().waitForMail(/Approved/)).toMatchObject({
    id: data?.id,
    from: 'Motorpool <cars@example.com>',
    html: '<p>The Golf is yours</p>',
    headers: { 'X-Booking': '42' },
    attachments: [{ filename: 'trip.ics', contentType: 'text/calendar', content: 'QkVHSU46VkNBTEVOREFS' }],
  })
  expect(slackPerson(slack, 'max@example.com').mails()).toHaveLength(1)
})

it('takes a key once: the same mail again gives the same id, another one is refused', async () => {
  const first = await resend.emails.send(mail, { idempotencyKey: 'delivery-1' })
  const again = await resend.emails.send(mail, { idempotencyKey: 'delivery-1' })
  expect(again.data?.id).toBe(first.data?.id)
  const other = await resend.emails.send({ ...mail, subject: 'Rejected' }, { idempotencyKey: 'delivery-1' })
  expect(other.error).toMatchObject({ statusCode: 409, name: 'invalid_idempotent_request' })
  expect(anna().mails()).toHaveLength(1)
  clock += 24 * 3_600_000
  await resend.emails.send(mail, { idempotencyKey: 'delivery-1' })
  expect(anna().mails()).toHaveLength(2)
  const long = await resend.emails.send(mail, { idempotencyKey: 'x'.repeat(257) })
  expect(long.error).toMatchObject({ statusCode: 400, name: 'invalid_idempotency_key' })
})

it.each([
  ['no sender', { ...mail, from: '' }, 'missing_required_field'],
  ['no recipient', { ...mail, to: [] }, 'validation_error'],
  ['a bad address', { ...mail, to: 'anna' }, 'validation_error'],
  ['nothing to read', { ...mail, text: '' }, 'missing_required_field'],
])('refuses a mail with %s', async (_what, bad, name) => {
  const { error } = await resend.emails.send(bad)
  expect(error).toMatchObject({ statusCode: 422, name })
  expect(slack.mail.all()).toEqual([])
})

it('asks for a key', async () => {
  const response = await fetch(`${slack.baseUrl}/mail/emails`, { method: 'POST', body: JSON.stringify(mail) })
  expect([response.status, await response.json()]).toMatchObject([401, { name: 'missing_api_key' }])
})

it('fails as it is told, and apart from Slack', async () => {
  slack.mail.faults.add({ kind: 'rate_limited', retryAfterSeconds: 3 })
  slack.mail.faults.add({ kind: 'drop_after_acting' })
  const limited = await resend.emails.send(mail)
  expect(limited.error).toMatchObject({ statusCode: 429, name: 'rate_limit_exceeded' })
  expect(limited.headers?.['retry-after']).toBe('3')
  const lost = await resend.emails.send(mail)
  expect(lost.error).toMatchObject({ statusCode: null })
  expect(anna().mails()).toHaveLength(1)
  slack.mail.faults.down(true)
  expect((await resend.emails.send(mail)).error).toMatchObject({ statusCode: null })
  expect(slack.mail.calls.map((call) => call.status)).toEqual([429, 0, 0])
})
