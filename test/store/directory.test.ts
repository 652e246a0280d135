import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Directory } from '../../src/core/people/identify-person.ts'
import { createDirectory } from '../../src/store/directory.ts'
import { type Company, openCompany } from '../support/company.ts'

describe('the directory', () => {
  let company: Company
  let directory: Directory
  beforeAll(async () => {
    company = await openCompany()
    directory = createDirectory(company.database)
  })
  afterAll(() => company.close())
  beforeEach(async () => {
    await company.database.prisma.chatAccount.deleteMany()
  })

  const SLACK = { platform: 'slack', tenantId: 'T1', userId: 'U1' } as const
  const TEAMS = { platform: 'teams', tenantId: 'T1', userId: 'U1' } as const
  const link = (who: string, identity: typeof SLACK | typeof TEAMS, zone: string | null = 'Europe/Berlin') =>
    directory.linkAccount(company.personId(who), identity, zone)
  const usedMinutesAgo = (identity: typeof SLACK | typeof TEAMS, minutes: number) =>
    company.database.prisma.chatAccount.updateMany({
      where: identity,
      data: { lastUsedAt: new Date(Date.now() - minutes * 60_000) },
    })
  const lastUsed = async () => (await company.database.prisma.chatAccount.findFirstOrThrow()).lastUsedAt

  it('knows nobody by an account that was never linked', async () => {
    expect(await directory.findByAccount(SLACK)).toBeNull()
    await link('Anna', SLACK)
    expect(await directory.findByAccount({ ...SLACK, tenantId: 'T2' })).toBeNull()
    expect(await directory.findByAccount({ ...SLACK, userId: 'U2' })).toBeNull()
    expect(await directory.findByAccount(TEAMS)).toBeNull()
  })

  it('knows somebody by the account that was linked', async () => {
    await link('Anna', SLACK, 'Asia/Tokyo')
    expect(await directory.findByAccount(SLACK)).toMatchObject({
      id: company.personId('Anna'),
      email: 'anna.schmidt@example.com',
      name: 'Anna Schmidt',
      role: 'employee',
      managerId: company.personId('Mara'),
      site: { name: 'Berlin', timeZone: 'Europe/Berlin', workingDays: null, workingHours: null },
      lastSeen: { platform: 'slack', timeZone: 'Asia/Tokyo' },
      active: true,
    })
  })

  it('keeps where somebody writes, as it was when they wrote last', async () => {
    const conversation = async () => (await company.database.prisma.chatAccount.findFirstOrThrow()).conversation
    await directory.linkAccount(company.personId('Anna'), { ...TEAMS, conversation: { id: 'a:1' } }, null)
    expect(await conversation()).toEqual({ id: 'a:1' })
    await directory.findByAccount({ ...TEAMS, conversation: { id: 'a:2' } })
    expect(await conversation()).toEqual({ id: 'a:2' })
    await directory.findByAccount(TEAMS)
    await link('Anna', TEAMS)
    expect(await conversation()).toEqual({ id: 'a:2' })
  })

  it('gives an account to whom it was linked last', async () => {
    await link('Anna', SLACK)
    await link('Ben', SLACK, 'Europe/Lisbon')
    expect(await directory.findByAccount(SLACK)).toMatchObject({
      name: 'Ben Koch',
      lastSeen: { platform: 'slack', timeZone: 'Europe/Lisbon' },
    })
    expect(await company.database.prisma.chatAccount.count()).toBe(1)
  })

  it('links an account once, however many presses come at the same time', async () => {
    await Promise.all([1, 2, 3, 4, 5].map(() => link('Anna', SLACK)))
    expect(await company.database.prisma.chatAccount.count()).toBe(1)
  })

  it.each([
    ['after a while', 6, true],
    ['within minutes', 4, false],
  ])('using an account makes it the one last seen, %s', async (_what, minutes, written) => {
    await link('Anna', SLACK)
    await usedMinutesAgo(SLACK, minutes)
    const before = await lastUsed()
    await directory.findByAccount(SLACK)
    expect((await lastUsed()) > before).toBe(written)
  })

  it('says where somebody was last seen, of all their accounts', async () => {
    await link('Anna', SLACK)
    await link('Anna', TEAMS, 'Asia/Tokyo')
    await usedMinutesAgo(SLACK, 20)
    const seen = async () => (await company.deps.store.findPerson(company.personId('Anna')))?.lastSeen
    expect(await seen()).toEqual({ platform: 'teams', timeZone: 'Asia/Tokyo' })
    await directory.findByAccount(SLACK)
    expect(await seen()).toEqual({ platform: 'slack', timeZone: 'Europe/Berlin' })
  })

  it('moves to the platform that is used now, though both were used a minute ago', async () => {
    await link('Anna', SLACK)
    await link('Anna', TEAMS)
    await usedMinutesAgo(SLACK, 2)
    await usedMinutesAgo(TEAMS, 1)
    await directory.findByAccount(SLACK)
    const person = await company.deps.store.findPerson(company.personId('Anna'))
    expect(person?.lastSeen?.platform).toBe('slack')
  })

  it('finds people by their address', async () => {
    expect(await directory.findByEmail('mara.lindqvist@example.com')).toMatchObject({
      name: 'Mara Lindqvist',
      lastSeen: null,
    })
    expect(await directory.findByEmail('nobody@example.com')).toBeNull()
  })
})
