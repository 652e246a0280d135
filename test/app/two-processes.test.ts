import { afterAll, beforeAll, expect, it, vi } from 'vitest'
import { cardAbout, cardsAbout, requestCar } from '../support/asking.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { type OwnProcess, startOwnProcess } from '../support/own-process.ts'
import { everythingSent } from '../support/what-stands.ts'

const ROUNDS = 6
/** Nine to five on a day of its own for each round, for nobody drives two cars at once; the last round's is the next. */
function hoursOf(round: number) {
  const day = new Date()
  day.setUTCDate(day.getUTCDate() + 2 + ROUNDS - round)
  const at = (hour: number) => new Date(day.setUTCHours(hour, 0, 0, 0))
  return { Departure: at(9), Return: at(17) }
}
let motorpool: TestMotorpool
let second: OwnProcess

beforeAll(async () => {
  motorpool = await startMotorpool()
  const { slack, email, databaseUrl } = motorpool.config
  if (!slack?.signingSecret || !email || !('apiKey' in email)) throw new Error('the test Motorpool has Slack and mail')
  // A port of 0 is printed, not needed: the second one takes no requests, but carries messages all the same.
  second = startOwnProcess(process.cwd(), {
    PORT: '0',
    DATABASE_URL: databaseUrl ?? '',
    SLACK_BOT_TOKEN: slack.botToken,
    SLACK_SIGNING_SECRET: slack.signingSecret,
    SLACK_API_URL: slack.apiUrl ?? '',
    RESEND_API_KEY: email.apiKey,
    EMAIL_FROM: email.from,
    RESEND_BASE_URL: email.baseUrl ?? '',
    LOG_LEVEL: 'warn',
  })
  await vi.waitUntil(() => second.output().includes('Motorpool is ready'), { timeout: 20_000 })
}, 30_000)
afterAll(async () => {
  await second.stop()
  await motorpool.stop()
})

it('two processes on one database send everything once, and every card and Home ends right', async () => {
  const [anna, mara, hanna] = ['anna', 'mara', 'hanna'].map((name) => motorpool.person(name))
  if (!anna || !mara || !hanna) throw new Error('three people were wanted')
  for (const person of [anna, mara, hanna]) await person.opensHome()
  for (let round = 0; round < ROUNDS; round += 1) {
    await requestCar(anna, `Town ${round}.`, hoursOf(round))
    await expect.poll(() => cardsAbout(mara, `Town ${round}.`).length, { timeout: 15_000 }).toBe(1)
    await mara.press(await cardAbout(mara, `Town ${round}.`), 'Approve')
    await expect.poll(() => cardsAbout(hanna, `Town ${round}.`).length, { timeout: 15_000 }).toBe(1)
    await hanna.press(await cardAbout(hanna, `Town ${round}.`), 'Approve')
  }
  await everythingSent(motorpool.database)

  const posted = [anna, mara, hanna].flatMap((person) => person.messages().filter((message) => !message.ephemeral))
  const keys = posted.map((message) => JSON.stringify(message.metadata))
  expect(new Set(keys).size).toBe(keys.length)
  // The requester: a card and two outcomes; manager and HR: a card each.
  expect(posted).toHaveLength(ROUNDS * 5)
  expect(
    posted.flatMap((message) => message.buttons().filter((button) => !['Change', 'Cancel'].includes(button))),
  ).toEqual([])
  const mails = motorpool.slack.mail.all()
  expect(mails).toHaveLength(ROUNDS * 5)
  await anna.waitForHome(/Town 5\.\. Approved/)
  // Rows that were decided keep their places until it is opened again.
  await hanna.opensHome()
  await hanna.waitForHome(/^(?![\s\S]*Waiting for you)/)
})
