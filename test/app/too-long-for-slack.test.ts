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
  const tooLong = { kind: 'error', error: 'msg_blocks_too_long' } as const
  motorpool.slack.faults.add({ match: { method: 'chat.postMessage' }, ...tooLong })
  await requestCar(motorpool.person('anna'), 'Quedlinburg', { Details: 'a long story '.repeat(200) })
  const own = await cardAbout(motorpool.person('anna'), 'Quedlinburg')
  const asked = await cardAbout(motorpool.person('mara'), 'Quedlinburg')
  expect([own.buttons()[0], asked.buttons()[0]]).toEqual(['Change', 'Approve'])
  // Either of the two was posted first, and refused.
  const [brief, whole] = [textOf(own), textOf(asked)].sort((a, b) => a.length - b.length)
  expect(brief?.length).toBeLessThan(1200)
  expect(brief).toContain('a long story')
  expect(whole?.length).toBeGreaterThan(2600)
})
