import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cancelBooking, cardAbout, cardsAbout, change, openForm, requestCar, toldAlone } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import type { SlackModal } from '../support/slack-modal.ts'
import { type SeenMessage, type SlackPerson, textOf } from '../support/slack-person.ts'
import { waitUntil } from '../support/wait-until.ts'
import { bookingsTo, statusOf } from '../support/what-stands.ts'

const clock = businessClock('2027-04-05T06:00:00Z')
let motorpool: TestMotorpool
let anna: SlackPerson
let ben: SlackPerson
let mara: SlackPerson
let hanna: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now })
  anna = motorpool.person('anna')
  ben = motorpool.person('ben')
  mara = motorpool.person('mara')
  hanna = motorpool.person('hanna')
})
afterAll(() => motorpool.stop())
beforeEach(() => clock.nextWeek())

/** Hours from now on the business clock: the form suggests 09:00 to 17:00, from an hour to nine hours from now. */
const inHours = (hours: number) => new Date(+clock.now() + hours * 3600 * 1000)

async function requested(destination: string, fillings: Parameters<typeof requestCar>[2] = {}): Promise<SeenMessage> {
  await requestCar(anna, destination, { Car: 'Škoda Octavia', ...fillings })
  return cardAbout(anna, destination)
}

async function approved(destination: string, fillings: Parameters<typeof requestCar>[2] = {}): Promise<SeenMessage> {
  await requested(destination, fillings)
  await mara.press(await cardAbout(mara, destination), 'Approve')
  await hanna.press(await cardAbout(hanna, destination), 'Approve')
  return cardAbout(anna, destination, /Approved by Hanna Weber/)
}

async function changing(card: SeenMessage): Promise<SlackModal> {
  await anna.press(card, 'Change')
  return anna.openModal()
}

async function send(form: SlackModal, fillings: Record<string, Parameters<SlackModal['fill']>[1]>): Promise<void> {
  for (const [label, filling] of Object.entries(fillings)) await form.fill(label, filling)
  expect(await form.submit()).toEqual({ ok: true })
  expect(form.isOpen() && form.text()).toBe(false)
}

/** The same, at a departure or return that draws the list of cars anew. */
async function sendAt(form: SlackModal, label: 'Departure' | 'Return', at: Date): Promise<void> {
  await change(form, label, at)
  await send(form, {})
}

async function stepsOf(destination: string): Promise<string[]> {
  const rows = await motorpool.database.sql<{ step: string }[]>`
    SELECT s.round || ' ' || s.kind || ' ' || s.status AS step FROM steps s JOIN bookings b ON b.id = s.booking_id
    WHERE b.destination = ${destination} ORDER BY s.round, s.asked_at, s.kind = 'hr', s.closed_at`
  return rows.map(({ step }) => step)
}

async function heldHours(destination: string): Promise<[number, number][]> {
  const rows = await motorpool.database.sql<{ starts: Date; ends: Date }[]>`
    SELECT h.starts_at AS starts, h.ends_at AS ends FROM vehicle_holds h JOIN bookings b ON b.id = h.booking_id
    WHERE b.destination = ${destination} ORDER BY h.starts_at`
  const hour = (at: Date) => (+at - +clock.now()) / 3600_000
  return rows.map(({ starts, ends }) => [hour(starts), hour(ends)])
}

/** Of one booking alone: what is due of others is seen to meanwhile. */
async function asItStands(destination: string): Promise<unknown> {
  const rows = await motorpool.database.sql<{ version: number; notices: number }[]>`
    SELECT b.version, (SELECT count(*)::int FROM events e JOIN notifications n ON n.event_id = e.id
      WHERE e.booking_id = b.id) AS notices
    FROM bookings b WHERE b.destination = ${destination}`
  return [[...rows], await stepsOf(destination), await heldHours(destination)]
}

describe('the form to change a booking', () => {
  it('is filled in with the booking, its own car among those that are free', async () => {
    const card = await requested('Aalen', {
      Passengers: 3,
      Type: 'Delivery',
      Reason: 'Training',
      Details: 'Two boxes',
      Companions: ['Ben Koch'],
      'Other companions': 'Jo Meyer',
    })
    const form = await changing(card)
    expect(form.title()).toBe('Change request')
    expect(form.labels().map((label) => [label, form.value(label)])).toEqual([
      ['Departure', inHours(1)],
      ['Return', inHours(9)],
      ['Passengers', '3'],
      ['Car', 'Škoda Octavia (B-MP 505), 5 seats'],
      ['Destination', 'Aalen'],
      ['Type', 'Delivery'],
      ['Reason', 'Training'],
      ['Details', 'Two boxes'],
      ['Drivers', ['Anna Schmidt (Sales)']],
      ['Companions', ['Ben Koch (Sales)']],
      ['Other companions', 'Jo Meyer'],
    ])
    expect(form.text()).toMatch(/^Change request\n#\d+ starts again with the first approver/)
    expect(form.text()).not.toContain('Save as draft')
    const bens = await openForm(ben)
    expect((await bens.options('Car')).join()).not.toContain('Škoda')
    await change(form, 'Return', inHours(12))
    expect(form.value('Car')).toBe('Škoda Octavia (B-MP 505), 5 seats')
    expect(form.text()).toContain('starts again with the first approver')
    await send(form, { Details: 'Three boxes' })
  })

  it('keeps a car that went out of service since', async () => {
    const card = await requested('Ahlen')
    const where = { licensePlate: 'B-MP 505' }
    const { prisma } = motorpool.database
    await prisma.vehicle.update({ where, data: { status: 'retired' } })
    try {
      const form = await changing(card)
      expect(form.value('Car')).toContain('Škoda Octavia')
      await sendAt(form, 'Return', inHours(10))
      expect(await heldHours('Ahlen')).toEqual([[1, 10]])
    } finally {
      await prisma.vehicle.update({ where, data: { status: 'in_service' } })
    }
  })

  it('leaves out whoever has left the company since, and says so', async () => {
    const card = await requested('Apolda', { Passengers: 3, Companions: ['Ben Koch'] })
    const { prisma } = motorpool.database
    await prisma.person.update({ where: { email: ben.email }, data: { active: false } })
    try {
      const form = await changing(card)
      expect(form.text()).toContain('No longer in the directory, and left out: Ben Koch.')
      expect(form.value('Companions')).toEqual([])
    } finally {
      await prisma.person.update({ where: { email: ben.email }, data: { active: true } })
    }
  })

  it('says at its field what is wrong, and changes nothing', async () => {
    const form = await changing(await requested('Artern'))
    const before = await asItStands('Artern')
    await change(form, 'Return', inHours(0.5))
    expect(await form.submit()).toEqual({
      ok: false,
      fieldErrors: { Return: 'The return has to be after the departure.' },
    })
    await change(form, 'Return', inHours(9))
    await form.fill('Destination', '  ')
    expect(await form.submit()).toMatchObject({ ok: false, fieldErrors: { Destination: 'Please fill this in.' } })
    expect(await asItStands('Artern')).toEqual(before)
  })

  it('says so when nothing is different', async () => {
    const form = await changing(await requested('Auerbach'))
    const before = await asItStands('Auerbach')
    expect(await form.submit()).toEqual({ ok: true })
    expect(form.text()).toContain('Nothing is different from what your booking says already.')
    expect(await asItStands('Auerbach')).toEqual(before)
  })

  it('a car that somebody else has then is not in it, or is told as taken when they were quicker', async () => {
    const card = await requested('Bautzen')
    const now = clock.now()
    clock.set(inHours(24))
    await requestCar(ben, 'Bensheim', { Car: 'Škoda Octavia' })
    clock.set(now)
    const form = await changing(card)
    await change(form, 'Departure', inHours(25))
    expect(form.text()).toContain('The car you chose is not free then, or too small.')
    expect(form.value('Car')).toBe('Any suitable car')

    const late = await changing(card)
    await change(late, 'Departure', inHours(49))
    expect(late.value('Car')).toContain('Škoda')
    clock.set(new Date(+now + 48 * 3600_000))
    await requestCar(ben, 'Berlin', { Car: 'Škoda Octavia' })
    clock.set(now)
    await late.submit()
    expect(late.text()).toMatch(/^Change request\n:warning: Škoda Octavia has just been taken for that time/)
    expect(late.value('Car')).toBe('Any suitable car')
    expect(await heldHours('Bautzen')).toEqual([[1, 9]])
  })
})

describe('a request that is still to be decided', () => {
  it('keeps its step where what was changed matters to nobody else', async () => {
    const card = await requested('Calbe')
    await send(await changing(card), { Details: 'Bring the samples' })
    await cardAbout(anna, 'Calbe', /Bring the samples/)
    await cardAbout(mara, 'Calbe', /Bring the samples/)
    expect(await stepsOf('Calbe')).toEqual(['1 manager open'])
  })

  it('starts over where it matters: old beside new, and an old button does not decide what is new', async () => {
    const card = await requested('Celle')
    const asked = await cardAbout(mara, 'Celle')
    await sendAt(await changing(card), 'Return', inHours(12))
    await cardAbout(mara, 'Celle', /When: .*09:00 – 17:00.* → .*09:00 – 20:00/)
    expect(await stepsOf('Celle')).toEqual(['1 manager superseded', '2 manager open'])
    expect(await heldHours('Celle')).toEqual([[1, 12]])
    const toldBefore = toldAlone(mara).length
    const [old] = await motorpool.database.sql<{ id: string }[]>`
      SELECT s.id FROM steps s JOIN bookings b ON b.id = s.booking_id
      WHERE b.destination = 'Celle' AND s.status = 'superseded'`
    await motorpool.slack.action(mara.userId, {
      source: { kind: 'message', channel: asked.channel, ts: asked.ts },
      blockId: 'any',
      action: { type: 'button', action_id: 'booking_approve', value: old?.id ?? '' },
      state: {},
    })
    expect(await waitUntil(() => toldAlone(mara)[toldBefore], 'Mara to be told')).toMatch(
      /Changed since you looked: Anna Schmidt changed it/,
    )
    expect(await statusOf(motorpool.database, 'Celle')).toBe('pending_manager')
  })

  it.each([1, 2, 3, 4])('changed and approved at the same moment: nothing is lost (%i)', async (round) => {
    const destination = `Coburg ${round}`
    const card = await requested(destination)
    const asked = await cardAbout(mara, destination)
    const form = await changing(card)
    await change(form, 'Return', inHours(12))
    const toldBefore = toldAlone(mara).length
    await Promise.all([form.submit(), mara.press(asked, 'Approve')])
    expect(form.isOpen()).toBe(false)
    const steps = await stepsOf(destination)
    expect(steps.at(-1)).toBe('2 manager open')
    if (steps.includes('1 manager superseded')) {
      const told = await waitUntil(() => toldAlone(mara)[toldBefore], 'Mara to be told')
      expect(told).toMatch(/Changed since you looked: Anna Schmidt changed it/)
    } else expect(steps).toEqual(['1 manager approved', '1 hr superseded', '2 manager open'])
    await cardAbout(anna, destination, /09:00 – 20:00[\s\S]*Waiting for Mara Lindqvist/)
  })
})

describe('an approved booking', () => {
  it('stands until its change is approved, and is the new trip then', async () => {
    const card = await approved('Dahlen')
    const form = await changing(card)
    expect(form.title()).toBe('Change booking')
    expect(form.text()).toMatch(/#\d+ stands as it is, with its car, until the change is approved\./)
    await sendAt(form, 'Return', inHours(11))
    const open = await cardAbout(anna, 'Dahlen', /When: .*09:00 – 17:00.* → .*09:00 – 19:00/)
    expect(open.buttons()).toEqual(['Change', 'Withdraw change', 'Cancel'])
    expect(await statusOf(motorpool.database, 'Dahlen')).toBe('approved')
    await mara.press(await cardAbout(mara, 'Dahlen', /asks to change[\s\S]*Please answer by/), 'Approve')
    await hanna.press(await cardAbout(hanna, 'Dahlen', /asks to change[\s\S]*Please answer by/), 'Approve')
    const done = await cardAbout(anna, 'Dahlen', /^\*?Your booking #\d+: .*09:00 – 19:00/)
    await waitUntil(() => cardsAbout(anna, 'Dahlen')[0]?.buttons().join() === 'Change,Cancel', 'no change to be open')
    expect(textOf(done)).toContain('Approved')
    expect(await heldHours('Dahlen')).toEqual([[1, 11]])
  })

  it('changes at once where nobody has to see it', async () => {
    const form = await changing(await approved('Demmin'))
    await change(form, 'Return', inHours(7))
    await send(form, { Details: 'Back early' })
    await cardAbout(anna, 'Demmin', /09:00 – 15:00[\s\S]*Back early/)
    expect(await statusOf(motorpool.database, 'Demmin')).toBe('approved')
    expect(await heldHours('Demmin')).toEqual([[1, 7]])
  })

  it('is as it was once its change is withdrawn, and a second press is told so', async () => {
    const card = await approved('Dessau')
    await sendAt(await changing(card), 'Return', inHours(11))
    const open = await cardAbout(anna, 'Dessau', /19:00/)
    const again = await changing(card)
    expect(again.value('Return')).toEqual(inHours(11))
    expect(again.text()).toContain(
      'stands as it is until its change is approved. The form shows the change you asked for',
    )
    await again.close()
    const toldBefore = toldAlone(anna).length
    const withdraw = () => anna.press(open, 'Withdraw change')
    expect(await Promise.all([withdraw(), withdraw()])).toEqual([{ ok: true }, { ok: true }])
    await waitUntil(() => toldAlone(anna)[toldBefore], 'the second press to be told')
    expect(toldAlone(anna)).toHaveLength(toldBefore + 1)
    await waitUntil(() => cardsAbout(anna, 'Dessau')[0]?.buttons().join() === 'Change,Cancel', 'no change to be open')
    expect(await heldHours('Dessau')).toEqual([[1, 9]])
    expect(await statusOf(motorpool.database, 'Dessau')).toBe('approved')
    await waitUntil(() => cardsAbout(mara, 'Dessau')[0]?.buttons().length === 0, 'no button to be left')
  })

  it('withdrawn while Mara approves: one wins, and the other sees what happened', async () => {
    const card = await approved('Dippoldiswalde')
    await sendAt(await changing(card), 'Return', inHours(11))
    const open = await cardAbout(anna, 'Dippoldiswalde', /19:00/)
    await mara.press(await cardAbout(mara, 'Dippoldiswalde', /asks to change[\s\S]*Please answer by/), 'Approve')
    const hannas = await cardAbout(hanna, 'Dippoldiswalde', /asks to change[\s\S]*Please answer by/)
    const before = { anna: toldAlone(anna).length, hanna: toldAlone(hanna).length }
    await Promise.all([anna.press(open, 'Withdraw change'), hanna.press(hannas, 'Approve')])
    const told = await waitUntil(
      () => toldAlone(anna)[before.anna] ?? toldAlone(hanna)[before.hanna],
      'one of them to be told',
    )
    const [[, until = 0] = []] = await heldHours('Dippoldiswalde')
    expect(told).toMatch(
      until === 11 ? /Changed since you looked/ : /Changed since you looked: Anna Schmidt changed it/,
    )
    expect([9, 11]).toContain(until)
  })
})

describe('a change is not', () => {
  it('of a booking that is gone: an old button says so', async () => {
    const card = await requested('Eisenach')
    await cancelBooking(anna, await cardAbout(anna, 'Eisenach'))
    const toldBefore = toldAlone(anna).length
    await anna.press(card, 'Change')
    expect(await waitUntil(() => toldAlone(anna)[toldBefore], 'Anna to be told')).toMatch(/You cancelled it/)
    expect(anna.hasModal()).toBe(false)
  })

  it('of a booking that was decided meanwhile: the form says so', async () => {
    const form = await changing(await requested('Erfurt'))
    await mara.press(await cardAbout(mara, 'Erfurt'), 'Reject')
    const modal = await mara.openModal()
    await modal.fill('Reason', 'No fuel')
    await modal.submit()
    await form.fill('Details', 'Please')
    await form.submit()
    await form.waitFor(/Changed since you looked: Mara Lindqvist rejected it/)
    expect(form.labels()).toEqual([])
    expect(await statusOf(motorpool.database, 'Erfurt')).toBe('rejected')
  })

  it.each(['booking_change', 'change_withdraw'])('of somebody else’s booking: %s', async (actionId) => {
    const destination = `Elze ${actionId}`
    await requested(destination)
    const [booking] = await bookingsTo(motorpool.database, destination)
    const asked = await cardAbout(mara, destination)
    const toldBefore = toldAlone(mara).length
    await motorpool.slack.action(mara.userId, {
      source: { kind: 'message', channel: asked.channel, ts: asked.ts },
      blockId: 'any',
      action: { type: 'button', action_id: actionId, value: booking?.id ?? '' },
      state: {},
    })
    expect(await waitUntil(() => toldAlone(mara)[toldBefore], 'Mara to be told')).toMatch(/Only the person who asked/)
    expect(mara.hasModal()).toBe(false)
  })
})

describe('asking for a change', () => {
  async function sentBack(destination: string): Promise<SeenMessage> {
    await requested(destination)
    await mara.press(await cardAbout(mara, destination), 'Ask for a change')
    const modal = await mara.openModal()
    expect(modal.title()).toBe('Ask for a change')
    expect(await modal.submit()).toMatchObject({
      ok: false,
      fieldErrors: { 'What should be changed?': expect.any(String) },
    })
    await modal.fill('What should be changed?', ' ')
    const words = 'Please say what should be changed.'
    expect(await modal.submit()).toEqual({ ok: false, fieldErrors: { 'What should be changed?': words } })
    await modal.fill('What should be changed?', 'Take <Ben> along')
    expect(await modal.submit()).toEqual({ ok: true })
    return cardAbout(anna, destination, /Take &lt;Ben&gt; along/)
  }

  it('needs a note, holds the car, and goes back to who asked once it is answered', async () => {
    const card = await sentBack('Fulda')
    expect(card.buttons()).toEqual(['Change', 'Cancel'])
    expect(await statusOf(motorpool.database, 'Fulda')).toBe('changes_requested')
    expect(await heldHours('Fulda')).toEqual([[1, 9]])
    const form = await changing(card)
    expect(form.text()).toContain('Mara Lindqvist asks for a change: “Take &lt;Ben&gt; along”')
    expect(form.text()).toMatch(/Please answer by .*; after that, your request expires\./)
    await change(form, 'Passengers', 2)
    await send(form, { Companions: ['Ben Koch'] })
    expect(await stepsOf('Fulda')).toEqual(['1 manager changes_requested', '1 manager open'])
    await mara.press(await cardAbout(mara, 'Fulda', /Ben Koch/), 'Approve')
    expect(await statusOf(motorpool.database, 'Fulda')).toBe('pending_hr')
  })

  it('is one answer: an approval at the same moment loses or wins', async () => {
    await requested('Furth')
    const asked = await cardAbout(mara, 'Furth')
    await mara.press(asked, 'Ask for a change')
    const modal = await mara.openModal()
    await modal.fill('What should be changed?', 'Later')
    const toldBefore = toldAlone(mara).length
    await Promise.all([mara.press(asked, 'Approve'), modal.submit()])
    const status = await statusOf(motorpool.database, 'Furth')
    if (status === 'pending_hr') await modal.waitFor(/You approved it/)
    else {
      expect(status).toBe('changes_requested')
      expect(await waitUntil(() => toldAlone(mara)[toldBefore], 'Mara to be told')).toMatch(/You asked for a change/)
    }
  })
})

describe('from a list', () => {
  it('“mine” is shown anew once the change is sent', async () => {
    await requested('Gera')
    await anna.types('/book-car mine')
    const list = await anna.waitForMessage((message) => message.ephemeral && /Gera/.test(textOf(message)))
    expect(list.buttons()).toEqual(['Change', 'Cancel'])
    const form = await changing(list)
    await send(form, { Destination: 'Gotha' })
    await waitUntil(
      () => anna.messages().find(({ ts, ...message }) => ts === list.ts && /Gotha/.test(textOf(message))),
      'the list to be shown anew',
    )
  })

  it('the Home changes and cancels, with a word why', async () => {
    await requested('Halle')
    await anna.opensHome()
    const home = await anna.waitForHome(/Halle/)
    await anna.press(home, 'Change')
    await send(await anna.openModal(), { Destination: 'Hamm' })
    const changed = await anna.waitForHome(/Hamm\. Waiting/)
    await cancelBooking(anna, changed, 'The fair is <off>')
    await mara.waitForMessage(/Anna Schmidt cancelled[\s\S]*The fair is &lt;off&gt;/)
    expect(await statusOf(motorpool.database, 'Hamm')).toBe('cancelled')
  })
})
