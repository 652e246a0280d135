import { afterAll, beforeAll, expect, it } from 'vitest'
import { cardAbout, requestCar } from '../support/asking.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { textOf } from '../support/slack-person.ts'

let motorpool: TestMotorpool
beforeAll(async () => {
  motorpool = await startMotorpool()
})
afterAll(() => motorpool.stop())

it('a card that Slack finds too long is shown briefly, with its buttons', async () => {
  motorpool.slack.faults.add({
    match: { method: 'chat.postMessage' },
    kind: 'error',
    error: 'msg_blocks_too_long',
    times: 2,
  })
  await requestCar(motorpool.person('anna'), 'Quedlinburg', { Details: 'a long story '.repeat(200) })
  const card = await cardAbout(motorpool.person('mara'), 'Quedlinburg')
  expect(card.buttons()).toContain('Approve')
  expect(textOf(card)).toContain('a long story')
  expect(textOf(card).length).toBeLessThan(1200)
})
