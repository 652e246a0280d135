import { setTimeout as pause } from 'node:timers/promises'
import { addHours, addMinutes } from 'date-fns'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { AbsenceDeps } from '../../src/core/people/absences.ts'
import { moveForAbsence } from '../../src/core/people/move-for-absence.ts'
import { endAbsence, findAbsence, setAbsence } from '../../src/core/people/set-absence.ts'
import type { Deps } from '../../src/core/ports.ts'
import { createAbsences } from '../../src/store/absences.ts'
import { createHomes } from '../../src/store/homes.ts'
import { type Company, NOW, openCompany, openStep, orRefusal, refusalOf, trip } from '../support/company.ts'
import { linkSlack } from '../support/link-slack.ts'

let company: Company
let clock: Date
beforeEach(async () => {
  clock = NOW
  company = (await openCompany()).under({ now: () => clock })
  await company.hire('Nora Beck', { role: 'manager' })
  await company.hire('Hugo Brandt', { role: 'hr' })
})
afterEach(() => company.close())

const deps = (surroundings: Deps = company.deps): AbsenceDeps => {
  const { sql } = company.database
  return {
    ...surroundings,
    absences: createAbsences(
      sql,
      createHomes(sql, () => {}),
    ),
  }
}
const hours = (from: number, until: number) => ({ startsAt: addHours(NOW, from), endsAt: addHours(NOW, until) })
const set = (name: string, standIn: string, when = hours(0, 100)) =>
  setAbsence(deps(), { personId: company.personId(name), standInId: company.personId(standIn), ...when })

/** Somebody sets that they are away, and what waits moves. */
async function goesAway(name: string, standIn: string, when = hours(0, 100)): Promise<void> {
  await set(name, standIn, when)
  await moveForAbsence(deps(), { personId: company.personId(name) })
}

async function isBack(name: string): Promise<void> {
  const personId = company.personId(name)
  await endAbsence(deps(), { personId })
  await moveForAbsence(deps(), { personId })
}

/** What the schedule does at this moment; gives whose absences it saw to. */
async function tick(): Promise<string[]> {
  const claimed = await deps().absences.claimDue(clock, 10)
  for (const personId of claimed) await moveForAbsence(deps(), { personId })
  return claimed
}

async function reload({ id }: Booking): Promise<Booking> {
  const booking = await company.deps.store.findBooking(id)
  if (!booking) throw new Error('the booking is gone')
  return booking
}

/** Whom a booking asks now: "Nora for Mara". */
async function asked(booking: Booking): Promise<string[]> {
  const first = (name: string) => name.split(' ')[0] ?? name
  return openStep(await reload(booking)).asks.map(({ person, onBehalfOf }) =>
    onBehalfOf ? `${first(person.name)} for ${first(onBehalfOf.name)}` : first(person.name),
  )
}

const told = async (name: string) => {
  const where = { personId: company.personId(name) }
  const notices = await company.database.prisma.notification.findMany({ where, orderBy: { createdAt: 'asc' } })
  return notices.map(({ kind }) => kind)
}
const row = (name: string) =>
  company.database.prisma.absence.findUnique({ where: { personId: company.personId(name) } })
const atHr = async (about = {}) => company.decide(await company.request(about), 'Mara')

describe('what waits', () => {
  it('for a manager who goes away moves to the stand-in, who is told, has a card and may decide', async () => {
    const booking = await company.request()
    const before = await told('Anna')
    await goesAway('Mara', 'Nora')
    expect(await asked(booking)).toEqual(['Nora for Mara'])
    expect(await told('Nora')).toEqual(['approval_needed'])
    expect([await told('Mara'), await told('Anna')]).toEqual([['approval_needed'], before])
    const cards = await company.database.prisma.card.findMany({ where: { personId: company.personId('Nora') } })
    expect(cards).toMatchObject([{ kind: 'manager_approval', bookingId: booking.id }])
    const after = await reload(booking)
    expect(openStep(after)).toMatchObject({
      id: openStep(booking).id,
      askedAt: NOW,
      dueAt: openStep(booking).dueAt,
      passedOn: [{ person: { name: 'Mara Lindqvist' }, onBehalfOf: null, at: NOW }],
    })
    await expect(company.decide(after, 'Nora')).resolves.toMatchObject({ status: 'pending_hr' })
  })

  it('comes back when they do, and the stand-in is asked no more', async () => {
    const booking = await company.request()
    await goesAway('Mara', 'Nora')
    clock = addHours(NOW, 1)
    await isBack('Mara')
    expect(await asked(booking)).toEqual(['Mara'])
    expect(openStep(await reload(booking)).passedOn).toMatchObject([{ person: { name: 'Nora Beck' }, at: clock }])
    expect(await row('Mara')).toBeNull()
    await expect(company.decide(booking, 'Nora')).rejects.toThrow()
  })

  it('for HR moves to the stand-in, and nothing to one who is in HR as well', async () => {
    const booking = await atHr()
    await goesAway('Hanna', 'Ben')
    expect(await asked(booking)).toEqual(['Ben for Hanna', 'Hugo'])
    await goesAway('Hanna', 'Hugo')
    expect(await asked(booking)).toEqual(['Hugo'])
    await isBack('Hanna')
    expect(await asked(booking)).toEqual(['Hanna', 'Hugo'])
  })

  it('for HR that is left out comes back through who stands in for the stand-in', async () => {
    const booking = await atHr()
    await goesAway('Hanna', 'Mara')
    expect(await asked(booking)).toEqual(['Hugo'])
    await goesAway('Mara', 'Nora')
    expect(await asked(booking)).toEqual(['Hugo', 'Nora for Hanna'])
  })

  it('moves through the stand-in who goes away in turn', async () => {
    const booking = await company.request()
    await goesAway('Mara', 'Nora')
    await goesAway('Nora', 'Ben')
    expect(await asked(booking)).toEqual(['Ben for Mara'])
    await isBack('Nora')
    expect(await asked(booking)).toEqual(['Nora for Mara'])
  })

  it('goes to HR where the requester stands in, and does not come back', async () => {
    const booking = await company.request()
    await goesAway('Mara', 'Anna')
    expect(await asked(booking)).toEqual(['Hanna', 'Hugo'])
    expect((await reload(booking)).steps[0]).toMatchObject({ status: 'skipped', skipReason: 'manager_away' })
    await isBack('Mara')
    expect(await asked(booking)).toEqual(['Hanna', 'Hugo'])
  })

  it('is left where it is by an absence to come, or of others', async () => {
    const booking = await company.request()
    await goesAway('Mara', 'Nora', hours(5, 6))
    await goesAway('Ben', 'Nora')
    await goesAway('Hanna', 'Nora')
    expect(await reload(booking)).toEqual({ ...booking, requester: expect.anything(), steps: expect.anything() })
    expect(await asked(booking)).toEqual(['Mara'])
  })
})

describe('in time', () => {
  it('what waits moves when an absence begins, and back when it ends, each once', async () => {
    const booking = await company.request()
    await goesAway('Mara', 'Nora', hours(2, 4))
    expect(await tick()).toEqual([])
    clock = addMinutes(NOW, 119)
    expect(await tick()).toEqual([])
    clock = addHours(NOW, 2)
    expect(await tick()).toEqual([company.personId('Mara')])
    expect(await asked(booking)).toEqual(['Nora for Mara'])
    expect(await tick()).toEqual([])
    clock = addHours(NOW, 4)
    expect(await tick()).toEqual([company.personId('Mara')])
    expect(await asked(booking)).toEqual(['Mara'])
    expect(await row('Mara')).toBeNull()
    expect(await told('Nora')).toEqual(['approval_needed'])
  })

  it('of ten who look at the same moment, one moves it; and one absence is over after two days of standstill', async () => {
    const booking = await company.request()
    const { version } = booking
    await goesAway('Mara', 'Nora', hours(2, 10))
    clock = addHours(NOW, 2)
    const claims = (await Promise.all(Array.from({ length: 10 }, tick))).flat()
    expect(claims).toEqual([company.personId('Mara')])
    expect(await reload(booking)).toMatchObject({ version: version + 1 })
    await Promise.all(Array.from({ length: 10 }, () => moveForAbsence(deps(), { personId: company.personId('Mara') })))
    expect(await reload(booking)).toMatchObject({ version: version + 1 })
    expect(await told('Nora')).toEqual(['approval_needed'])
    clock = addHours(NOW, 12)
    await tick()
    expect([await asked(booking), await row('Mara')]).toEqual([['Mara'], null])
  })

  it('what nobody moved after it was set is moved once the lease is over', async () => {
    const booking = await company.request()
    await set('Mara', 'Nora')
    expect(await tick()).toEqual([])
    await company.database.sql`UPDATE absences SET claimed_until = now()`
    expect(await tick()).toHaveLength(1)
    expect(await asked(booking)).toEqual(['Nora for Mara'])
  })

  it('what nobody moved after it was ended, at its first moment or before, comes back', async () => {
    const booking = await company.request()
    await goesAway('Mara', 'Nora')
    await set('Mara', 'Nora', hours(5, 6))
    await endAbsence(deps(), { personId: company.personId('Mara') })
    await company.database.sql`UPDATE absences SET claimed_until = now()`
    await tick()
    expect([await asked(booking), await row('Mara')]).toEqual([['Mara'], null])
  })

  it('what was set while it moved is due again', async () => {
    await set('Mara', 'Nora')
    const { absences } = deps()
    const personId = company.personId('Mara')
    const claim = await absences.claim(personId)
    await set('Mara', 'Ben')
    await absences.settle(personId, claim ?? '', NOW)
    expect(await row('Mara')).toMatchObject({ nextDueAt: NOW, standInId: company.personId('Ben') })
    await moveForAbsence(deps(), { personId })
    expect(await row('Mara')).toMatchObject({ nextDueAt: addHours(NOW, 100), claimedUntil: null })
  })

  it('one booking that cannot be moved keeps none of the others, and all is due again', async () => {
    const first = await company.request()
    const second = await company.request({ window: trip(30, 31) })
    await set('Mara', 'Nora')
    const { store } = company.deps
    const stuck = {
      ...company.deps,
      store: {
        ...store,
        findBooking: (id: string) => (id === first.id ? Promise.reject(new Error('no')) : store.findBooking(id)),
      },
    }
    await expect(moveForAbsence(deps(stuck), { personId: company.personId('Mara') })).rejects.toThrow('could be moved')
    expect([await asked(first), await asked(second)]).toEqual([['Mara'], ['Nora for Mara']])
    expect(await row('Mara')).toMatchObject({ nextDueAt: NOW })
  })
})

describe('an absence', () => {
  it('is one for each person; setting it again takes its place, and ending it twice is ending it once', async () => {
    const personId = company.personId('Mara')
    expect(await findAbsence(deps(), { personId })).toBeNull()
    await set('Mara', 'Nora', hours(1, 5))
    const second = await set('Mara', 'Ben', hours(0, 3))
    expect(second).toMatchObject({ personId, ...hours(0, 3), standIn: { name: 'Ben Koch' } })
    expect(await findAbsence(deps(), { personId })).toEqual(second)
    clock = addHours(NOW, 1)
    expect(await endAbsence(deps(), { personId })).toEqual(second)
    expect(await endAbsence(deps(), { personId })).toBeNull()
    expect(await findAbsence(deps(), { personId })).toBeNull()
    await set('Mara', 'Nora', hours(2, 5))
    expect(await endAbsence(deps(), { personId })).toMatchObject(hours(2, 5))
    expect(await findAbsence(deps(), { personId })).toBeNull()
  })

  it('is over at its end, whether anybody has looked or not', async () => {
    await set('Mara', 'Nora', hours(0, 3))
    clock = addHours(NOW, 3)
    expect(await findAbsence(deps(), { personId: company.personId('Mara') })).toBeNull()
    expect(await endAbsence(deps(), { personId: company.personId('Mara') })).toBeNull()
  })

  it('leaves a trail of ids and times', async () => {
    const personId = company.personId('Mara')
    await set('Mara', 'Nora', hours(0, 3))
    await set('Mara', 'Ben', hours(0, 4))
    clock = addHours(NOW, 1)
    await endAbsence(deps(), { personId })
    const trail = await company.database.prisma.auditEntry.findMany({
      where: { subject: 'absence' },
      orderBy: { id: 'asc' },
      omit: { id: true },
    })
    const about = { actorId: personId, subject: 'absence', subjectId: personId }
    const facts = (name: string, until: number) => ({
      startsAt: NOW.toISOString(),
      endsAt: addHours(NOW, until).toISOString(),
      standInId: company.personId(name),
    })
    expect(trail).toEqual([
      { ...about, at: NOW, action: 'absence.set', oldValues: null, newValues: facts('Nora', 3) },
      { ...about, at: NOW, action: 'absence.set', oldValues: facts('Nora', 3), newValues: facts('Ben', 4) },
      { ...about, at: clock, action: 'absence.ended', oldValues: facts('Ben', 4), newValues: null },
    ])
  })

  it('is refused where it leads back, and nothing is written', async () => {
    await set('Nora', 'Ben')
    await set('Ben', 'Mara')
    const facts = { name: 'Nora Beck', through: ['Ben Koch'] }
    expect(await refusalOf(set('Mara', 'Nora'))).toEqual({ code: 'stand_in_circle', facts })
    expect(await row('Mara')).toBeNull()
    expect(await company.database.prisma.auditEntry.count({ where: { subject: 'absence' } })).toBe(2)
  })

  it.each([
    ['stand_in_unknown', 'Mara', 'nobody'],
    ['person_not_found', 'nobody', 'Mara'],
  ])('is refused for whom nobody knows: %s', async (code, who, standIn) => {
    const id = (name: string) => (name === 'nobody' ? 'nobody' : company.personId(name))
    const refused = setAbsence(deps(), { personId: id(who), standInId: id(standIn), ...hours(0, 1) })
    expect((await refusalOf(refused)).code).toBe(code)
  })

  it('is shown on the Homes of both', async () => {
    const { sql, prisma } = company.database
    const names = ['Mara', 'Nora', 'Ben']
    await linkSlack(company, ...names)
    for (const name of names) await createHomes(sql, () => {}).wanted(company.personId(name))
    const drawn = async () => {
      const homes = await prisma.card.findMany({ where: { kind: 'home' } })
      return names.map((name) => homes.find((home) => home.personId === company.personId(name))?.wantedVersion)
    }
    const before = await drawn()
    await set('Mara', 'Nora')
    expect(await drawn()).toEqual(before.map((version, index) => (version ?? 0) + (index < 2 ? 1 : 0)))
  })
})

describe('at the same moment', () => {
  it('two who name each other: one is refused, twenty times', async () => {
    for (let round = 0; round < 20; round += 1) {
      const answers = await Promise.all([orRefusal(set('Mara', 'Nora')), orRefusal(set('Nora', 'Mara'))])
      expect(answers.filter((answer) => 'code' in answer)).toMatchObject([{ code: 'stand_in_circle' }])
      for (const name of ['Mara', 'Nora']) await endAbsence(deps(), { personId: company.personId(name) })
    }
  })

  it('three who name each other in a circle: not all of them', async () => {
    for (let round = 0; round < 10; round += 1) {
      const answers = await Promise.all([
        orRefusal(set('Mara', 'Nora')),
        orRefusal(set('Nora', 'Ben')),
        orRefusal(set('Ben', 'Mara')),
      ])
      expect(answers.filter((answer) => 'code' in answer)).toHaveLength(1)
      for (const name of ['Mara', 'Nora', 'Ben']) await endAbsence(deps(), { personId: company.personId(name) })
    }
  })

  /** The company in which something happens right after it was read by what a request or decision is judged. */
  function afterReading(happens: () => Promise<unknown>): Company {
    const { store } = company.deps
    let once: Promise<unknown> | undefined
    const then = async <T>(answer: T): Promise<T> => {
      once ??= happens()
      await once
      return answer
    }
    return company.under({
      now: () => clock,
      store: {
        ...store,
        decisionSituation: async (query) => then(await store.decisionSituation(query)),
        requestSituation: async (query) => then(await store.requestSituation(query)),
      },
    })
  }

  it('as a request that was read before and is written after: the stand-in is asked', async () => {
    const booking = await afterReading(() => goesAway('Mara', 'Nora')).request()
    expect(await asked(booking)).toEqual(['Nora for Mara'])
  })

  it('as a request that asks through somebody who comes back: they are asked', async () => {
    await goesAway('Mara', 'Nora')
    await goesAway('Nora', 'Ben')
    const booking = await afterReading(() => isBack('Nora')).request()
    expect(await asked(booking)).toEqual(['Nora for Mara'])
  })

  it('as a decision after which HR is asked: whoever was left out and comes back is asked', async () => {
    await goesAway('Hanna', 'Anna')
    const booking = await afterReading(() => isBack('Hanna')).decide(await company.request(), 'Mara')
    expect(await asked(booking)).toEqual(['Hanna', 'Hugo'])
  })

  it('as a request that is judged right before an absence begins, and written right after', async () => {
    await goesAway('Mara', 'Nora', hours(2, 4))
    clock = addMinutes(NOW, 119)
    const begins = async () => {
      clock = addHours(NOW, 2)
      await tick()
    }
    const booking = await afterReading(begins).request()
    expect(await asked(booking)).toEqual(['Nora for Mara'])
  })

  it('as requests and decisions, many times: whoever is asked is the one to ask', async () => {
    for (let round = 0; round < 30; round += 1) {
      const goes = round % 2 === 0
      const window = trip(24 + round, 25 + round)
      const earlier = await company.request({
        window,
        car: 'Smart EQ fortwo',
        driverIds: [company.personId('Ben')],
      })
      const [booking] = await Promise.all([
        pause(round % 10).then(() => company.request({ window })),
        goes ? goesAway('Mara', 'Nora') : isBack('Mara'),
        company.decide(earlier, goes ? 'Mara' : 'Nora').catch(() => null),
      ])
      expect(await asked(booking)).toEqual([goes ? 'Nora for Mara' : 'Mara'])
      await company.cancel(booking, 'Anna')
      await company.cancel(earlier, 'Anna')
    }
  })
})
