import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { textOf } from '../support/slack-person.ts'

describe('a request becomes an approved booking', () => {
  let motorpool: TestMotorpool
  beforeAll(async () => {
    motorpool = await startMotorpool()
  })
  afterAll(() => motorpool.stop())

  it('travels through manager and HR, and every card follows', async () => {
    const anna = motorpool.person('anna')
    const mara = motorpool.person('mara')
    const hanna = motorpool.person('hanna')

    expect(await anna.types('/book-car')).toEqual({ ok: true })
    const form = await anna.openModal()
    expect(form.labels()).toEqual([
      'Departure',
      'Return',
      'Passengers',
      'Car',
      'Destination',
      'Type',
      'Reason',
      'Details',
      'Drivers',
      'Companions',
      'Other companions',
    ])
    await form.fill('Destination', 'Hamburg')
    expect(await form.submit()).toMatchObject({ ok: true })
    expect(anna.hasModal()).toBe(false)

    const requested = await anna.waitForMessage(/Your booking #1/)
    expect(requested.buttons()).toEqual(['Change', 'Cancel'])
    const asked = await mara.waitForMessage(/Anna Schmidt \(Sales\) asks for a car/)
    expect(asked.buttons()).toEqual(['Approve', 'Approve with a comment', 'Ask for a change', 'Reject'])

    expect(await mara.press(asked, 'Approve')).toMatchObject({ ok: true })
    const second = await hanna.waitForMessage(/Approved by Mara Lindqvist as manager/)
    await hanna.press(second, 'Approve')

    await anna.waitForMessage(/Your booking #1 is approved/)
    await anna.waitForMail(/Approved #1/)
    const decided = await mara.waitForMessage(/Approved by Hanna Weber for HR/)
    expect(decided.buttons()).toEqual([])
    expect(textOf(await hanna.waitForMessage(/Approved by Hanna Weber for HR/))).toContain('Mara Lindqvist')
    const card = await anna.waitForMessage(/Your booking #1:/)
    expect(card.buttons()).toEqual(['Change', 'Cancel'])
  })
})
