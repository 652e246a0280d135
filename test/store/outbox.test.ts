import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { ChannelAct, DueCard, DueDelivery } from '../../src/core/notification/delivery.ts'
import type { Outbox } from '../../src/core/notification/outbox.ts'
import { createOutbox } from '../../src/store/outbox.ts'
import { type Company, NOW, openCompany, trip } from '../support/company.ts'

let company: Company
let outbox: Outbox
beforeAll(async () => {
  company = await openCompany()
  outbox = createOutbox(company.database.sql)
})
afterAll(() => company.close())

/** Nothing waits, and every car is free again. */
beforeEach(async () => {
  await company.database.sql`
    WITH d AS (DELETE FROM deliveries), c AS (DELETE FROM cards), p AS (DELETE FROM channel_pauses),
      a AS (DELETE FROM chat_accounts), t AS (DELETE FROM admin_alerts)
    DELETE FROM vehicle_holds`
  await company.database.sql`DELETE FROM driver_holds`
})

const seconds = (from: Date, to: Date | null) => Math.round((Number(to) - Number(from)) / 1000)

async function first<T>(due: Promise<T[]>): Promise<T> {
  const [one] = await due
  if (!one) throw new Error('nothing is due')
  return one
}

/** Everything that several claimers get who claim at the same time until nothing is left. */
async function claimedByAll<T>(claim: () => Promise<T[]>, claimers: number): Promise<T[]> {
  const all = await Promise.all(
    Array.from({ length: claimers }, async () => {
      const mine: T[] = []
      for (let due = await claim(); due.length > 0; due = await claim()) mine.push(...due)
      return mine
    }),
  )
  return all.flat()
}

async function manyRequests(count: number): Promise<Booking[]> {
  return Promise.all(
    Array.from({ length: count }, (_, hour) => company.request({ window: trip(24 + hour, 25 + hour) })),
  )
}

describe('deliveries', () => {
  const row = ({ id }: { id: string }) => company.database.prisma.delivery.findUniqueOrThrow({ where: { id } })
  const endLease = ({ id }: { id: string }) =>
    company.database.prisma.delivery.update({ where: { id }, data: { dueAt: new Date() } })

  it('are claimed by one claimer each, however many ask', async () => {
    await manyRequests(25)
    const claimed = await claimedByAll(() => outbox.claimDeliveries('email', 3), 8)
    expect(claimed).toHaveLength(50)
    expect(new Set(claimed.map((delivery) => delivery.id)).size).toBe(50)
    expect(new Set(claimed.map((delivery) => delivery.attempt))).toEqual(new Set([1]))
  })

  it('that one claimer leaves are there for the next, while the first is still at it', async () => {
    await manyRequests(3)
    const own = await company.database.sql.reserve()
    try {
      await own`BEGIN`
      expect(await createOutbox(own).claimDeliveries('email', 1)).toHaveLength(1)
      expect(await outbox.claimDeliveries('email', 10)).toHaveLength(5)
    } finally {
      await own`ROLLBACK`
      own.release()
    }
  })

  it('say what happened, to whom, with the number that people can say', async () => {
    const booking = await company.request({ destination: 'Bremen' })
    const due = await outbox.claimDeliveries('email', 10)
    const told = due.toSorted((a, b) => a.kind.localeCompare(b.kind))
    const facts = {
      bookingId: booking.id,
      number: booking.number,
      destination: 'Bremen',
      requesterName: 'Anna Schmidt',
    }
    expect(told).toMatchObject([
      {
        kind: 'approval_needed',
        channel: 'email',
        isRequester: false,
        recipient: {
          name: 'Mara Lindqvist',
          email: 'mara.lindqvist@example.com',
          zone: 'Europe/Berlin',
          account: null,
        },
        facts: { ...facts, waitingFor: ['Mara Lindqvist'], startsAt: booking.window.startsAt.toISOString() },
      },
      { kind: 'booking_requested', isRequester: true, recipient: { name: 'Anna Schmidt' }, facts, createdAt: NOW },
    ])
  })

  it('go to the account last used on their channel, in the zone of the account last used anywhere', async () => {
    const personId = company.personId('Anna')
    const account = (platform: 'slack' | 'teams', userId: string, timeZone: string, minutesAgo: number) => ({
      personId,
      platform,
      tenantId: 'T1',
      userId,
      timeZone,
      lastUsedAt: new Date(Date.now() - minutesAgo * 60_000),
    })
    await company.database.prisma.chatAccount.createMany({
      data: [
        account('slack', 'UOLD', 'Asia/Tokyo', 90),
        account('slack', 'UNEW', 'Europe/Lisbon', 60),
        account('teams', 'OTHER', 'America/New_York', 30),
      ],
    })
    await company.decide(await company.request(), 'Mara')
    const told = await first(outbox.claimDeliveries('slack', 10))
    expect(told).toMatchObject({
      kind: 'manager_approved',
      recipient: { name: 'Anna Schmidt', zone: 'America/New_York', account: { tenantId: 'T1', userId: 'UNEW' } },
    })
  })

  it('in somebody’s hands are nobody else’s until the lease ends, and then they are a new attempt', async () => {
    await company.request()
    const one = await first(outbox.claimDeliveries('email', 1))
    expect(seconds(new Date(), (await row(one)).dueAt)).toBeGreaterThan(55)
    const others = await outbox.claimDeliveries('email', 10)
    expect(others.map((delivery) => delivery.id)).not.toContain(one.id)
    await endLease(one)
    expect(await outbox.claimDeliveries('email', 10)).toMatchObject([{ id: one.id, attempt: 2 }])
  })

  it.each([
    ['sent', { kind: 'sent', externalId: 'late' }],
    ['retry', { kind: 'retry', afterSeconds: 500, counts: true, error: 'late' }],
    ['dead', { kind: 'dead', error: 'late' }],
  ] as const)('are not settled as %s by an attempt that comes back after a newer one began', async (_kind, late) => {
    await company.request()
    const one = await first(outbox.claimDeliveries('email', 1))
    await endLease(one)
    const two = (await outbox.claimDeliveries('email', 10)).find(({ id }) => id === one.id)
    if (!two) throw new Error('its lease did not end')
    const before = await row(one)
    await outbox.settleDelivery(one, late)
    expect(await row(one)).toEqual(before)
    await outbox.settleDelivery(two, { kind: 'sent', externalId: 'in time' })
    expect(await row(one)).toMatchObject({ status: 'sent', externalId: 'in time', settledAt: expect.any(Date) })
    await outbox.settleDelivery(two, late)
    expect(await row(one)).toMatchObject({ status: 'sent', externalId: 'in time' })
  })

  it('that may pass by themselves come again after their pause', async () => {
    await company.request()
    const [one] = await outbox.claimDeliveries('email', 10)
    if (!one) throw new Error('nothing is due')
    await outbox.settleDelivery(one, { kind: 'retry', afterSeconds: 300, counts: true, error: '503' })
    const after = await row(one)
    expect(after).toMatchObject({ status: 'pending', attempt: 1, lastError: '503', settledAt: null })
    expect(seconds(new Date(), after.dueAt)).toBeGreaterThan(290)
    expect(await outbox.claimDeliveries('email', 10)).toEqual([])
    await endLease(one)
    const again = await first(outbox.claimDeliveries('email', 10))
    expect(again).toMatchObject({ id: one.id, attempt: 2 })
    await outbox.settleDelivery(again, { kind: 'retry', afterSeconds: 0, counts: true, error: '503' })
    expect(await outbox.claimDeliveries('email', 10)).toMatchObject([{ id: one.id, attempt: 3 }])
  })

  it('that are dead stay, with the reason, and are tried no more', async () => {
    await company.request()
    const one = await first(outbox.claimDeliveries('email', 10))
    await outbox.settleDelivery(one, { kind: 'dead', error: 'no such mailbox' })
    await endLease(one)
    expect(await row(one)).toMatchObject({ status: 'dead', lastError: 'no such mailbox', settledAt: expect.any(Date) })
    expect(await outbox.claimDeliveries('email', 10)).toEqual([])
  })

  it.each([
    ['approved', (booking: Booking) => company.decide(booking, 'Mara')],
    ['rejected', (booking: Booking) => company.decide(booking, 'Mara', { kind: 'reject', reason: 'No' })],
    ['cancelled', (booking: Booking) => company.cancel(booking, 'Anna')],
  ])('that ask for a decision are superseded when it is %s before they are sent', async (_what, end) => {
    const booking = await company.request()
    const asking = { notification: { kind: 'approval_needed', personId: company.personId('Mara') } }
    const find = () => company.database.prisma.delivery.findFirstOrThrow({ where: asking })
    expect(await find()).toMatchObject({ status: 'pending' })
    const inHands = (await outbox.claimDeliveries('email', 10)).find((due) => due.kind === 'approval_needed')
    if (!inHands) throw new Error('nobody was asked')
    await end(booking)
    expect(await find()).toMatchObject({ status: 'superseded', settledAt: expect.any(Date) })
    await outbox.settleDelivery(inHands, { kind: 'retry', afterSeconds: 0, counts: true, error: 'late' })
    const due = await outbox.claimDeliveries('email', 10)
    expect(due.map(({ kind, recipient }) => [kind, recipient.name])).not.toContainEqual([
      'approval_needed',
      'Mara Lindqvist',
    ])
    expect(due).not.toHaveLength(0)
    expect(await find()).toMatchObject({ status: 'superseded' })
  })

  it('that were sent stay sent when the step is decided', async () => {
    const booking = await company.request()
    for (const due of await outbox.claimDeliveries('email', 10)) {
      await outbox.settleDelivery(due, { kind: 'sent', externalId: null })
    }
    await company.decide(booking, 'Mara')
    const asked = await company.database.prisma.delivery.findMany({ where: { attempt: 1 } })
    expect(asked.map((delivery) => delivery.status)).toEqual(['sent', 'sent'])
  })
})

describe('a paused channel', () => {
  const claimAll = async () => ({
    email: (await outbox.claimDeliveries('email', 50)).length,
    slack: (await outbox.claimDeliveries('slack', 50)).length,
    cards: (await outbox.claimCards('slack', 50)).length,
  })
  const endPauses = () => company.database.prisma.channelPause.updateMany({ data: { pausedUntil: new Date() } })

  it.each([
    ['email', { email: 0, slack: 1, cards: 3 }, { email: 3, slack: 0, cards: 0 }],
    ['slack', { email: 3, slack: 0, cards: 0 }, { email: 0, slack: 1, cards: 3 }],
    ['teams', { email: 3, slack: 1, cards: 3 }, { email: 0, slack: 0, cards: 0 }],
  ] as const)('holds back %s for every claimer, and nothing else', async (channel, during, after) => {
    await company.decide(await company.request(), 'Mara')
    await outbox.pause({ channel, act: 'everything', personId: null }, 60)
    expect(await claimAll()).toEqual(during)
    await endPauses()
    expect(await claimAll()).toEqual(after)
  })

  it('is never shortened by a second pause', async () => {
    const until = async () => (await company.database.prisma.channelPause.findFirstOrThrow()).pausedUntil
    const slack = { channel: 'slack', act: 'everything', personId: null } as const
    await outbox.pause(slack, 60)
    const long = await until()
    await outbox.pause(slack, 1)
    expect(await until()).toEqual(long)
    await outbox.pause(slack, 600)
    expect(seconds(long, await until())).toBeGreaterThan(530)
  })
})

describe('cards', () => {
  const row = ({ id }: { id: string }) => company.database.prisma.card.findUniqueOrThrow({ where: { id } })
  const endLease = ({ id }: { id: string }) =>
    company.database.prisma.card.update({ where: { id }, data: { leasedUntil: new Date() } })
  const drawn = (card: DueCard, externalId: string | null) => outbox.settleCard(card, { kind: 'drawn', externalId })

  /** The manager's card of a new booking, claimed; every other card is drawn. */
  async function managersCard(): Promise<{ booking: Booking; card: DueCard }> {
    const booking = await company.request()
    const due = await outbox.claimCards('slack', 10)
    for (const card of due.filter(({ kind }) => kind === 'request')) await drawn(card, 'C1:1')
    const card = due.find(({ kind }) => kind === 'manager_approval')
    if (!card) throw new Error('the manager has no card')
    return { booking, card }
  }

  const claimOwn = async ({ id }: DueCard) => (await outbox.claimCards('slack', 10)).find((card) => card.id === id)

  it('are claimed by one claimer each, however many ask', async () => {
    await manyRequests(20)
    const claimed = await claimedByAll(() => outbox.claimCards('slack', 3), 8)
    expect(claimed).toHaveLength(40)
    expect(new Set(claimed.map((card) => card.id)).size).toBe(40)
  })

  it('that one claimer leaves are there for the next, while the first is still at it', async () => {
    await manyRequests(3)
    const own = await company.database.sql.reserve()
    try {
      await own`BEGIN`
      expect(await createOutbox(own).claimCards('slack', 1)).toHaveLength(1)
      expect(await outbox.claimCards('slack', 10)).toHaveLength(5)
    } finally {
      await own`ROLLBACK`
      own.release()
    }
  })

  it('are for the requester and everybody asked, and of the platform that was asked for', async () => {
    const booking = await company.request()
    expect(await outbox.claimCards('teams', 10)).toEqual([])
    const due = await outbox.claimCards('slack', 10)
    const about = { bookingId: booking.id, platform: 'slack', attempt: 1, failures: 0, version: 1, externalId: null }
    expect(due.toSorted((a, b) => a.kind.localeCompare(b.kind))).toMatchObject([
      { kind: 'manager_approval', recipient: { name: 'Mara Lindqvist' }, ...about },
      { kind: 'request', recipient: { name: 'Anna Schmidt' }, ...about },
    ])
  })

  it('that are drawn rest until their booking changes, and are then drawn in the same place', async () => {
    const { booking, card } = await managersCard()
    await drawn(card, 'C2:2')
    expect(await outbox.claimCards('slack', 10)).toEqual([])
    await company.decide(booking, 'Mara')
    expect(await claimOwn(card)).toMatchObject({ attempt: 2, version: 2, externalId: 'C2:2' })
  })

  it('that are raised while an attempt is under way wait for it, and are drawn again after it', async () => {
    const { booking, card } = await managersCard()
    await company.decide(booking, 'Mara')
    expect(await claimOwn(card)).toBeUndefined()
    await drawn(card, 'C2:2')
    const again = await claimOwn(card)
    expect(again).toMatchObject({ version: 2, externalId: 'C2:2' })
    if (again) await drawn(again, null)
    expect(await row(card)).toMatchObject({ drawnVersion: 2, wantedVersion: 2, externalId: 'C2:2', leasedUntil: null })
  })

  it('whose lease ended are claimed again, and the late attempt settles nothing', async () => {
    const { card } = await managersCard()
    await endLease(card)
    const newer = await claimOwn(card)
    expect(newer).toMatchObject({ attempt: 2 })
    const before = await row(card)
    await drawn(card, 'C2:late')
    await outbox.settleCard(card, { kind: 'retry', afterSeconds: 500, counts: true, error: 'late' })
    expect(await row(card)).toEqual(before)
    if (newer) await drawn(newer, 'C2:2')
    expect(await row(card)).toMatchObject({ drawnVersion: 1, externalId: 'C2:2' })
  })

  it('that failed wait for their pause and count their failures', async () => {
    const { card } = await managersCard()
    await outbox.settleCard(card, { kind: 'retry', afterSeconds: 300, counts: true, error: '503' })
    const after = await row(card)
    expect(after).toMatchObject({ failures: 1, lastError: '503', leasedUntil: null, drawnVersion: 0 })
    expect(seconds(new Date(), after.dueAt)).toBeGreaterThan(290)
    expect(await claimOwn(card)).toBeUndefined()
    await company.database.prisma.card.update({ where: { id: card.id }, data: { dueAt: new Date() } })
    const again = await claimOwn(card)
    expect(again).toMatchObject({ attempt: 2, failures: 1 })
    if (again) await drawn(again, 'C2:2')
    expect(await row(card)).toMatchObject({ failures: 0, lastError: null, externalId: 'C2:2' })
  })

  it('that wait for long are drawn at once when the booking changes', async () => {
    const { booking, card } = await managersCard()
    await outbox.settleCard(card, { kind: 'retry', afterSeconds: 3600, counts: true, error: 'channel_not_found' })
    expect(await claimOwn(card)).toBeUndefined()
    await company.decide(booking, 'Mara')
    expect(await claimOwn(card)).toMatchObject({ version: 2, attempt: 2, failures: 1 })
  })

  it('that are given up cost nothing until their booking changes', async () => {
    const { booking, card } = await managersCard()
    await outbox.settleCard(card, { kind: 'given_up', error: 'invalid_blocks' })
    expect(await row(card)).toMatchObject({ drawnVersion: 1, wantedVersion: 1, leasedUntil: null })
    expect(await claimOwn(card)).toBeUndefined()
    await company.decide(booking, 'Mara')
    expect(await claimOwn(card)).toMatchObject({ version: 2 })
  })

  it('know what they show as long as nothing is under way', async () => {
    const { booking, card } = await managersCard()
    await outbox.settleCard(card, { kind: 'drawn', externalId: 'C2:2', digest: 'as it was' })
    await company.decide(booking, 'Mara')
    const again = await claimOwn(card)
    expect(again).toMatchObject({ drawnDigest: 'as it was' })
    if (again) await outbox.settleCard(again, { kind: 'retry', afterSeconds: 0, counts: true, error: 'no answer' })
    // The attempt may have shown something else.
    expect(await claimOwn(card)).toMatchObject({ drawnDigest: null })
  })

  it('say when their booking ended', async () => {
    const booking = await company.request()
    expect((await outbox.claimCards('slack', 1))[0]).toMatchObject({ bookingEndedAt: null })
    await company.cancel(booking, 'Anna')
    expect((await outbox.claimCards('slack', 1))[0]).toMatchObject({ bookingEndedAt: NOW })
  })

  it('that failed while the booking changed do not wait at all', async () => {
    const { booking, card } = await managersCard()
    await company.decide(booking, 'Mara')
    await outbox.settleCard(card, { kind: 'retry', afterSeconds: 300, counts: true, error: 'message_not_found' })
    expect(await claimOwn(card)).toMatchObject({ version: 2, attempt: 2 })
  })
})

describe('a pause', () => {
  const claimed = async () => ({
    deliveries: (await outbox.claimDeliveries('slack', 50)).map(({ recipient }) => recipient.name).toSorted(),
    cards: (await outbox.claimCards('slack', 50)).map(({ kind, recipient }) => `${kind} ${recipient.name}`).toSorted(),
  })
  const EVERYTHING = {
    deliveries: ['Anna Schmidt'],
    cards: ['hr_approval Hanna Weber', 'manager_approval Mara Lindqvist', 'request Anna Schmidt'],
  }

  /** Anna is told; her card and Mara's are to be redrawn, Hanna's is to be posted. Only Hanna has no account. */
  beforeEach(async () => {
    const { prisma } = company.database
    for (const name of ['Anna', 'Mara']) {
      const account = { platform: 'slack', tenantId: 'T1', userId: name, lastUsedAt: new Date() } as const
      await prisma.chatAccount.create({ data: { personId: company.personId(name), ...account } })
    }
    const booking = await company.request()
    for (const card of await outbox.claimCards('slack', 10)) {
      await outbox.settleCard(card, { kind: 'drawn', externalId: `C:${card.kind}` })
    }
    await company.decide(booking, 'Mara')
  })

  it.each([
    ['posting', null, { ...EVERYTHING, deliveries: [], cards: EVERYTHING.cards.slice(1) }],
    ['posting', 'Anna', { ...EVERYTHING, deliveries: [] }],
    ['posting', 'Ben', EVERYTHING],
    ['redrawing', null, { ...EVERYTHING, cards: EVERYTHING.cards.slice(0, 1) }],
    ['finding_people', null, { ...EVERYTHING, cards: EVERYTHING.cards.slice(1) }],
    ['finding_messages', null, EVERYTHING],
    ['homes', null, EVERYTHING],
    ['everything', 'Mara', { ...EVERYTHING, cards: [EVERYTHING.cards[0], EVERYTHING.cards[2]] }],
  ] as const)('of %s (for %s) holds back that and nothing else', async (act, name, expected) => {
    const personId = name && company.personId(name)
    await outbox.pause({ channel: 'slack', act, personId }, 60)
    expect(await claimed()).toEqual(expected)
  })

  it('of looking for messages holds back those that may have been sent before', async () => {
    const told = await first(outbox.claimDeliveries('slack', 1))
    await outbox.settleDelivery(told, { kind: 'retry', afterSeconds: 0, counts: true, error: 'no answer' })
    await outbox.pause({ channel: 'slack', act: 'finding_messages', personId: null }, 60)
    expect((await claimed()).deliveries).toEqual([])
  })
})

describe('while our set-up is wrong', () => {
  const hold = (id: string, act: ChannelAct = 'everything') => outbox.holdForSetup('email', act, id, 'invalid_api_key')
  const held = () => company.database.prisma.channelPause.findMany({ where: { error: { not: null } } })
  const retry = (delivery: DueDelivery, afterSeconds: number) =>
    outbox.settleDelivery(delivery, { kind: 'retry', afterSeconds, counts: false, error: 'invalid_api_key' })

  async function claimedThree(): Promise<[DueDelivery, DueDelivery, DueDelivery]> {
    await company.request()
    await company.request({ window: trip(48, 49) })
    const [one, two, three] = await outbox.claimDeliveries('email', 3)
    if (!one || !two || !three) throw new Error('nobody is told')
    return [one, two, three]
  }

  it('only the message that failed first is tried, at growing pauses of up to a minute', async () => {
    const [one, two] = await claimedThree()
    const pauses = []
    for (let count = 0; count < 9; count += 1) pauses.push(await hold(one.id))
    expect(pauses).toEqual([1, 2, 4, 8, 16, 32, 60, 60, 60])
    expect(await hold(two.id)).toBe(0)
    await retry(two, 0)
    await retry(one, 0)
    expect((await outbox.claimDeliveries('email', 10)).map(({ id }) => id)).toEqual([one.id])
    expect(await outbox.claimDeliveries('email', 10)).toEqual([])
  })

  it('everything goes out as soon as that message gets through, and its alert is taken back', async () => {
    const [one, two, three] = await claimedThree()
    await hold(one.id)
    await company.deps.store.alertOnce(
      { kind: 'setup', channel: 'email', personId: null, error: 'invalid_api_key' },
      one.facts.bookingId,
      { id: crypto.randomUUID(), type: 'delivery.failed', actor: null, at: NOW },
      [],
    )
    await retry(one, 0)
    await retry(two, 0)
    // Claimed before the trouble began, so it says nothing.
    await outbox.settleDelivery(three, { kind: 'sent', externalId: null })
    expect(await held()).toHaveLength(1)
    const probe = await first(outbox.claimDeliveries('email', 10))
    await outbox.settleDelivery(probe, { kind: 'sent', externalId: null })
    expect(await held()).toEqual([])
    expect(await company.database.prisma.adminAlert.count()).toBe(0)
    expect((await outbox.claimDeliveries('email', 10)).map(({ id }) => id)).toContain(two.id)
  })

  it('another message looks where that one is gone', async () => {
    const [one, two] = await claimedThree()
    await hold(one.id)
    await retry(two, 0)
    await company.database.sql`UPDATE channel_pauses SET paused_until = now()`
    const due = await outbox.claimDeliveries('email', 10)
    expect(due.map(({ id }) => id)).toContain(two.id)
    expect(await hold(two.id)).toBe(2)
    expect(await held()).toMatchObject([{ probeId: two.id }])
  })

  it('an attempt leaves no trace: it did not fail, and nothing is looked for', async () => {
    const [one] = await claimedThree()
    await retry(one, 0)
    const again = (await outbox.claimDeliveries('email', 10)).find(({ id }) => id === one.id)
    expect(again).toMatchObject({ failures: 0, triedSince: null })
  })

  it('in one thing, the rest goes on', async () => {
    await company.decide(await company.request(), 'Mara')
    const card = await first(outbox.claimCards('slack', 1))
    await outbox.holdForSetup('slack', 'finding_people', card.id, 'missing_scope')
    await outbox.settleCard(card, { kind: 'retry', afterSeconds: 0, counts: false, error: 'missing_scope' })
    expect((await outbox.claimCards('slack', 10)).map(({ id }) => id)).toEqual([card.id])
  })
})

describe('somebody who could not be reached', () => {
  it('is reachable when something reaches them there, and what waited for them is due', async () => {
    const booking = await company.request()
    const due = await outbox.claimDeliveries('email', 10)
    const maras = due.find(({ recipient }) => recipient.name.startsWith('Mara'))
    const annas = due.find(({ recipient }) => recipient.name.startsWith('Anna'))
    if (!maras || !annas) throw new Error('they were not told')
    const alert = (name: string) => ({
      kind: 'unreachable' as const,
      channel: 'email' as const,
      personId: company.personId(name),
      error: 'no such mailbox',
    })
    const tell = (name: string) =>
      company.deps.store.alertOnce(
        alert(name),
        booking.id,
        { id: crypto.randomUUID(), type: 'delivery.failed', actor: null, at: NOW },
        [],
      )
    expect([await tell('Mara'), await tell('Mara')]).toEqual([true, false])
    await outbox.settleDelivery(maras, { kind: 'retry', afterSeconds: 3600, counts: true, error: 'no such mailbox' })
    await outbox.settleDelivery(annas, { kind: 'sent', externalId: null })
    expect(await tell('Mara')).toBe(false)
    const other = await company.request({ window: trip(72, 73) })
    const second = (await outbox.claimDeliveries('email', 10)).find(
      ({ recipient, facts }) => recipient.name.startsWith('Mara') && facts.bookingId === other.id,
    )
    if (!second) throw new Error('Mara was not asked')
    await outbox.settleDelivery(second, { kind: 'sent', externalId: null })
    expect(await company.database.prisma.adminAlert.count()).toBe(0)
    const again = await first(
      outbox.claimDeliveries('email', 10).then((all) => all.filter(({ id }) => id === maras.id)),
    )

    // While it is on its way, reaching her once more hands it to nobody else.
    expect(await tell('Mara')).toBe(true)
    const last = await company.request({ window: trip(96, 97) })
    const third = (await outbox.claimDeliveries('email', 10)).find(
      ({ recipient, facts }) => recipient.name.startsWith('Mara') && facts.bookingId === last.id,
    )
    if (!third) throw new Error('Mara was not asked')
    await outbox.settleDelivery(third, { kind: 'sent', externalId: null })
    expect((await outbox.claimDeliveries('email', 10)).map(({ id }) => id)).not.toContain(again.id)
  })
})

describe('a claim whose answer was lost', () => {
  it.each(['deliveries', 'cards'] as const)('is given back by the next one: %s', async (what) => {
    await company.request()
    let lose = true
    const losing = new Proxy(company.database.sql, {
      get(target, name) {
        const value: unknown = Reflect.get(target, name)
        if (name !== 'unsafe' || typeof value !== 'function') return value
        return async (...args: unknown[]) => {
          const rows: unknown = await Reflect.apply(value, target, args)
          if (!lose) return rows
          lose = false
          throw new Error('connection reset')
        }
      },
    })
    const hurt = createOutbox(losing)
    const claim = (): Promise<{ id: string }[]> =>
      what === 'cards' ? hurt.claimCards('slack', 10) : hurt.claimDeliveries('email', 10)
    await expect(claim()).rejects.toThrow('connection reset')
    expect(await claim()).toHaveLength(2)
  })
})
