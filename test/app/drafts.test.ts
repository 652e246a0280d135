import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { change, fillForm, openForm, requestCar } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import type { SlackModal } from '../support/slack-modal.ts'
import { type SlackPerson, textOf } from '../support/slack-person.ts'
import { waitUntil } from '../support/wait-until.ts'
import { bookingsTo } from '../support/what-stands.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let anna: SlackPerson
let ben: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now })
  anna = motorpool.person('anna')
  ben = motorpool.person('ben')
  for (const person of [anna, ben]) await person.opensHome()
})
afterAll(() => motorpool.stop())
let monday = clock.now()
beforeEach(() => {
  clock.set(monday)
  clock.nextWeek()
  monday = clock.now()
})
afterEach(() => motorpool.database.sql`DELETE FROM drafts`)

const inHours = (hours: number) => new Date(+clock.now() + hours * 3600 * 1000)
const drafts = () => motorpool.database.sql<{ id: string; form: object }[]>`SELECT id, form FROM drafts`

/** Saves it, and waits until it says what became of that. */
async function save(form: SlackModal, words: string | RegExp = 'Saved as draft'): Promise<void> {
  expect(await form.press('Save as draft')).toEqual({ ok: true })
  await form.waitFor(words)
}

/** Opens the draft of this destination from the Home. */
async function carryOn(place: string): Promise<SlackModal> {
  const home = await anna.waitForHome(new RegExp(`Your drafts\\n${place}`))
  await anna.press(home, 'Continue')
  const form = await anna.openModal()
  await waitUntil(() => form.labels().includes('Car'), 'the form itself')
  return form
}

/** A draft as another platform, or an earlier version, may have left it. */
async function draftOf(person: SlackPerson, form: object): Promise<string> {
  const { sql } = motorpool.database
  const [row] = await sql<[{ id: string }]>`
    INSERT INTO drafts (id, person_id, request_key, form, created_at, touched_at)
    SELECT gen_random_uuid(), p.id, ${crypto.randomUUID()}, ${sql.json({ ...form })}, ${clock.now()}, ${clock.now()}
    FROM people p WHERE p.email = ${person.email} RETURNING id`
  await person.opensHome()
  return row.id
}

describe('a form that is saved as a draft', () => {
  it('says so at once, loses nothing, and goes on from the Home until it is sent', async () => {
    const form = await openForm(anna)
    await change(form, 'Return', inHours(5))
    await form.fill('Details', 'Half <of> it')
    await form.fill('Companions', ['Ben Koch'])
    await form.fill('Car', 'Ford Transit')
    await form.fill('Type', 'Delivery')
    await save(form)
    expect(form.text()).toMatch(/Saved as draft, 08:00\nSave as draft$/)
    expect([form.value('Details'), form.value('Return'), form.value('Car')]).toEqual([
      'Half <of> it',
      inHours(5),
      'Ford Transit (B-MP 909), 9 seats',
    ])
    await form.close()

    const home = await anna.waitForHome(/Your drafts/)
    expect(textOf(home)).toMatch(
      /No destination yet: Mon \d+ Nov, 09:00 – 13:00, 1 person\nSaved today 08:00, goes away on Wed \d+ Dec/,
    )
    clock.set(inHours(0.5))
    const again = await carryOn('No destination yet')
    expect(again.labels().map((label) => again.value(label))).toEqual([
      inHours(0.5),
      inHours(4.5),
      '1',
      'Ford Transit (B-MP 909), 9 seats',
      null,
      'Delivery',
      'Client meeting',
      'Half <of> it',
      ['Anna Schmidt (Sales)'],
      ['Ben Koch (Sales)'],
      null,
    ])
    expect(again.text()).not.toContain('Saved as draft')
    await again.fill('Destination', 'Aachen')
    await change(again, 'Passengers', 2)
    await save(again, 'Saved as draft, 08:30')
    expect(await drafts()).toHaveLength(1)
    await anna.waitForHome(/Your drafts\nAachen: .*2 people\nSaved today 08:30/)
    expect(await again.submit()).toEqual({ ok: true })
    expect(await bookingsTo(motorpool.database, 'Aachen')).toHaveLength(1)
    expect(await drafts()).toEqual([])
    await anna.waitForHome(/Your drafts\nThis draft was sent or discarded/)
    await anna.opensHome()
    await anna.waitForHome(/^(?![\s\S]*Your drafts)[\s\S]*Aachen/)
  })

  it('goes on saying so while the list of cars is drawn anew', async () => {
    const form = await openForm(anna)
    await save(form)
    await change(form, 'Passengers', 4)
    expect(form.text()).toContain('Saved as draft, 08:00')
    expect(form.text()).toContain('free')
  })

  it('is one draft, however often it is pressed', async () => {
    const form = await fillForm(anna, 'Aalen')
    await Promise.all([form.press('Save as draft'), form.press('Save as draft')])
    await form.waitFor('Saved as draft, 08:00')
    expect(await drafts()).toHaveLength(1)
  })

  it('holds no car', async () => {
    await save(await fillForm(anna, 'Ahlen', { Car: 'Ford Transit' }))
    await requestCar(ben, 'Ahaus', { Car: 'Ford Transit' })
    const form = await carryOn('Ahlen')
    expect(form.text()).toContain('The car you chose is not free then, or too small. 3 cars are free')
    expect(form.value('Car')).toBe('Any suitable car')
    expect(form.value('Destination')).toBe('Ahlen')
  })

  it.each([
    [20, 'You have 20 drafts, and that is all there is room for. Please send or discard one first.'],
    [19, 'Saved as draft, 08:00'],
  ])('of somebody who has %d drafts already', async (count, words) => {
    for (let one = 0; one < count; one += 1) await draftOf(anna, { destination: `Place ${one}` })
    const form = await fillForm(anna, 'Amberg')
    await save(form, words)
    expect(form.value('Destination')).toBe('Amberg')
    expect(await drafts()).toHaveLength(20)
    await anna.opensHome()
    const places = Array.from({ length: count }, (_, one) => `(?=[\\s\\S]*Place ${one}\\n)`)
    await anna.waitForHome(new RegExp(`^${places.join('')}`))
  })

  it('that was sent before is a request, and no draft', async () => {
    await requestCar(anna, 'Apolda')
    const form = await fillForm(anna, 'Ansbach')
    const { requestKey } = JSON.parse(form.view().private_metadata ?? '{}') as { requestKey: string }
    await motorpool.database.sql`UPDATE bookings SET request_key = ${requestKey} WHERE destination = 'Apolda'`
    await save(form, /This form was saved before you changed it, as #\d+/)
    expect(await drafts()).toEqual([])
  })
})

describe('a draft that is continued', () => {
  it('was begun in Teams: its names and times are those of the form', async () => {
    const day = clock.now().toISOString().slice(0, 10)
    await draftOf(anna, {
      starts: { date: day, time: '10:15' },
      ends: { date: '', time: '' },
      passengers: 'two',
      destination: 'Bochum',
      typedDrivers: 'Ben Koch',
      typedCompanions: 'anna.schmidt@example.com, Nobody Known',
      otherCompanions: 'Jo',
    })
    const form = await carryOn('Bochum')
    expect(form.value('Departure')).toEqual(inHours(2.25))
    expect(form.value('Return')).toEqual(inHours(9))
    expect(form.value('Passengers')).toBeNull()
    expect([form.value('Drivers'), form.value('Companions')]).toEqual([['Ben Koch (Sales)'], ['Anna Schmidt (Sales)']])
    expect(form.value('Other companions')).toBe('Jo')
    expect(form.text()).toContain('No colleague is called “Nobody Known”.')
    expect(await form.submit()).toMatchObject({ ok: false, fieldErrors: { Passengers: expect.any(String) } })
  })

  it('says so where its car is out of service, or a colleague has left', async () => {
    const { prisma } = motorpool.database
    await save(await fillForm(anna, 'Bonn', { Car: 'VW ID.4', Companions: ['Ben Koch'] }))
    await prisma.vehicle.update({ where: { licensePlate: 'B-MP 404E' }, data: { status: 'retired' } })
    await prisma.person.update({ where: { email: ben.email }, data: { active: false } })
    try {
      const form = await carryOn('Bonn')
      expect(form.text()).toContain('A colleague you had chosen is no longer in the directory.')
      expect(form.text()).toContain('The car you chose is not free then, or too small.')
      expect([form.value('Car'), form.value('Companions')]).toEqual(['Any suitable car', []])
    } finally {
      await prisma.vehicle.update({ where: { licensePlate: 'B-MP 404E' }, data: { status: 'in_service' } })
      await prisma.person.update({ where: { email: ben.email }, data: { active: true } })
    }
  })

  it('says so where its time has passed, and keeps its car', async () => {
    await save(await fillForm(anna, 'Borna', { Car: 'Ford Transit' }))
    clock.set(inHours(2))
    const form = await carryOn('Borna')
    expect(form.text()).toContain('The departure is in the past: it is 10:00 now.')
    expect(form.value('Car')).toBe('Ford Transit (B-MP 909), 9 seats')
    await change(form, 'Departure', inHours(24))
    expect(form.value('Car')).toBe('Ford Transit (B-MP 909), 9 seats')
    expect(await form.submit()).toEqual({ ok: true })
  })

  it('is told as gone where it was discarded in another window, and the Home shows it no more', async () => {
    await save(await fillForm(anna, 'Bremen'))
    const home = await anna.waitForHome(/Bremen/)
    expect(await anna.press(home, 'Discard')).toEqual({ ok: true })
    await anna.waitForHome(/^(?![\s\S]*Bremen)/)
    expect(await drafts()).toEqual([])
    await anna.press(home, 'Continue')
    expect((await anna.openModal()).text()).toContain('This draft is no longer there. Please start a new form.')
    expect(await anna.press(home, 'Discard')).toEqual({ ok: true })
  })

  it('is nobody else’s', async () => {
    const bens = await draftOf(ben, { destination: 'Secret' })
    const form = await fillForm(anna, 'Brilon')
    await save(form)
    await form.close()
    const home = await anna.waitForHome(/Brilon/)
    for (const actionId of ['draft_continue', 'draft_discard']) {
      const action = { type: 'button', action_id: actionId, value: bens }
      const source = { kind: 'view', viewId: home.id } as const
      await motorpool.slack.action(anna.userId, { source, blockId: 'any', action, state: {} })
    }
    await waitUntil(() => anna.hasModal(), 'Anna to be told')
    expect((await anna.openModal()).text()).toContain('This draft is no longer there.')
    expect((await drafts()).map(({ form }) => (form as { destination: string }).destination).sort()).toEqual([
      'Brilon',
      'Secret',
    ])
  })

  it('opens in a message where it could not open in time', async () => {
    await save(await fillForm(anna, 'Bühl'))
    const home = await anna.waitForHome(/Bühl/)
    motorpool.slack.faults.add({
      match: { method: 'views.open' },
      kind: 'error',
      error: 'expired_trigger_id',
      times: 2,
    })
    await anna.press(home, 'Continue')
    const message = await anna.waitForMessage(/did not let the form open in time/)
    await anna.press(message, 'Open the form')
    expect((await anna.openModal()).value('Destination')).toBe('Bühl')
  })
})
