import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import { createHomes } from '../../src/store/homes.ts'
import { createOutbox } from '../../src/store/outbox.ts'
import { createPressedCards } from '../../src/store/pressed-cards.ts'
import { type Company, openCompany, openStep } from '../support/company.ts'
import { linkSlack } from '../support/link-slack.ts'

let company: Company
let booking: Booking
beforeAll(async () => {
  company = await openCompany()
  await linkSlack(company, 'Anna', 'Mara', 'Hanna')
})
afterAll(() => company.close())
beforeEach(async () => {
  await company.database.sql`
    WITH c AS (DELETE FROM cards), d AS (DELETE FROM driver_holds) DELETE FROM vehicle_holds`
  booking = await company.request()
  await drawAll()
})

/** Everything that is due is drawn, as the booking stands at this moment. */
async function drawAll() {
  const outbox = createOutbox(company.database.sql)
  const due = await outbox.claimCards('slack', 50)
  for (const card of due) await outbox.settleCard(card, { kind: 'drawn', externalId: `C:${card.id}` })
  return due.map(({ kind, recipient }) => `${kind} ${recipient.name}`).toSorted()
}

/** Runs `meanwhile` while Mara's approval is being written and waits for somebody of the directory. */
async function whileAnApprovalWaits(meanwhile: () => Promise<unknown>): Promise<void> {
  const { sql } = company.database
  let approved: Promise<unknown> | undefined
  await sql.begin(async (tx) => {
    await tx`SELECT FROM people FOR NO KEY UPDATE`
    approved = company.decide(booking, 'Mara')
    await waiting()
    await meanwhile()
  })
  await approved
}

async function waiting(): Promise<void> {
  const look = () => company.database.sql`
    SELECT FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'`
  while ((await look()).length === 0) await pause(5)
}

const pressed = () =>
  createPressedCards(company.database.sql, () => {}).pressed({
    platform: 'slack',
    externalId: 'C:stray',
    personId: company.personId('Mara'),
    about: { stepId: openStep(booking).id },
    isOurs: true,
    hasChanged: false,
  })
const opened = (who: string) => createHomes(company.database.sql, () => {}).wanted(company.personId(who))

it('a card that is adopted while a decision is being written is drawn again once it stands', async () => {
  await whileAnApprovalWaits(async () => {
    await pressed()
    expect(await drawAll()).toEqual(['manager_approval Mara Lindqvist'])
  })
  expect((await drawAll()).filter((card) => card === 'manager_approval Mara Lindqvist')).toHaveLength(2)
})

it('so is a Home that is opened for the first time meanwhile', async () => {
  await whileAnApprovalWaits(async () => {
    await opened('Anna')
    expect(await drawAll()).toEqual(['home Anna Schmidt'])
  })
  expect(await drawAll()).toContain('home Anna Schmidt')
})

it('decisions, first Homes and presses at the same time do not stand in each other’s way', async () => {
  const all = await Promise.allSettled([
    company.decide(booking, 'Mara'),
    ...['Anna', 'Mara', 'Hanna', 'Anna', 'Mara', 'Hanna'].map(opened),
    ...[1, 2, 3].map(pressed),
  ])
  expect(all.filter(({ status }) => status === 'rejected')).toEqual([])
  expect(await company.database.prisma.card.count({ where: { kind: 'home' } })).toBe(3)
})
