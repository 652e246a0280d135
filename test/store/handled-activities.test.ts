import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createHandledActivities } from '../../src/store/handled-activities.ts'
import { type Company, openCompany } from '../support/company.ts'

describe('what was answered before', () => {
  let company: Company
  let isFirst: (conversationId: string, activityId: string) => Promise<boolean>
  let forget: (limit: number) => Promise<number>
  beforeAll(async () => {
    company = await openCompany()
    const activities = createHandledActivities(company.database.sql)
    isFirst = activities.isFirst
    forget = activities.forget
  })
  afterAll(() => company.close())

  it('is known by its conversation and its own id', async () => {
    expect(await isFirst('a:1', '7')).toBe(true)
    expect(await isFirst('a:1', '7')).toBe(false)
    expect(await isFirst('a:1', '8')).toBe(true)
    expect(await isFirst('a:2', '7')).toBe(true)
  })

  it('is first once, however many ask at the same moment', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, () => isFirst('a:1', 'at once')))
    expect(answers.filter(Boolean)).toHaveLength(1)
  })

  it('is forgotten after a day', async () => {
    const { sql } = company.database
    await isFirst('a:3', '1')
    await sql`UPDATE handled_activities SET handled_at = now() - interval '25 hours' WHERE conversation_id = 'a:3'`
    await isFirst('a:4', '1')
    expect(await forget(10)).toBe(1)
    expect(await isFirst('a:4', '1')).toBe(false)
    expect(await isFirst('a:3', '1')).toBe(true)
  })
})
