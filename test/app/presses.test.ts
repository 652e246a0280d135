import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cancelBooking, cardAbout, cardsAbout, requestCar, toldAlone } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { addSecondHr } from '../support/second-hr.ts'
import { type SeenMessage, type SlackPerson, textOf } from '../support/slack-person.ts'
import { waitUntil } from '../support/wait-until.ts'
import { bookingsTo, everythingSent, statusOf, whatStands } from '../support/what-stands.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let anna: SlackPerson
let ben: SlackPerson
let mara: SlackPerson
let hanna: SlackPerson
let helen: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now, prepare: addSecondHr })
  anna = motorpool.person('anna')
  ben = motorpool.person('ben')
  mara = motorpool.person('mara')
  hanna = motorpool.person('hanna')
  helen = motorpool.person('helen')
})
afterAll(() => motorpool.stop())
beforeEach(() => clock.nextWeek())

/** A request that is Mara's to decide. */
async function requested(destination: string): Promise<{ own: SeenMessage; asked: SeenMessage }> {
  await requestCar(anna, destination)
  return { own: await cardAbout(anna, destination), asked: await cardAbout(mara, destination) }
}

/** The same, approved by Mara. */
async function withHr(destination: string): Promise<{ own: SeenMessage; asked: SeenMessage; hr: SeenMessage }> {
  const { own, asked } = await requested(destination)
  await mara.press(asked, 'Approve')
  await cardAbout(helen, destination)
  return { own, asked, hr: await cardAbout(hanna, destination) }
}

/** A press as an old screen or a copied message may send it: this action and value, from this message. */
function pressAs(person: SlackPerson, message: SeenMessage, actionId: string, value: string) {
  return motorpool.slack.action(person.userId, {
    source: { kind: 'message', channel: message.channel, ts: message.ts },
    blockId: 'any',
    action: { type: 'button', action_id: actionId, value },
    state: {},
  })
}

/** Presses, and expects that nothing changes, that this person alone is told why, and that their card is drawn anew. */
async function expectRefused(
  person: SlackPerson,
  pressed: SeenMessage,
  press: () => Promise<unknown>,
  why: RegExp,
): Promise<void> {
  // A message is known to be a card once its post has been written down.
  await everythingSent(motorpool.database)
  const before = await whatStands(motorpool.database)
  const callsBefore = motorpool.slack.calls.length
  const heardBefore = motorpool.slack.people.map(({ userId }) => motorpool.slack.messages(userId).length)
  const toldBefore = toldAlone(person).length
  expect(await press()).toEqual({ ok: true })
  const told = await waitUntil(() => toldAlone(person)[toldBefore], `${person.email} to be told ${why}`)
  expect(told).toMatch(why)
  const redrawn = () => motorpool.slack.calls.slice(callsBefore).some((call) => isUpdateOf(call, pressed))
  await waitUntil(redrawn, 'the pressed card to be drawn anew')
  expect(await whatStands(motorpool.database)).toEqual(before)
  const heard = motorpool.slack.people.map(({ userId }) => motorpool.slack.messages(userId).length)
  expect(heard).toEqual(
    motorpool.slack.people.map(({ userId }, index) => (heardBefore[index] ?? 0) + (userId === person.userId ? 1 : 0)),
  )
}

function isUpdateOf({ method, args, outcome }: TestMotorpool['slack']['calls'][number], { ts }: SeenMessage): boolean {
  return method === 'chat.update' && args.ts === ts && outcome === 'ok'
}

describe('a press that cannot count changes nothing, and only who pressed is told why', () => {
  it('comes too late: HR has approved, and Mara still sees her buttons', async () => {
    const { asked, hr } = await withHr('Aachen')
    await hanna.press(hr, 'Approve')
    await cardAbout(mara, 'Aachen', /Approved by Hanna Weber/)
    await everythingSent(motorpool.database)
    const words = /^You approved it, /
    await expectRefused(mara, asked, () => mara.press(asked, 'Approve'), words)
    await expectRefused(mara, asked, () => mara.press(asked, 'Reject'), words)
    expect(mara.hasModal()).toBe(false)
  })

  it('comes after the departure', async () => {
    const { asked } = await requested('Bremen')
    const departed = new Date(+clock.now() + 30 * 3600 * 1000)
    const before = clock.now()
    clock.set(departed)
    await expectRefused(mara, asked, () => mara.press(asked, 'Approve'), /Too late/)
    await cardAbout(mara, 'Bremen')
    await waitUntil(() => cardsAbout(mara, 'Bremen')[0]?.buttons().length === 0, 'no button to be left')
    clock.set(before)
  })

  it('comes from somebody who was not asked', async () => {
    await requested('Cottbus')
    const [booking] = await bookingsTo(motorpool.database, 'Cottbus')
    clock.nextWeek()
    await requestCar(ben, 'Cuxhaven')
    const bens = await cardAbout(ben, 'Cuxhaven')
    const press = () => pressAs(ben, bens, 'booking_approve', booking?.openStep ?? '')
    await expectRefused(ben, bens, press, /not been asked/)
    const reject = () => pressAs(ben, bens, 'booking_reject', booking?.openStep ?? '')
    await expectRefused(ben, bens, reject, /not been asked/)
    const cancel = () => pressAs(ben, bens, 'booking_cancel', booking?.id ?? '')
    await expectRefused(ben, bens, cancel, /Only the person who asked/)
  })

  it('decides the own request', async () => {
    const { own } = await requested('Dresden')
    const [booking] = await bookingsTo(motorpool.database, 'Dresden')
    const press = () => pressAs(anna, own, 'booking_approve', booking?.openStep ?? '')
    await expectRefused(anna, own, press, /your own request/)
  })

  it('comes from somebody who was deactivated in between', async () => {
    const { asked } = await requested('Erfurt')
    const { prisma } = motorpool.database
    await prisma.person.update({ where: { email: mara.email }, data: { active: false } })
    try {
      await expectRefused(mara, asked, () => mara.press(asked, 'Approve'), /no longer active/)
      await waitUntil(() => cardsAbout(mara, 'Erfurt')[0]?.buttons().length === 0, 'no button to be left')
    } finally {
      await prisma.person.update({ where: { email: mara.email }, data: { active: true } })
    }
  })

  it.each([
    ['of a step that is not there', 'booking_approve', '5e4e2c8e-5a0c-4d4e-8f1f-3a9f5a6f0b01', /no longer exists/],
    ['of something that is no id at all', 'booking_approve', "'; DROP TABLE bookings; --", /no longer exists/],
    ['of a booking that is no id at all', 'booking_cancel', 'x', /no longer exists/],
  ])('carries the id %s', async (_what, actionId, value, words) => {
    const { own } = await requested(`Emden ${crypto.randomUUID()}`)
    await expectRefused(anna, own, () => pressAs(anna, own, actionId, value), words)
  })
})

describe('a double click', () => {
  it('on Approve counts once', async () => {
    const { asked } = await requested('Freiburg')
    const toldBefore = toldAlone(mara).length
    const both = await Promise.all([mara.press(asked, 'Approve'), mara.press(asked, 'Approve')])
    expect(both).toEqual([{ ok: true }, { ok: true }])
    const told = await waitUntil(() => toldAlone(mara)[toldBefore], 'the second press to be answered')
    expect(told).toMatch(/You approved it, /)
    expect(toldAlone(mara)).toHaveLength(toldBefore + 1)
    expect(await statusOf(motorpool.database, 'Freiburg')).toBe('pending_hr')
  })

  it('on “Cancel booking” counts once', async () => {
    const { own } = await requested('Fulda')
    await anna.press(own, 'Cancel')
    const modal = await anna.openModal()
    await Promise.all([modal.submit(), modal.submit()])
    expect(await statusOf(motorpool.database, 'Fulda')).toBe('cancelled')
    const found = await motorpool.database.sql`
      SELECT FROM events e JOIN bookings b ON b.id = e.booking_id
      WHERE b.destination = 'Fulda' AND e.type = 'booking.cancelled'`
    expect(found).toHaveLength(1)
  })
})

describe('a rejection', () => {
  it('asks for a reason, and shows it to the requester on the card, in a message and in a mail', async () => {
    const { asked } = await requested('Gera')
    await mara.press(asked, 'Reject')
    const modal = await mara.openModal()
    expect(modal.title()).toBe('Reject request')
    expect(modal.text()).toMatch(/#\d+, Anna Schmidt: \w{3} \d+ \w{3}.*, 09:00 – 17:00, Gera\n/)
    expect(await modal.submit()).toMatchObject({ ok: false, fieldErrors: { Reason: expect.any(String) } })
    await modal.fill('Reason', '   ')
    expect(await modal.submit()).toMatchObject({ ok: false, fieldErrors: { Reason: 'Please give a reason.' } })
    expect(await statusOf(motorpool.database, 'Gera')).toBe('pending_manager')
    await modal.fill('Reason', 'The fair was called off')
    expect(await modal.submit()).toEqual({ ok: true })

    await cardAbout(anna, 'Gera', /Rejected by Mara Lindqvist as manager.*The fair was called off/)
    await anna.waitForMessage(/Mara Lindqvist rejected your request.*\n.*Gera[\s\S]*The fair was called off/)
    const mail = await anna.waitForMail(/^Rejected/)
    expect(mail.text).toContain('The fair was called off')
    expect(cardsAbout(anna, 'Gera')[0]?.buttons()).toEqual([])
    await waitUntil(() => cardsAbout(mara, 'Gera')[0]?.buttons().length === 0, 'no button to be left')
    expect((await whatStands(motorpool.database)).bookings.at(-1)?.status).toBe('rejected')
  })

  it('frees the car at once', async () => {
    const { asked } = await requested('Gotha')
    const car = textOf(asked).match(/B-MP \w+/)?.[0] ?? ''
    await mara.press(asked, 'Reject')
    const modal = await mara.openModal()
    await modal.fill('Reason', 'No')
    await modal.submit()
    await requestCar(ben, 'Gotha again')
    expect(textOf(await cardAbout(ben, 'Gotha again'))).toContain(car)
  })
})

describe('an approval with a comment', () => {
  it('shows the comment to the requester', async () => {
    const { asked } = await requested('Halle')
    await mara.press(asked, 'Approve with a comment')
    const modal = await mara.openModal()
    await modal.fill('Comment', 'Bring the samples')
    expect(await modal.submit()).toEqual({ ok: true })
    await cardAbout(anna, 'Halle', /Approved by Mara Lindqvist as manager.*Bring the samples/)
    await anna.waitForMessage((message) => /approved your request[\s\S]*Bring the samples/.test(textOf(message)))
    await cardAbout(hanna, 'Halle', /Bring the samples/)
  })

  it('needs no comment', async () => {
    const { asked } = await requested('Hameln')
    await mara.press(asked, 'Approve with a comment')
    expect(await (await mara.openModal()).submit()).toEqual({ ok: true })
    expect(await statusOf(motorpool.database, 'Hameln')).toBe('pending_hr')
  })
})

describe('a cancellation by the requester', () => {
  it('tells those who were asked, and nobody can decide any more', async () => {
    const { own, hr } = await withHr('Ingolstadt')
    await cancelBooking(anna, own)
    await cardAbout(anna, 'Ingolstadt', /Cancelled by Anna Schmidt/)
    for (const approver of [mara, hanna, helen]) {
      await approver.waitForMessage(/Anna Schmidt cancelled request.*\n.*Ingolstadt/)
      await waitUntil(() => cardsAbout(approver, 'Ingolstadt')[0]?.buttons().length === 0, 'no button to be left')
    }
    const words = /Changed since you looked: Anna Schmidt cancelled it/
    await expectRefused(hanna, hr, () => hanna.press(hr, 'Approve'), words)
    expect(await statusOf(motorpool.database, 'Ingolstadt')).toBe('cancelled')
  })

  it('while the reason for a rejection is being typed: the modal says so', async () => {
    const { own, asked } = await requested('Jena')
    await mara.press(asked, 'Reject')
    const modal = await mara.openModal()
    await modal.fill('Reason', 'Too late now')
    await cancelBooking(anna, own)
    expect(await modal.submit()).toEqual({ ok: true })
    await modal.waitFor(/Changed since you looked: Anna Schmidt cancelled it/)
    expect(await statusOf(motorpool.database, 'Jena')).toBe('cancelled')
  })
})

describe('approve and reject at the same moment', () => {
  it.each([1, 2, 3, 4, 5])('one wins and the other is told (%i)', async (round) => {
    const destination = `Kiel ${round}`
    const { hr } = await withHr(destination)
    const helens = await cardAbout(helen, destination)
    await helen.press(helens, 'Reject')
    const modal = await helen.openModal()
    await modal.fill('Reason', 'Not this week')
    const toldBefore = toldAlone(hanna).length
    await Promise.all([hanna.press(hr, 'Approve'), modal.submit()])
    const status = await statusOf(motorpool.database, destination)
    if (status === 'approved') {
      await modal.waitFor(/Changed since you looked: Hanna Weber approved it/)
    } else {
      expect(status).toBe('rejected')
      const told = await waitUntil(() => toldAlone(hanna)[toldBefore], 'Hanna to be told')
      expect(told).toMatch(/Changed since you looked: Helen Roth rejected it/)
      expect(modal.isOpen()).toBe(false)
    }
    for (const person of [mara, hanna, helen]) {
      await waitUntil(() => cardsAbout(person, destination)[0]?.buttons().length === 0, 'no button to be left')
    }
    const outcome = status === 'approved' ? /Approved by Hanna Weber for HR/ : /Rejected by Helen Roth for HR/
    for (const person of [anna, mara, hanna, helen]) await cardAbout(person, destination, outcome)
  })
})
