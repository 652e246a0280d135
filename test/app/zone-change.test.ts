import { afterAll, beforeAll, expect, it } from 'vitest'
import { cardAbout, requestCar, waitUntilTold } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { STRANGER, startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { type SlackPerson, slackPerson } from '../support/slack-person.ts'
import { everythingSent } from '../support/what-stands.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let anna: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now })
  anna = motorpool.person('anna')
  await anna.opensHome()
  await requestCar(anna, 'Kyoto')
  await cardAbout(anna, 'Kyoto', /09:00 – 17:00/)
  await anna.waitForHome(/09:00 – 17:00/)
})
afterAll(() => motorpool.stop())

it('somebody who moves to another time zone reads their card and Home by its clock', async () => {
  expect(await motorpool.slack.changeTimeZone(anna.userId, 'Asia/Tokyo')).toEqual({ ok: true })
  await cardAbout(anna, 'Kyoto', /17:00 – Tue/)
  await anna.waitForHome(/17:00 – Tue/)
  await anna.types('/book-car mine')
  expect(await waitUntilTold(anna, /Kyoto/)).toMatch(/17:00 – Tue .* \(Tokyo time\)/)
})

it('of strangers, and of changes to something else, nothing is taken', async () => {
  await everythingSent(motorpool.database)
  const before = await motorpool.database.sql`SELECT * FROM chat_accounts ORDER BY id`
  const calls = motorpool.slack.calls.length
  await motorpool.slack.changeTimeZone(slackPerson(motorpool.slack, STRANGER).userId, 'Asia/Tokyo')
  await motorpool.slack.changeTimeZone(anna.userId, 'Asia/Tokyo')
  await new Promise((resolve) => setTimeout(resolve, 1500))
  expect(await motorpool.database.sql`SELECT * FROM chat_accounts ORDER BY id`).toEqual(before)
  expect(motorpool.slack.calls.slice(calls)).toEqual([])
})
