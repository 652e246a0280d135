import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { WorkspaceView } from '../../src/workspace/protocol/page-api.ts'
import { cancelBooking, cardAbout, requestCar } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { STRANGER, startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { type SlackPerson, slackPerson, textOf } from '../support/slack-person.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let anna: SlackPerson
let mara: SlackPerson
let hanna: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now })
  anna = motorpool.person('anna')
  mara = motorpool.person('mara')
  hanna = motorpool.person('hanna')
  for (const person of [anna, mara, hanna]) await person.opensHome()
})
afterAll(() => motorpool.stop())
beforeEach(() => clock.nextWeek())

describe('App Home', () => {
  it('books, decides and follows, for everybody who has opened theirs', async () => {
    const first = await anna.waitForHome(/Cars in Berlin now/)
    expect(textOf(first)).toMatch(/Škoda Octavia \(B-MP 505\): free/)
    await anna.press(first, 'Book a car')
    const form = await anna.openModal()
    await form.fill('Destination', 'Husum')
    await form.submit()

    const trip = await anna.waitForHome(/Husum\. Waiting for the manager/)
    expect(textOf(trip)).toContain('Your next trips')
    const asked = await mara.waitForHome(/Waiting for you[\s\S]*Husum/)
    await mara.press(asked, 'Approve')
    await anna.waitForHome(/Husum\. Waiting for HR/)
    await hanna.press(await hanna.waitForHome(/Waiting for you[\s\S]*Husum/), 'Approve')
    await anna.waitForHome(/Husum\. Approved/)
    await hanna.waitForHome(/Husum\. You approved it/)
    await hanna.opensHome()
    await hanna.waitForHome(/^(?![\s\S]*Waiting for you)/)
  })

  it('lists what is new until it is marked as read', async () => {
    const news = await anna.waitForHome(/News[\s\S]*is approved/)
    await anna.press(news, 'Mark all read')
    await anna.waitForHome(/^(?![\s\S]*News)/)
  })

  it('says why a press is refused in a small modal, and shows what is true now', async () => {
    await requestCar(anna, 'Jever')
    const old = await mara.waitForHome(/Jever/)
    await mara.press(await cardAbout(mara, 'Jever'), 'Approve')
    await mara.waitForHome(/Jever\. You approved it/)
    await mara.press(old, 'Approve')
    const twice = await mara.openModal()
    expect(twice.text()).toContain('You approved it')
    expect(twice.view()).toMatchObject({ title: { text: 'Already done' } })
  })

  it('cancels from the list of trips', async () => {
    const home = await anna.waitForHome(/Jever/)
    await cancelBooking(anna, home)
    await anna.waitForHome(/Husum\. Cancelled|Jever\. Cancelled/)
  })

  it('shows the history a page at a time, filtered by status', async () => {
    for (const place of ['Aurich', 'Leer', 'Emden', 'Norden', 'Varel', 'Wittmund', 'Esens', 'Dornum', 'Hage']) {
      clock.nextWeek()
      await requestCar(anna, place)
    }
    const first = await anna.waitForHome(/Hage\. Waiting[\s\S]*Page 1 of 2/)
    await anna.press(first, 'Older')
    const second = await anna.waitForHome(/Page 2 of 2/)
    expect(textOf(second)).toContain('Husum')
    await anna.press(second, 'Newer')
    await anna.waitForHome(/Page 1 of 2/)
    await chooseCancelled(await anna.waitForHome(/Page 1 of 2/))
    const cancelled = await anna.waitForHome(/Your bookings[\s\S]*Cancelled/)
    expect(textOf(cancelled)).not.toMatch(/Your bookings[\s\S]*Waiting for the manager/)
  })

  it('tells somebody who is not in the directory so', async () => {
    const stranger = slackPerson(motorpool.slack, STRANGER)
    await stranger.opensHome()
    await stranger.waitForHome(/not in the company directory/)
  })
})

function chooseCancelled(home: WorkspaceView) {
  const blockId = home.blocks.find((block) => block.block_id?.startsWith('home_history.'))?.block_id ?? ''
  const option = { text: { type: 'plain_text', text: 'Cancelled' }, value: 'cancelled' }
  const action = { type: 'static_select', action_id: 'home_filter', block_id: blockId, selected_option: option }
  return motorpool.slack.action(anna.userId, { source: { kind: 'view', viewId: home.id }, blockId, action, state: {} })
}
