import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cardAbout, cardsAbout, fillForm, requestCar } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { type RequestCopier, startRequestCopier } from '../support/request-copier.ts'
import { postSigned, type Signing } from '../support/signed-request.ts'
import type { SlackPerson } from '../support/slack-person.ts'
import { bookingsTo, everythingSent, statusOf, whatStands } from '../support/what-stands.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let anna: SlackPerson
let mara: SlackPerson
let copier: RequestCopier | undefined
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now })
  anna = motorpool.person('anna')
  mara = motorpool.person('mara')
})
afterAll(() => motorpool.stop())
beforeEach(() => clock.nextWeek())
afterEach(async () => {
  await copier?.close()
  copier = undefined
})

const SUCCESS = { status: 200, body: '' }

/** Everything has been sent, and each of them has one card. */
async function expectOneCardEach(destination: string): Promise<void> {
  await everythingSent(motorpool.database)
  for (const person of [anna, mara]) expect(cardsAbout(person, destination)).toHaveLength(1)
}

describe('the same submission delivered three times', () => {
  it('at once makes one booking, and each is answered as success', async () => {
    const form = await fillForm(anna, 'Aalen')
    copier = await startRequestCopier(motorpool.slack)
    copier.copies = 3
    expect(await form.submit()).toEqual({ ok: true })
    expect(copier.answers).toEqual([SUCCESS, SUCCESS, SUCCESS])
    expect(await bookingsTo(motorpool.database, 'Aalen')).toHaveLength(1)
    await expectOneCardEach('Aalen')
  })

  it('one after the other makes one booking, also when it was decided in between', async () => {
    const form = await fillForm(anna, 'Bonn')
    copier = await startRequestCopier(motorpool.slack)
    expect(await form.submit()).toEqual({ ok: true })
    expect(await copier.again()).toEqual(SUCCESS)
    expect(await copier.again()).toEqual(SUCCESS)
    const again = copier.again
    await copier.close()
    await mara.press(await cardAbout(mara, 'Bonn'), 'Approve')
    const before = await whatStands(motorpool.database)
    expect(await again()).toEqual(SUCCESS)
    expect(await whatStands(motorpool.database)).toEqual(before)
    expect(await statusOf(motorpool.database, 'Bonn')).toBe('pending_hr')
    await expectOneCardEach('Bonn')
  })

  it('makes one booking when one car was asked for by name', async () => {
    const form = await fillForm(anna, 'Coburg', { Car: 'Ford Transit' })
    copier = await startRequestCopier(motorpool.slack)
    copier.copies = 3
    await form.submit()
    expect(copier.answers).toEqual([SUCCESS, SUCCESS, SUCCESS])
    expect(await bookingsTo(motorpool.database, 'Coburg')).toHaveLength(1)
  })

  it('does not give away a booking to somebody else who sends its key', async () => {
    const ben = motorpool.person('ben')
    await requestCar(anna, 'Dachau', { Car: 'Ford Transit' })
    const [key] = await motorpool.database.sql`SELECT request_key FROM bookings WHERE destination = 'Dachau'`
    const form = await fillForm(ben, 'Dachau by Ben')
    const view = form.view()
    const metadata = JSON.parse(view.private_metadata ?? '')
    view.private_metadata = JSON.stringify({ ...metadata, requestKey: key?.request_key })
    await form.submit()
    expect(form.isOpen()).toBe(true)
    expect(await bookingsTo(motorpool.database, 'Dachau by Ben')).toHaveLength(0)
  })
})

describe('an approval delivered three times at once', () => {
  it('counts once', async () => {
    await requestCar(anna, 'Eisenach')
    const asked = await cardAbout(mara, 'Eisenach')
    copier = await startRequestCopier(motorpool.slack)
    copier.copies = 3
    await mara.press(asked, 'Approve')
    expect(copier.answers.map(({ status }) => status)).toEqual([200, 200, 200])
    expect(await statusOf(motorpool.database, 'Eisenach')).toBe('pending_hr')
    const events = await motorpool.database.sql`
      SELECT 1 FROM events e JOIN bookings b ON b.id = e.booking_id
      WHERE b.destination = 'Eisenach' AND e.type = 'step.approved'`
    expect(events).toHaveLength(1)
  })
})

describe('a request that Slack did not sign', () => {
  const FORGED: [string, Signing][] = [
    ['with another secret', { secret: 'not the secret' }],
    ['over five minutes ago', { age: 301 }],
    ['long ago', { age: 24 * 3600 }],
    ['for later', { age: -301 }],
    ['without a signature', { without: ['x-slack-signature'] }],
    ['without a timestamp', { without: ['x-slack-request-timestamp'] }],
    ['without both', { without: ['x-slack-signature', 'x-slack-request-timestamp'] }],
  ]

  it.each(FORGED)('(%s) is refused, and nothing is done', async (_how, signing) => {
    await requestCar(anna, `Freising ${_how}`)
    const asked = await cardAbout(mara, `Freising ${_how}`)
    const [booking] = await bookingsTo(motorpool.database, `Freising ${_how}`)
    await everythingSent(motorpool.database)
    const before = await whatStands(motorpool.database)
    const calls = motorpool.slack.calls.length
    const payload = JSON.stringify({
      type: 'block_actions',
      team: { id: 'TTEST' },
      user: { id: mara.userId, team_id: 'TTEST' },
      trigger_id: '1.2.3',
      channel: { id: asked.channel },
      message: { ts: asked.ts },
      actions: [{ type: 'button', action_id: 'booking_approve', block_id: 'x', value: booking?.openStep }],
    })
    expect((await postSigned(motorpool, { payload }, signing)).status).toBe(401)
    expect(await whatStands(motorpool.database)).toEqual(before)
    expect(motorpool.slack.calls).toHaveLength(calls)
    // The very same request counts when it is signed: it was the signature alone that was wrong.
    expect((await postSigned(motorpool, { payload })).status).toBe(200)
    expect(await statusOf(motorpool.database, `Freising ${_how}`)).toBe('pending_hr')
  })
})
