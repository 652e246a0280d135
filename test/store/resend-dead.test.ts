import { addDays } from 'date-fns'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { createOutbox } from '../../src/store/outbox.ts'
import { resendDead } from '../../src/store/resend-dead.ts'
import { type Company, NOW, openCompany } from '../support/company.ts'

let company: Company
beforeAll(async () => {
  company = await openCompany()
})
afterAll(() => company.close())

it('sends again what was given up and still matters, and nothing else', async () => {
  const { sql } = company.database
  const outbox = createOutbox(sql)
  const giveUpAll = () => sql`UPDATE deliveries SET status = 'dead', settled_at = now(), failures = 110`
  const waiting = async () => (await outbox.claimDeliveries('email', 50)).map(({ kind }) => kind).toSorted()
  const booking = await company.request()
  await giveUpAll()
  expect(await resendDead(sql, NOW)).toEqual({ resent: 2, left: 0 })
  expect(await waiting()).toEqual(['approval_needed', 'booking_requested'])

  // Mara has answered: she is not asked again. What the requester was told then still stands.
  const decided = await company.decide(booking, 'Mara')
  await giveUpAll()
  expect(await resendDead(sql, NOW)).toEqual({ resent: 4, left: 1 })
  await company.cancel(decided, 'Anna')
  await giveUpAll()
  const kinds = new Set(['booking_cancelled'])
  await resendDead(sql, NOW)
  expect(new Set(await waiting())).toEqual(kinds)

  await giveUpAll()
  expect(await resendDead(sql, addDays(NOW, 8))).toMatchObject({ resent: 0 })
})
