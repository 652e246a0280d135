import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cardAbout, change, fillForm, openForm, requestCar } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { type SlackPerson, textOf } from '../support/slack-person.ts'
import { bookingsTo, whatStands } from '../support/what-stands.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let anna: SlackPerson
let ben: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now })
  anna = motorpool.person('anna')
  ben = motorpool.person('ben')
})
afterAll(() => motorpool.stop())
beforeEach(() => clock.nextWeek())
afterEach(() => motorpool.slack.faults.clear())

const BERLIN_SMALL_FIRST = [
  'Any suitable car',
  'Smart EQ fortwo (B-MP 2002E), 2 seats',
  'Škoda Octavia (B-MP 505), 5 seats',
  'VW ID.4 (B-MP 404E), 5 seats',
  'Ford Transit (B-MP 909), 9 seats',
  'Renault Zoe (LX-40-ZO), 4 seats, in Lisbon',
  'Peugeot 5008 (LX-70-PG), 7 seats, in Lisbon',
]

/** Hours from now on the business clock: the form opens at 08:00 in Berlin and suggests 09:00 to 17:00. */
const inHours = (hours: number) => new Date(+clock.now() + hours * 3600 * 1000)

/** The form keeps its old list: what it shows is behind what was chosen, as when Slack is slow. */
function withoutRedrawing(): void {
  motorpool.slack.faults.add({ kind: 'error', error: 'internal_error', match: { method: 'views.update' }, times: 99 })
}

describe('a form that cannot be booked', () => {
  const WRONG: [string, () => Record<string, Date | string | number | null>, Record<string, string>][] = [
    [
      'the return before the departure',
      () => ({ Return: inHours(0.5) }),
      { Return: 'The return has to be after the departure.' },
    ],
    [
      'a departure in the past',
      () => ({ Departure: inHours(-2) }),
      { Departure: 'The departure is in the past: it is 08:00 now.' },
    ],
    ['over 30 days', () => ({ Return: inHours(1 + 30 * 24 + 1) }), { Return: 'A trip can be 30 days long at most.' }],
    [
      'more travellers than passengers',
      () => ({ 'Other companions': 'Jo; Kim' }),
      { Passengers: 'You named 3 travellers, but only 1 aboard.' },
    ],
    [
      'more passengers than the car has seats',
      () => ({ Car: 'Smart EQ fortwo', Passengers: 3 }),
      { Car: 'Smart EQ fortwo has 2 seats, too few for 3 people.' },
    ],
    ['a destination of blanks', () => ({ Destination: '   ' }), { Destination: 'Please fill this in.' }],
    [
      'somebody named twice',
      () => ({ Passengers: 4, 'Other companions': 'Jo; Jo' }),
      { 'Other companions': 'Jo is named twice.' },
    ],
    [
      'a name that is too long',
      () => ({ 'Other companions': 'x'.repeat(81) }),
      { 'Other companions': '81 characters are too many; 80 fit.' },
    ],
  ]

  it.each(WRONG)('says so at the field: %s', async (_what, wrong, expected) => {
    const form = await openForm(anna)
    await form.fill('Destination', 'Ulm')
    withoutRedrawing()
    for (const [label, filling] of Object.entries(wrong())) await form.fill(label, filling)
    const before = await whatStands(motorpool.database)
    expect(await form.submit()).toEqual({ ok: false, fieldErrors: expected })
    expect(form.isOpen()).toBe(true)
    expect(await whatStands(motorpool.database)).toEqual(before)
  })

  it.each(['Drivers', 'Companions'])('%s who are not in the directory any more', async (field) => {
    const form = await fillForm(anna, 'Velbert', { Passengers: 3, [field]: ['Ben Koch'] })
    const { prisma } = motorpool.database
    await prisma.person.update({ where: { email: ben.email }, data: { active: false } })
    try {
      const words = 'One of these colleagues is no longer in the directory. Please choose again.'
      expect(await form.submit()).toEqual({ ok: false, fieldErrors: { [field]: words } })
    } finally {
      await prisma.person.update({ where: { email: ben.email }, data: { active: true } })
    }
  })

  it('a car that somebody else took meanwhile', async () => {
    const annas = await fillForm(anna, 'Verden', { Car: 'Ford Transit' })
    const bens = await fillForm(ben, 'Vechta', { Passengers: 2, Car: 'Ford Transit' })
    expect(await annas.submit()).toEqual({ ok: true })
    expect(bens.text()).toContain('4 cars are free')
    await bens.submit()
    expect(bens.text()).toContain('Ford Transit has just been taken for that time. Please choose another car or time.')
    expect(bens.text()).toContain('“Any suitable car” is chosen now. 3 cars are free')
    expect((await bens.options('Car')).join()).not.toContain('Ford Transit')
    expect([bens.value('Car'), bens.value('Destination')]).toEqual(['Any suitable car', 'Vechta'])
    await bens.fill('Car', 'VW ID.4')
    expect(await bens.submit()).toEqual({ ok: true })
    expect(await bookingsTo(motorpool.database, 'Vechta')).toHaveLength(1)
  })

  it('a car that somebody else took meanwhile, and it was the last one', async () => {
    const annas = await fillForm(anna, 'Werder', { Passengers: 9, Car: 'Ford Transit' })
    const bens = await fillForm(ben, 'Wurzen', { Passengers: 9, Car: 'Ford Transit' })
    expect(await annas.submit()).toEqual({ ok: true })
    await bens.submit()
    expect(bens.text()).toMatch(/^Book a car\n:warning: Ford Transit has just been taken/)
    expect(bens.text()).toContain('source: No car with 9 or more seats is free in Berlin then.')
  })

  it('the last car big enough, taken by two people at the same moment: one has it, the other is told', async () => {
    const forms = await Promise.all([
      fillForm(anna, 'Worms', { Passengers: 9 }),
      fillForm(ben, 'Wismar', { Passengers: 9 }),
    ])
    await Promise.all(forms.map((form) => form.submit()))
    const open = forms.filter((form) => form.isOpen())
    expect(open).toHaveLength(1)
    expect(open[0]?.text()).toMatch(
      /^Book a car\n:warning: No car with 9 or more seats is free in Berlin then\. The next is free \w{3} \d+ \w{3}, 17:30 – /,
    )
    expect(await open[0]?.options('Car')).toEqual(['Any suitable car'])
  })

  it('no car big enough at any time', async () => {
    const form = await openForm(anna)
    await form.fill('Destination', 'Wedel')
    withoutRedrawing()
    await form.fill('Passengers', 12)
    await form.submit()
    expect(form.text()).toMatch(/^Book a car\n:warning: The biggest car in Berlin has 9 seats, too few for 12 people\./)
    expect(await bookingsTo(motorpool.database, 'Wedel')).toEqual([])
  })

  it('sent again once it is right, makes one booking', async () => {
    const form = await fillForm(anna, 'Xanten', { Return: inHours(0.5) })
    expect(await form.submit()).toMatchObject({ ok: false })
    await change(form, 'Return', inHours(4))
    expect(await form.submit()).toEqual({ ok: true })
    expect(await bookingsTo(motorpool.database, 'Xanten')).toHaveLength(1)
  })
})

describe('departure, return and passengers draw the list of cars anew, in place', () => {
  it('lists the cars that are free and big enough, own site first', async () => {
    await requestCar(ben, 'Zwickau', { Car: 'Škoda Octavia' })
    const form = await openForm(anna)
    const all = BERLIN_SMALL_FIRST.filter((label) => !label.startsWith('Škoda'))
    expect(await form.options('Car')).toEqual(all)
    await change(form, 'Passengers', 5)
    expect(await form.options('Car')).toEqual(all.filter((label) => /Any|ID\.4|Transit|Peugeot/.test(label)))
    await change(form, 'Passengers', 1)
    expect(await form.options('Car')).toEqual(all)
    await change(form, 'Departure', inHours(12))
    expect(await form.options('Car')).toEqual(BERLIN_SMALL_FIRST)
  })

  it('keeps everything that was typed and chosen', async () => {
    const typed = {
      Car: 'Ford Transit',
      Destination: 'Trier',
      Type: 'Delivery',
      Reason: 'Training',
      Details: 'Two lines\nof text',
      Companions: ['Ben Koch'],
      'Other companions': 'Jo Meyer',
    }
    const form = await openForm(anna)
    for (const [label, filling] of Object.entries(typed)) await form.fill(label, filling)
    const before = form.labels().map((label) => [label, form.value(label)])
    const { id } = form.view()
    await change(form, 'Passengers', 3)
    await change(form, 'Return', inHours(6))
    await change(form, 'Departure', inHours(2))
    expect(form.view().id).toBe(id)
    const changed = { Departure: inHours(2), Return: inHours(6), Passengers: '3' }
    expect(form.labels().map((label) => [label, form.value(label)])).toEqual(
      before.map(([label, value]) => [
        label,
        (label as string) in changed ? changed[label as keyof typeof changed] : value,
      ]),
    )
    expect(await form.submit()).toEqual({ ok: true })
    const card = textOf(await cardAbout(anna, 'Trier'))
    for (const part of ['Ford Transit', 'delivery', 'training', 'Two lines', 'Ben Koch', 'Jo Meyer']) {
      expect(card).toContain(part)
    }
  })

  it.each([
    ['Departure', 'the time', () => inHours(25)],
    ['Passengers', 'the number of passengers', () => 6],
  ])('%s: lets go of a chosen car that %s makes impossible, with a word', async (label, _what, becomes) => {
    const now = clock.now()
    clock.set(inHours(24))
    await requestCar(ben, 'Soest', { Car: 'VW ID.4' })
    clock.set(now)
    const form = await fillForm(anna, 'Stade', { Car: 'VW ID.4' })
    expect(form.value('Car')).toContain('VW ID.4')
    await change(form, label, becomes())
    expect(form.text()).toContain('The car you chose is not free then, or too small.')
    expect(form.value('Car')).toBe('Any suitable car')
    expect((await form.options('Car')).join()).not.toContain('VW ID.4')
    expect(form.value('Destination')).toBe('Stade')
    expect(await form.submit()).toEqual({ ok: true })
    expect(textOf(await cardAbout(anna, 'Stade'))).not.toContain('VW ID.4')
  })

  it('moves the return along with a departure that passes it', async () => {
    const form = await openForm(anna)
    expect([form.value('Departure'), form.value('Return')]).toEqual([inHours(1), inHours(9)])
    await change(form, 'Departure', inHours(26))
    expect(form.value('Return')).toEqual(inHours(34))
    await change(form, 'Departure', inHours(30))
    expect(form.value('Return')).toEqual(inHours(34))
    await form.fill('Destination', 'Speyer')
    await form.submit()
    const [row] = await motorpool.database.sql`SELECT starts_at, ends_at FROM bookings WHERE destination = 'Speyer'`
    expect([row?.starts_at, row?.ends_at]).toEqual([inHours(30), inHours(34)])
  })

  it.each([
    ['a return before the departure', 'Return', () => inHours(0.5), 'The return has to be after the departure.'],
    ['a departure in the past', 'Departure', () => inHours(-2), 'The departure is in the past: it is'],
    ['a trip of 61 days', 'Return', () => inHours(61 * 24), 'A trip can be 30 days long at most.'],
  ])('says why it cannot be booked instead of counting cars: %s', async (_what, label, becomes, words) => {
    const form = await fillForm(anna, 'Tangermünde', { Car: 'VW ID.4' })
    const before = form.value(label) as Date
    await change(form, label, becomes())
    expect(form.text()).toContain(words)
    expect(form.text()).not.toMatch(/free/)
    expect(form.value(label)).toEqual(becomes())
    expect(form.value('Car')).toBe('VW ID.4 (B-MP 404E), 5 seats')
    await change(form, label, before)
    expect(form.text()).toMatch(/4 cars are free: /)
    expect(form.value('Car')).toBe('VW ID.4 (B-MP 404E), 5 seats')
    expect(await form.submit()).toEqual({ ok: true })
    expect(textOf(await cardAbout(anna, 'Tangermünde'))).toContain('VW ID.4')
  })

  it('leaves a return alone that was before the departure already', async () => {
    const form = await openForm(anna)
    await change(form, 'Return', inHours(0.5))
    await change(form, 'Departure', inHours(2))
    expect(form.value('Return')).toEqual(inHours(0.5))
    expect(form.text()).toContain('The return has to be after the departure.')
  })

  it('says so when no car is free, and that the chosen one is lost', async () => {
    await requestCar(ben, 'Zeitz', { Car: 'Ford Transit' })
    const form = await openForm(anna)
    await form.fill('Car', 'VW ID.4')
    await change(form, 'Passengers', 9)
    const words =
      'The car you chose is not free then, or too small. No car with 9 or more seats is free in Berlin then. The next is free'
    expect(form.text()).toContain(words)
    expect(await form.options('Car')).toEqual(['Any suitable car'])
  })

  it('says so when no car has as many seats, at whatever time', async () => {
    const form = await openForm(anna)
    await change(form, 'Passengers', 10)
    expect(form.text()).toContain('The biggest car in Berlin has 9 seats, too few for 10 people.')
    expect(form.text()).not.toContain('another time')
  })

  it('ends with the list for the last change, though an earlier one is answered later', async () => {
    const form = await openForm(anna)
    const before = motorpool.slack.calls.length
    motorpool.slack.faults.add({ kind: 'slow', ms: 400, match: { method: 'views.update' } })
    await form.fill('Passengers', 9)
    await form.fill('Passengers', 1)
    const updates = () => motorpool.slack.calls.slice(before).filter(({ method }) => method === 'views.update')
    await expect.poll(() => updates().filter(({ outcome }) => outcome !== 'pending').length).toBeGreaterThanOrEqual(2)
    await expect.poll(() => form.options('Car')).toEqual(BERLIN_SMALL_FIRST)
  })
})
