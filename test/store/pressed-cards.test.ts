import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { DueCard } from '../../src/core/notification/delivery.ts'
import { createKnownMessages } from '../../src/store/known-messages.ts'
import { createOutbox } from '../../src/store/outbox.ts'
import { createPressedCards } from '../../src/store/pressed-cards.ts'
import { type Company, openCompany, openStep } from '../support/company.ts'

describe('a press on a card', () => {
  let company: Company
  let booking: Booking
  let woken: number
  beforeAll(async () => {
    company = await openCompany()
  })
  afterAll(() => company.close())
  beforeEach(async () => {
    await company.database.sql`WITH c AS (DELETE FROM cards), d AS (DELETE FROM driver_holds) DELETE FROM vehicle_holds`
    booking = await company.request()
    woken = 0
  })

  const press = (externalId: string, who: string, about: { stepId: string } | { bookingId: string }, isOurs = true) =>
    createPressedCards(company.database.sql, () => {
      woken += 1
    }).pressed({ platform: 'slack', externalId, personId: company.personId(who), about, isOurs, hasChanged: false })

  const cards = async () => {
    const rows = await company.database.prisma.card.findMany({ include: { person: true } })
    return rows
      .map(({ kind, externalId, wantedVersion, person }) => ({ who: person.name, kind, externalId, wantedVersion }))
      .sort((a, b) => a.kind.localeCompare(b.kind) || String(a.externalId).localeCompare(String(b.externalId)))
  }

  async function drawAll() {
    const outbox = createOutbox(company.database.sql)
    for (const card of await outbox.claimCards('slack', 10)) {
      await outbox.settleCard(card, { kind: 'drawn', externalId: `C:${card.kind}` })
    }
  }

  const MARAS = { who: 'Mara Lindqvist', kind: 'manager_approval' }
  const ANNAS = { who: 'Anna Schmidt', kind: 'request' }

  it('that is known has it drawn anew, and only that one', async () => {
    await drawAll()
    await press('C:manager_approval', 'Mara', { stepId: openStep(booking).id })
    expect(await cards()).toEqual([
      { ...MARAS, externalId: 'C:manager_approval', wantedVersion: 2 },
      { ...ANNAS, externalId: 'C:request', wantedVersion: 1 },
    ])
    const due = await createOutbox(company.database.sql).claimCards('slack', 10)
    expect(due).toMatchObject([{ kind: 'manager_approval', externalId: 'C:manager_approval', version: 2 }])
    expect(woken).toBe(1)
  })

  describe('that changed its booking, which had all its cards drawn again', () => {
    const known = createKnownMessages()
    const outbox = () => createOutbox(company.database.sql, known)
    const pressed = (externalId: string, hasChanged = true) =>
      createPressedCards(
        company.database.sql,
        () => {
          woken += 1
        },
        known,
      ).pressed({
        platform: 'slack',
        externalId,
        personId: company.personId('Mara'),
        about: { stepId: openStep(booking).id },
        isOurs: true,
        hasChanged,
      })
    const marasCard = async () => (await cards()).find(({ kind }) => kind === 'manager_approval')

    async function drawMaras(externalId: string, left: string | null = null): Promise<DueCard> {
      const due = await outbox().claimCards('slack', 10)
      const hers = due.find(({ kind }) => kind === 'manager_approval')
      if (!hers) throw new Error('her card is not due')
      await outbox().settleCard(hers, { kind: 'drawn', externalId, leftExternalId: left })
      return hers
    }

    it('writes nothing more where this process knows the message', async () => {
      await drawMaras('C:one')
      expect(await pressed('C:one')).toBe(true)
      expect(await marasCard()).toMatchObject({ externalId: 'C:one', wantedVersion: 1 })
      expect(woken).toBe(0)
      await pressed('C:one', false)
      expect(await marasCard()).toMatchObject({ wantedVersion: 2 })
    })

    it('adopts the message of an attempt that came too late to be written down', async () => {
      const [hers] = (await outbox().claimCards('slack', 10)).filter(({ kind }) => kind === 'manager_approval')
      if (!hers) throw new Error('her card is not due')
      await company.database.sql`UPDATE cards SET attempt = attempt + 1`
      await outbox().settleCard(hers, { kind: 'drawn', externalId: 'C:late' })
      await pressed('C:late')
      expect(await marasCard()).toMatchObject({ externalId: 'C:late', wantedVersion: 2 })
    })

    it.each([
      ['for an announcement', 'C:first'],
      ['because it cannot be edited', null],
    ])('looks again at a message that its card has left (%s)', async (_why, left) => {
      await drawMaras('C:first')
      await company.database.sql`UPDATE cards SET wanted_version = wanted_version + 1, due_at = now()`
      await drawMaras('C:second', left)
      await pressed('C:first')
      expect(woken).toBe(1)
      await pressed('C:second')
      expect(woken).toBe(1)
    })
  })

  it.each([
    ['known', 'C:known'],
    ['not known yet', null],
  ])('in hand has it sent again, though the same would be shown: its message is %s', async (_, externalId) => {
    const outbox = createOutbox(company.database.sql)
    await company.database.sql`UPDATE cards SET due_at = now() + interval '1 day' WHERE kind = 'request'`
    await company.database.sql`UPDATE cards SET external_id = ${externalId} WHERE kind = 'manager_approval'`
    const [inHand] = await outbox.claimCards('slack', 1)
    if (!inHand) throw new Error('no card is due')
    await press('C:known', 'Mara', { stepId: openStep(booking).id })
    await outbox.settleCard(inHand, { kind: 'drawn', externalId: 'C:known', digest: 'what it shows' })
    expect(await outbox.claimCards('slack', 1)).toMatchObject([{ id: inHand.id, drawnDigest: null }])
  })

  it('whose message was just posted again, and is not written down yet, stays one card, drawn again', async () => {
    const outbox = createOutbox(company.database.sql)
    await company.database.sql`UPDATE cards SET external_id = 'C:before' WHERE kind = 'manager_approval'`
    const inHand = await outbox.claimCards('slack', 10)
    await press('C:now', 'Mara', { stepId: openStep(booking).id })
    await Promise.all(
      inHand.map((card) =>
        outbox.settleCard(card, {
          kind: 'drawn',
          externalId: card.kind === 'request' ? 'C:request' : 'C:now',
          digest: 'what it shows',
        }),
      ),
    )
    expect(await cards()).toEqual([
      { ...MARAS, externalId: 'C:now', wantedVersion: 2 },
      { ...ANNAS, externalId: 'C:request', wantedVersion: 1 },
    ])
    expect(await outbox.claimCards('slack', 10)).toMatchObject([{ externalId: 'C:now', drawnDigest: null }])
  })

  it('made a second card that an attempt which came too late leaves as it is', async () => {
    const outbox = createOutbox(company.database.sql)
    await company.database.sql`UPDATE cards SET external_id = 'C:before' WHERE kind = 'manager_approval'`
    const inHand = await outbox.claimCards('slack', 10)
    const maras = inHand.find(({ kind }) => kind === 'manager_approval')
    if (!maras) throw new Error('no card of Mara’s is due')
    await press('C:late', 'Mara', { stepId: openStep(booking).id })
    await outbox.settleCard({ ...maras, attempt: maras.attempt - 1 }, { kind: 'drawn', externalId: 'C:late' })
    expect(await cards()).toMatchObject([{ externalId: 'C:before' }, { externalId: 'C:late' }, { kind: 'request' }])
  })

  it('that was never posted as far as we know makes its message the card’s', async () => {
    await press('C:unheard', 'Mara', { stepId: openStep(booking).id })
    await press('C:own', 'Anna', { bookingId: booking.id })
    expect(await cards()).toEqual([
      { ...MARAS, externalId: 'C:unheard', wantedVersion: 2 },
      { ...ANNAS, externalId: 'C:own', wantedVersion: 2 },
    ])
    expect(woken).toBe(2)
  })

  it('that was posted twice makes a second card, which follows the booking like the first', async () => {
    await drawAll()
    await press('C:twin', 'Mara', { stepId: openStep(booking).id })
    expect(await cards()).toEqual([
      { ...MARAS, externalId: 'C:manager_approval', wantedVersion: 1 },
      { ...MARAS, externalId: 'C:twin', wantedVersion: 1 },
      { ...ANNAS, externalId: 'C:request', wantedVersion: 1 },
    ])
    await press('C:twin', 'Mara', { stepId: openStep(booking).id })
    await company.decide(booking, 'Mara')
    expect((await cards()).filter((card) => card.kind === 'manager_approval')).toEqual([
      { ...MARAS, externalId: 'C:manager_approval', wantedVersion: 2 },
      { ...MARAS, externalId: 'C:twin', wantedVersion: 3 },
    ])
  })

  it('that nobody vouches for makes no second card, and says so', async () => {
    await drawAll()
    const before = await cards()
    const about = { stepId: openStep(booking).id }
    expect(await press('C:made-up', 'Mara', about, false)).toBe(false)
    expect(await cards()).toEqual(before)
    expect(await press('C:manager_approval', 'Mara', about, false)).toBe(true)
    expect(await press('C:twin', 'Mara', about, true)).toBe(true)
  })

  it('that nobody vouches for is the message of a card that has none', async () => {
    expect(await press('C:unheard', 'Mara', { stepId: openStep(booking).id }, false)).toBe(true)
    expect((await cards()).filter(({ kind }) => kind === 'manager_approval')).toEqual([
      { ...MARAS, externalId: 'C:unheard', wantedVersion: 2 },
    ])
  })

  it('several times at once is one card all the same', async () => {
    const about = { stepId: openStep(booking).id }
    await Promise.all([1, 2, 3, 4, 5].map(() => press('C:unheard', 'Mara', about)))
    const maras = (await cards()).filter((card) => card.kind === 'manager_approval')
    expect(maras).toMatchObject([{ ...MARAS, externalId: 'C:unheard' }])
  })

  it.each(['Ben', 'Hanna', 'Anna'])(
    'on a question that was passed on gives %s, who was not asked, no card of it',
    async (who) => {
      await drawAll()
      const before = await cards()
      await press('C:passed-on', who, { stepId: openStep(booking).id })
      if (who !== 'Anna') await press('C:passed-on', who, { bookingId: booking.id })
      expect(await cards()).toEqual(before)
    },
  )

  it.each([
    ['a step that does not exist', { stepId: crypto.randomUUID() }],
    ['a booking that does not exist', { bookingId: crypto.randomUUID() }],
    ['no id at all', { stepId: '' }],
    ['something typed', { stepId: "'; DROP TABLE cards --" }],
    ['nearly an id', { bookingId: `${crypto.randomUUID()}0` }],
  ])('about %s changes nothing', async (_what, about) => {
    await drawAll()
    const before = await cards()
    await press('C:nonsense', 'Mara', about)
    expect(await cards()).toEqual(before)
  })
})
