import { afterAll, beforeAll, describe, expect, it, vi } from 'vitest'
import { createChoices } from '../../src/store/choices.ts'
import { type Company, openCompany, orRefusal, trip } from '../support/company.ts'

describe('what a form offers', () => {
  let company: Company
  let choices: ReturnType<typeof createChoices>
  beforeAll(async () => {
    company = await openCompany()
    choices = createChoices(company.database)
    await company.request({ car: 'VW ID.4', window: trip(34, 36) })
    await company.maintain('Škoda Octavia', trip(34, 36))
    const where = { id: company.vehicleId('Peugeot 5008') }
    await company.database.prisma.vehicle.update({ where, data: { status: 'retired' } })
    await company.hire('Percy 100% Green')
    await company.hire('Under_score Smith')
    const gone = await company.hire('Gone Green')
    await company.database.prisma.person.update({ where: { id: gone }, data: { active: false } })
  })
  afterAll(() => company.close())

  const names = (found: { name: string }[]) => found.map(({ name }) => name).sort()
  const IN_SERVICE = ['Ford Transit', 'Renault Zoe', 'Smart EQ fortwo', 'VW ID.4', 'Škoda Octavia']

  it.each([
    ['while one is booked and one in maintenance', 34, 36, ['VW ID.4', 'Škoda Octavia']],
    ['for a part of that time', 35, 35.5, ['VW ID.4', 'Škoda Octavia']],
    ['around it', 33, 37, ['VW ID.4', 'Škoda Octavia']],
    ['right after it: the turnaround is not over', 36, 38, ['VW ID.4']],
    ['after the turnaround', 37, 38, []],
    ['right before it: one would not be ready in time', 32, 34, ['VW ID.4']],
    ['early enough to be ready', 31, 33, []],
    ['on another day', 58, 60, []],
  ])('are the cars in service that are free %s', async (_when, from, to, taken) => {
    const free = names(await choices.freeVehicles(trip(from, to), 1))
    expect(free).toEqual(IN_SERVICE.filter((name) => !taken.includes(name)))
  })

  it.each([
    [2, ['Ford Transit', 'Renault Zoe', 'Smart EQ fortwo', 'VW ID.4', 'Škoda Octavia']],
    [3, ['Ford Transit', 'Renault Zoe', 'VW ID.4', 'Škoda Octavia']],
    [5, ['Ford Transit', 'VW ID.4', 'Škoda Octavia']],
    [9, ['Ford Transit']],
    [10, []],
  ])('are the cars with %d seats', async (seats, fitting) => {
    expect(names(await choices.freeVehicles(trip(58, 60), seats))).toEqual(fitting)
  })

  it('are, for a booking that is to be changed, also those that it holds itself', async () => {
    const { id } = await company.request({ car: 'Ford Transit', window: trip(82, 84) })
    const free = async (window = trip(82, 84), seats = 1) => names(await choices.freeVehicles(window, seats, id))
    expect(names(await choices.freeVehicles(trip(82, 84), 1))).not.toContain('Ford Transit')
    expect(await free()).toEqual(IN_SERVICE)
    expect(await free(trip(81, 90))).toContain('Ford Transit')
    await company.request({ by: 'Ben', car: 'Ford Transit', window: trip(86, 88) })
    expect(await free(trip(82, 87))).not.toContain('Ford Transit')
    expect(await free()).toContain('Ford Transit')

    const where = { id: company.vehicleId('Ford Transit') }
    await company.database.prisma.vehicle.update({ where, data: { status: 'retired' } })
    expect(await free(trip(100, 101))).toContain('Ford Transit')
    expect(await free(trip(100, 101), 10)).toEqual([])
    expect(names(await choices.freeVehicles(trip(100, 101), 1))).not.toContain('Ford Transit')
    await company.database.prisma.vehicle.update({ where, data: { status: 'in_service' } })
  })

  it('are cars that can then be booked, and no other', async () => {
    const window = trip(36, 38)
    const free = names(await choices.freeVehicles(window, 1))
    for (const [index, car] of IN_SERVICE.entries()) {
      const driverIds = [company.personId(['Anna', 'Ben', 'Catarina', 'Duarte', 'Mara'][index] ?? '')]
      const answer = await orRefusal(company.request({ car, window, driverIds }))
      const became = 'code' in answer ? answer.code : 'booked'
      expect([car, became]).toEqual([car, free.includes(car) ? 'booked' : 'vehicle_taken'])
    }
  })

  it('are a car’s whole description', async () => {
    const [car] = await choices.freeVehicles(trip(58, 60), 9)
    expect(car).toEqual({
      id: company.vehicleId('Ford Transit'),
      name: 'Ford Transit',
      type: 'minibus',
      seats: 9,
      licensePlate: 'B-MP 909',
      turnaroundMinutes: 30,
      site: {
        id: expect.any(String),
        name: 'Berlin',
        timeZone: 'Europe/Berlin',
        workingDays: null,
        workingHours: null,
      },
    })
  })

  it('are all active people by name, unless they are too many', async () => {
    expect((await choices.everybody(9))?.map(({ name }) => name)).toEqual([
      'Anna Schmidt',
      'Aydin Kaya',
      'Ben Koch',
      'Catarina Duarte',
      'Duarte Reis',
      'Hanna Weber',
      'Mara Lindqvist',
      'Percy 100% Green',
      'Under_score Smith',
    ])
    expect(await choices.everybody(8)).toBeNull()
  })

  it('are not counted again for some minutes where they were too many', async () => {
    const { sql } = company.database
    expect(await choices.everybody(8)).toBeNull()
    await sql`UPDATE people SET active = false WHERE name = 'Percy 100% Green'`
    expect(await choices.everybody(8)).toBeNull()
    expect(await choices.everybody(9)).toHaveLength(8)
    const minutesLater = performance.now() + 11 * 60_000
    vi.spyOn(performance, 'now').mockReturnValue(minutesLater)
    expect(await choices.everybody(8)).toHaveLength(8)
    await sql`UPDATE people SET active = true WHERE name = 'Percy 100% Green'`
  })

  it.each([
    ['anna', ['Anna Schmidt', 'Hanna Weber']],
    ['SCHMIDT', ['Anna Schmidt']],
    ['ben.koch@', ['Ben Koch']],
    ['  duarte ', ['Catarina Duarte', 'Duarte Reis']],
    ['green', ['Percy 100% Green']],
    ['nobody', []],
    ['%', ['Percy 100% Green']],
    ['100%', ['Percy 100% Green']],
    ['a%a', []],
    ['_', ['Under_score Smith']],
    ['a_a', []],
    ['\\', []],
    ["'; DROP TABLE people --", []],
  ])('are the people whose name or address contains “%s”', async (typed, found) => {
    expect(names(await choices.searchPeople(typed, 20))).toEqual(found)
  })

  it('are those of some people who are still active, in the order in which they were named', async () => {
    const ids = ['Percy', 'Gone', 'Anna'].map((name) => company.personId(name))
    const people = await choices.activePeople([...ids, 'no id', crypto.randomUUID()])
    expect(people.map(({ name }) => name)).toEqual(['Percy 100% Green', 'Anna Schmidt'])
  })

  it('are no more people than asked for', async () => {
    expect(await choices.searchPeople('example.com', 3)).toHaveLength(3)
  })
})

describe('a colleague whose name is hard to type', () => {
  let company: Company
  let choices: ReturnType<typeof createChoices>
  beforeAll(async () => {
    company = await openCompany()
    choices = createChoices(company.database)
    for (const name of [
      'Jürgen Müller',
      'Zoe\u0308 Ångström',
      'Łukasz Groß',
      'Søren Kjær',
      'Ολγα Νικολάου',
      'Eva-Maria ten Brink',
    ])
      await company.hire(name)
  })
  afterAll(() => company.close())

  it.each([
    ['muller', 'Jürgen Müller'],
    ['MÜLLER', 'Jürgen Müller'],
    ['Mu\u0308ller', 'Jürgen Müller'],
    ['mueller', 'Jürgen Müller'],
    ['angstrom', 'Zoe\u0308 Ångström'],
    ['zoë', 'Zoe\u0308 Ångström'],
    ['lukasz', 'Łukasz Groß'],
    ['gross', 'Łukasz Groß'],
    ['GROẞ', 'Łukasz Groß'],
    ['soren kjaer', 'Søren Kjær'],
    ['νικολαου', 'Ολγα Νικολάου'],
    ['Schmidt Anna', 'Anna Schmidt'],
    ['Schmidt, Anna', 'Anna Schmidt'],
    ['weber example.com', 'Hanna Weber'],
    ['brink eva', 'Eva-Maria ten Brink'],
  ])('is found by “%s”', async (typed, found) => {
    expect((await choices.searchPeople(typed, 20)).map(({ name }) => name)).toEqual([found])
  })

  it('is found by all of the words, not by some', async () => {
    expect(await choices.searchPeople('Anna Müller', 20)).toEqual([])
  })

  it('comes with all that is known of a person', async () => {
    const [ben] = await choices.searchPeople('koch', 20)
    expect(ben).toEqual((await choices.everybody(50))?.find(({ name }) => name === 'Ben Koch'))
  })
})
