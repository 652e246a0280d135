import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { requestCar } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'

let motorpool: TestMotorpool
const clock = businessClock()
beforeEach(async () => {
  clock.nextWeek()
  motorpool = await startMotorpool({ now: clock.now })
})
afterEach(() => motorpool.stop())

const alertsTo = (firstName: string) =>
  motorpool
    .person(firstName)
    .mails()
    .filter((mail) => mail.subject.startsWith('Motorpool cannot reach'))

async function everythingSettled(): Promise<void> {
  const { sql } = motorpool.database
  await expect
    .poll(async () => (await sql`SELECT 1 FROM deliveries WHERE status = 'pending'`).length, { timeout: 10_000 })
    .toBe(0)
}

describe('what cannot be delivered', () => {
  it('ends at once, and the admins hear of a broken token once, until something gets through again', async () => {
    const { slack } = motorpool
    slack.faults.add({
      match: { method: /^(chat|conversations)\./ },
      times: Infinity,
      kind: 'error',
      error: 'invalid_auth',
    })
    await requestCar(motorpool.person('anna'), 'Kassel')
    clock.nextWeek()
    await requestCar(motorpool.person('ben'), 'Fulda')
    await motorpool.person('aydin').waitForMail(/Motorpool cannot reach anybody/)
    await everythingSettled()
    expect(alertsTo('aydin')).toHaveLength(1)
    expect(alertsTo('aydin')[0]?.text).toContain('invalid_auth')
    expect(alertsTo('hanna')).toHaveLength(0)

    slack.faults.clear()
    clock.nextWeek()
    await requestCar(motorpool.person('anna'), 'Gotha')
    await motorpool.person('mara').waitForMessage(/Gotha/)
    slack.faults.add({
      match: { method: /^(chat|conversations)\./ },
      times: Infinity,
      kind: 'error',
      error: 'invalid_auth',
    })
    clock.nextWeek()
    await requestCar(motorpool.person('anna'), 'Hof')
    await expect.poll(() => alertsTo('aydin').length, { timeout: 10_000 }).toBe(2)
  })

  it('names the person where only one cannot be reached, and the mail goes out all the same', async () => {
    const { database } = motorpool
    await database.prisma.person.update({
      where: { email: 'mara.lindqvist@example.com' },
      data: { email: 'mara.moved@example.com' },
    })
    await requestCar(motorpool.person('anna'), 'Ilmenau')
    const alert = await motorpool.person('aydin').waitForMail(/Motorpool cannot reach Mara Lindqvist/)
    expect(alert.text).toContain('no full member of this Slack has their email address')
    await expect.poll(() => motorpool.slack.mail.to('mara.moved@example.com').length, { timeout: 10_000 }).toBe(1)
  })
})
