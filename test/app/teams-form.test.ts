import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { BotConnector } from '../support/bot-connector/start-bot-connector.ts'
import { shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import { answerTo, nowShown, requestInTeams, teamsCardAbout, textNow } from '../support/demo-in-teams.ts'
import type { TestMotorpool } from '../support/motorpool.ts'
import { startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'
import { choicesIn, errorAt, keyOf, pressedWith, valuesIn } from '../support/teams-form.ts'
import { bookingsTo, whatStands } from '../support/what-stands.ts'

const clock = businessClock()
let company: TeamsCompany
let connector: BotConnector
let motorpool: TestMotorpool
let anna: TeamsPerson
let ben: TeamsPerson
let mara: TeamsPerson
beforeAll(async () => {
  company = await startTeamsCompany(clock, ['anna', 'ben', 'mara'])
  ;({
    connector,
    motorpool,
    people: { anna, ben, mara },
  } = company)
})
afterAll(() => company.stop())
beforeEach(() => clock.nextWeek())

describe('the form', () => {
  it('shows the cars of another window on request, keeps what was typed, and says which car is lost', async () => {
    const form = await answerTo(anna, 'book')
    const { 'Škoda Octavia (B-MP 505), 5 seats': octavia = '' } = choicesIn(form, 'car')
    const day = new Date(+clock.now() + 24 * 3600 * 1000).toISOString().slice(0, 10)
    const drivers = choicesIn(form, 'drivers')
    const annaDrives = { drivers: drivers['Anna Schmidt (Sales)'] ?? '' }
    await requestInTeams(ben, 'Soest', { car: octavia, departure_date: day, return_date: day, ...annaDrives })

    const typed = {
      departure_date: day,
      return_date: day,
      destination: 'Siegen',
      details: 'Two *boxes*\nand a {{DATE(x)}}',
      passengers: '2',
    }
    await anna.presses(form, 'Show free cars', { ...typed, car: octavia, drivers: drivers['Ben Koch (Sales)'] ?? '' })
    const redrawn = nowShown(anna, form)
    expect(shownText(redrawn)).toMatch(
      /The car you chose is not free then, or too small\. 3 cars are free: Tue \d+ Nov, 09:00 – 17:00\./,
    )
    expect(valuesIn(redrawn)).toMatchObject({ ...typed, car: 'any', drivers: drivers['Ben Koch (Sales)'] })
    expect(Object.values(choicesIn(redrawn, 'car'))).not.toContain(octavia)
    expect(await bookingsTo(motorpool.database, 'Siegen')).toEqual([])

    await anna.presses(redrawn, 'Request car')
    expect(textNow(anna, form)).toMatch(/Request #\d+ is sent/)
    const card = await teamsCardAbout(mara, 'Siegen')
    expect(shownText(card)).toContain('Two *boxes*\nand a {{DATE(x)}}')
    expect(shownText(card)).toContain('Ben Koch (driver)')
  })

  it('is gone for good once it is sent: the message itself says so', async () => {
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Request car', { destination: 'Soltau' })
    const isUpdate = ({ name, path }: { name: string; path: string }) =>
      name === 'UpdateActivity' && path.endsWith(`/${form.id}`)
    await expect.poll(() => connector.calls.filter(isUpdate).length).toBe(1)
    expect(JSON.stringify(connector.calls.find(isUpdate)?.body)).toMatch(/Request #\d+ is sent/)
  })

  it.each<[string, Record<string, string>, string, RegExp]>([
    [
      'departure_time',
      { departure_date: '2020-01-06', return_date: '2020-01-07' },
      '2020-01-06',
      /The departure is in the past/,
    ],
    ['return_time', { return_date: '2020-01-06' }, '2020-01-06', /The return has to be after the departure/],
    ['return_time', { return_date: '2031-01-06' }, '2031-01-06', /A trip can be \d+ days long at most/],
    [
      'passengers',
      { passengers: '1', other_companions: 'Kim; Jo' },
      'Kim; Jo',
      /You named 3 travellers, but only 1 aboard/,
    ],
    ['car', { passengers: '99' }, '99', /The biggest car in Berlin has 9 seats, too few for 99 people/],
    ['destination', { destination: ' ' }, '', /Please fill this in/],
    [
      'other_companions',
      { other_companions: 'x'.repeat(81), passengers: '2' },
      'x'.repeat(81),
      /81 characters are too many; 80 fit/,
    ],
  ])('says what is wrong at its field (%s), and keeps everything', async (field, wrong, kept, words) => {
    const typed = { destination: 'Stade', details: 'Kept', type: 'business_trip', ...wrong }
    const form = await answerTo(anna, 'book')
    const before = await whatStands(motorpool.database)
    await anna.presses(form, 'Request car', { ...typed, ...(wrong.type ? {} : { type: valuesIn(form).type ?? '' }) })
    const refused = nowShown(anna, form)
    expect(errorAt(refused, field)).toMatch(words)
    expect(Object.values(valuesIn(refused))).toContain(kept)
    // Blanks alone come back as what they are: nothing.
    const typedWrong = Object.entries(wrong).map(([name, value]) => [name, value.trim()])
    expect(valuesIn(refused)).toMatchObject({ details: 'Kept', ...Object.fromEntries(typedWrong) })
    expect(await whatStands(motorpool.database)).toEqual(before)
  })

  it('names the car that was taken meanwhile, at its field, and offers the others', async () => {
    const form = await answerTo(anna, 'book')
    const octavia = choicesIn(form, 'car')['Škoda Octavia (B-MP 505), 5 seats'] ?? ''
    await requestInTeams(ben, 'Stendal', { car: octavia })
    await anna.presses(form, 'Request car', { destination: 'Stralsund', car: octavia })
    const refused = nowShown(anna, form)
    expect(errorAt(refused, 'car')).toMatch(/Škoda Octavia has just been taken for that time/)
    expect(valuesIn(refused)).toMatchObject({ destination: 'Stralsund', car: 'any' })
    await anna.presses(refused, 'Request car')
    expect(await bookingsTo(motorpool.database, 'Stralsund')).toHaveLength(1)
  })
})

describe('the same form', () => {
  it('sent twice makes one booking, and says so both times', async () => {
    const form = await answerTo(anna, 'book')
    const typed = { destination: 'Tangermünde' }
    await Promise.all([anna.presses(form, 'Request car', typed), anna.presses(form, 'Request car', typed)])
    await anna.presses(form, 'Request car', typed)
    expect(textNow(anna, form)).toMatch(/Request #\d+ is sent/)
    expect(await bookingsTo(motorpool.database, 'Tangermünde')).toHaveLength(1)
  })

  it('changed after it was sent is not sent again', async () => {
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Request car', { destination: 'Trier' })
    await anna.presses(form, 'Request car', { destination: 'Trier', return_time: '18:00' })
    expect(textNow(anna, form)).toMatch(/^⚠️ This form was saved before you changed it, as #\d+/)
    expect(await bookingsTo(motorpool.database, 'Trier')).toHaveLength(1)
  })

  it('passed on to a colleague is their own request', async () => {
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Request car', { destination: 'Tübingen' })
    const passedOn = { ...valuesIn(form), requestKey: keyOf(form), destination: 'Tuttlingen' }
    await pressedWith(connector, ben, form, 'form.submit', passedOn)
    expect(textNow(anna, form)).toMatch(/Request #\d+ is sent/)
    const { sql } = motorpool.database
    const made = await sql`SELECT p.name, b.destination FROM bookings b JOIN people p ON p.id = b.requester_id
      WHERE b.destination IN ('Tübingen', 'Tuttlingen') ORDER BY b.number`
    expect([...made]).toEqual([
      { name: 'Anna Schmidt', destination: 'Tübingen' },
      { name: 'Ben Koch', destination: 'Tuttlingen' },
    ])
  })

  it('without its key is one booking for one press, however often Teams brings it', async () => {
    const form = await answerTo(anna, 'book')
    const data = { ...valuesIn(form), destination: 'Torgau' }
    const press = { id: 'f:lost-its-key' }
    const answers = [
      await pressedWith(connector, anna, form, 'form.submit', data, press),
      await pressedWith(connector, anna, form, 'form.submit', data, press),
    ]
    expect(answers[1]).toEqual(answers[0])
    expect(await bookingsTo(motorpool.database, 'Torgau')).toHaveLength(1)
  })
})
