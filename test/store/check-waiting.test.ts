import { expect, it } from 'vitest'
import { checkWaiting } from '../../src/store/check-waiting.ts'
import { openCompany } from '../support/company.ts'

it('names the messages that wait for a channel that is switched off, and no others', async () => {
  const company = await openCompany()
  try {
    await company.request({})
    const { sql } = company.database
    const [{ count } = { count: 0 }] = await sql<{ count: number }[]>`
      SELECT count(*)::int AS count FROM deliveries WHERE channel = 'email' AND settled_at IS NULL`
    expect(count).toBeGreaterThan(0)
    const text = `${count} wait for email, which is switched off: set RESEND_API_KEY, and they are sent`
    expect(await checkWaiting(sql, ['slack', 'teams'])).toEqual([{ level: 'warning', about: 'Messages', text }])
    expect(await checkWaiting(sql, ['slack', 'teams', 'email'])).toEqual([])
  } finally {
    await company.close()
  }
})
