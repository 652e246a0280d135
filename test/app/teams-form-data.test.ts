import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fields } from '../../src/workspace/protocol/json.ts'
import type { SeenActivity } from '../support/bot-connector/chats.ts'
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

async function submitted(person: TeamsPerson, data: Fields): Promise<SeenActivity> {
  const form = await answerTo(person, 'book')
  await pressedWith(connector, person, form, 'form.submit', { ...valuesIn(form), requestKey: keyOf(form), ...data })
  return nowShown(person, form)
}

describe('tampered data', () => {
  it.each<[string, Fields, string, RegExp]>([
    ['a car that is no id', { car: "' OR 1=1" }, 'car', /Please choose a car/],
    ['a car that is not there', { car: '5e4e2c8e-5a0c-4d4e-8f1f-3a9f5a6f0b01' }, 'car', /no longer in service/],
    [
      'a driver who is not there',
      { drivers: '5e4e2c8e-5a0c-4d4e-8f1f-3a9f5a6f0b01' },
      'drivers',
      /no longer in the directory/,
    ],
    ['a driver of another name', { drivers: 'Kim Jong' }, 'drivers', /No colleague is called “Kim Jong”/],
    ['very many names', { companions: 'Anna,'.repeat(5000) }, 'companions', /at most/],
    ['no number of passengers', { passengers: 'many' }, 'passengers', /whole number from 1 to 99/],
    ['too large a number', { passengers: '99999999999999' }, 'passengers', /whole number from 1 to 99/],
    ['half a passenger', { passengers: 2.5 }, 'passengers', /whole number from 1 to 99/],
    ['no day', { departure_date: '' }, 'departure_time', /Please choose a day and a time/],
    ['no time', { return_time: null }, 'return_time', /Please choose a day and a time/],
    [
      'a day that is none',
      { departure_date: '2028-02-31' },
      'departure_time',
      /“2028-02-31” could not be read as a day/,
    ],
    [
      'a text that is no day',
      { departure_date: 'tomorrow' },
      'departure_time',
      /“tomorrow” could not be read as a day/,
    ],
    ['the year 0', { departure_date: '0000-01-01' }, 'departure_time', /“0000-01-01” could not be read as a day/],
    ['a day that may be two', { departure_date: '05/06/2028' }, 'departure_time', /could not be read as a day/],
    [
      'a text that is no time',
      { return_time: 'noonish' },
      'return_time',
      /“noonish” could not be read as a time. Write it as in “09:30”/,
    ],
    ['a number that may be two times', { return_time: '5' }, 'return_time', /“5” could not be read as a time/],
    ['a time that is none', { return_time: '25:00' }, 'return_time', /“25:00” could not be read as a time/],
    ['the year 9999', { return_date: '9999-12-31' }, 'return_time', /days long at most/],
    ['far too many details', { details: 'x'.repeat(4000) }, 'details', /4000 characters are too many; 3000 fit/],
  ])('%s is refused at its field', async (_what, data, field, words) => {
    const before = await whatStands(motorpool.database)
    const refused = await submitted(anna, { destination: 'Ulm', ...data })
    expect(errorAt(refused, field)).toMatch(words)
    expect(await whatStands(motorpool.database)).toEqual(before)
  })

  it('texts that are none count as empty, kinds that are not there as the first', async () => {
    const form = await submitted(anna, { destination: 'Uelzen', details: { a: 1 }, type: 'theft', reason: 7 })
    expect(shownText(form)).toMatch(/Request #\d+ is sent/)
  })

  it.each([['form.submit'], ['form.refresh']])('nothing at all (%s) gives a form to fill in', async (verb) => {
    const form = await answerTo(anna, 'book')
    await pressedWith(connector, anna, form, verb, {})
    expect(textNow(anna, form)).toMatch(/^Book a car[\s\S]*Please choose a day and a time/)
    expect(keyOf(nowShown(anna, form))).toMatch(/^[\da-f-]{36}$/)
  })
})

describe('a day and a time as some clients send them', () => {
  it.each([
    [{ departure_time: '9:00', return_time: '17:00:00' }],
    [{ departure_time: '9am', return_time: '5 pm' }],
    [{ departure_time: '9h', return_time: '17h00' }],
    [{ departure_time: '9.00 Uhr', return_time: '05:00 p.m.' }],
  ])('are read: %o', async (times) => {
    const day = new Date(+clock.now() + 24 * 3600 * 1000).toISOString().slice(0, 10)
    const [year, month, date] = day.split('-')
    const form = await answerTo(anna, 'book')
    const typed = { ...times, departure_date: `${date}.${month}.${year}`, return_date: day }
    await pressedWith(connector, anna, form, 'form.refresh', { ...valuesIn(form), requestKey: keyOf(form), ...typed })
    const redrawn = nowShown(anna, form)
    expect(shownText(redrawn)).toMatch(/cars are free: Tue \d+ \w+, 09:00 – 17:00\./)
    const shown = { departure_date: day, return_date: day, departure_time: '09:00', return_time: '17:00' }
    expect(valuesIn(redrawn)).toMatchObject(shown)
  })
})

describe('somebody whose clock is not that of the site', () => {
  it('enters and reads times by their own, and is told which that is', async () => {
    ben.user.timeZone = 'America/New_York'
    try {
      clock.set(new Date('2028-01-10T13:00:00Z'))
      const form = await answerTo(ben, 'book')
      expect(valuesIn(form)).toMatchObject({
        departure_date: '2028-01-10',
        departure_time: '09:00',
        return_time: '17:00',
      })
      expect(shownText(form)).toContain('(New York time)')
      await ben.presses(form, 'Request car', { destination: 'Velbert', departure_time: '10:30' })
      expect(textNow(ben, form)).toContain('Mon 10 Jan, 10:30 – 17:00 (New York time)')
      const { prisma } = motorpool.database
      const booking = await prisma.booking.findFirstOrThrow({ where: { destination: 'Velbert' } })
      expect(booking.startsAt.toISOString()).toBe('2028-01-10T15:30:00.000Z')
      expect(shownText(await teamsCardAbout(ben, 'Velbert'))).toContain('Mon 10 Jan, 10:30 – 17:00 (New York time)')
      expect(shownText(await teamsCardAbout(mara, 'Velbert'))).toContain('Mon 10 Jan, 16:30 – 23:00, 6 h 30 min')
      // Back in Berlin, the card shows the time there.
      ben.user.timeZone = 'Europe/Berlin'
      await answerTo(ben, 'help')
      await teamsCardAbout(ben, 'Velbert', /Mon 10 Jan, 16:30 – 23:00, /)
    } finally {
      ben.user.timeZone = 'Europe/Berlin'
    }
  })

  it('a time that the clocks are put forward over is refused, and of one that comes twice both are held', async () => {
    clock.set(new Date('2028-03-20T07:00:00Z'))
    const day = { departure_date: '2028-03-26', return_date: '2028-03-26', return_time: '12:00' }
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Show free cars', { ...day, departure_time: '02:30' })
    expect(errorAt(nowShown(anna, form), 'departure_time')).toMatch(
      /There is no 02:30 on that day: the clocks go forward over it, to 03:00/,
    )
    await anna.presses(form, 'Request car', { ...day, departure_time: '02:30', destination: 'Wesel' })
    expect(errorAt(nowShown(anna, form), 'departure_time')).toMatch(/There is no 02:30/)
    expect(valuesIn(nowShown(anna, form))).toMatchObject({ departure_time: '02:30', destination: 'Wesel' })
    await anna.presses(nowShown(anna, form), 'Request car', { departure_time: '01:30' })
    expect(textNow(anna, form)).toContain('Sun 26 Mar, 01:30 – 12:00')
    expect(shownText(await teamsCardAbout(mara, 'Wesel'))).toContain('9 h 30 min')

    clock.set(new Date('2028-10-23T07:00:00Z'))
    await requestInTeams(anna, 'Werl', {
      departure_date: '2028-10-29',
      return_date: '2028-10-29',
      departure_time: '02:30',
      return_time: '12:00',
    })
    expect(shownText(await teamsCardAbout(mara, 'Werl'))).toContain('10 h 30 min')
    await requestInTeams(anna, 'Witten', {
      departure_date: '2029-10-27',
      return_date: '2029-10-28',
      departure_time: '12:00',
      return_time: '02:30',
    })
    expect(shownText(await teamsCardAbout(mara, 'Witten'))).toContain('15 h 30 min')
  })
})

describe('a company of more than a hundred', () => {
  beforeAll(async () => {
    const { prisma } = motorpool.database
    const { siteId } = await prisma.person.findUniqueOrThrow({ where: { email: 'anna.schmidt@example.com' } })
    await prisma.person.createMany({
      data: Array.from({ length: 120 }, (_, index) => ({
        email: `person.${index}@example.com`,
        name: index < 2 ? 'Chris Doe' : `Person Number${index}`,
        role: 'employee' as const,
        department: 'Sales',
        siteId,
      })),
    })
  })

  it('types names or addresses of colleagues', async () => {
    const form = await answerTo(anna, 'book')
    expect(shownText(form)).toContain('Drivers')
    expect(choicesIn(form, 'drivers')).toEqual({})
    await anna.presses(form, 'Request car', {
      destination: 'Xanten',
      passengers: '4',
      drivers: 'ben koch',
      companions: 'person.1@example.com, PERSON Number77; Hanna',
    })
    expect(textNow(anna, form)).toMatch(/Request #\d+ is sent/)
    const text = shownText(await teamsCardAbout(mara, 'Xanten'))
    expect(text).toMatch(/Ben Koch \(driver\)/)
    for (const name of ['Chris Doe', 'Person Number77', 'Hanna Weber']) expect(text).toContain(name)
  })

  it('is told at the field which name is unknown and which is not one person’s alone, and keeps what was typed', async () => {
    const typed = { destination: 'Xanten again', drivers: 'Nobody, Ben Koch', companions: 'Chris Doe, Person' }
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Request car', typed)
    const refused = nowShown(anna, form)
    expect(errorAt(refused, 'drivers')).toBe('No colleague is called “Nobody”.')
    expect(errorAt(refused, 'companions')).toMatch(
      /More than one colleague is called “Chris Doe”.*More than one colleague is called “Person”/,
    )
    expect(valuesIn(refused)).toMatchObject(typed)
    expect(await bookingsTo(motorpool.database, 'Xanten again')).toEqual([])
  })

  it('names nobody twice', async () => {
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Request car', {
      destination: 'Zossen',
      passengers: '2',
      drivers: 'Ben Koch',
      companions: 'ben.koch@example.com',
    })
    expect(errorAt(nowShown(anna, form), 'companions')).toBe('Ben Koch is named twice.')
  })
})
