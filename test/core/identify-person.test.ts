import { describe, expect, it } from 'vitest'
import {
  type ChatIdentity,
  type ChatProfile,
  type Directory,
  identifyPerson,
} from '../../src/core/people/identify-person.ts'
import { type Person, readerZone } from '../../src/core/people/person.ts'
import { ANNA, aPerson, aSite, BERLIN } from '../support/builders.ts'

const IDENTITY: ChatIdentity = { platform: 'slack', tenantId: 'T1', userId: 'U1' }
const LISBON = 'Europe/Lisbon'
const profile = (changes: Partial<ChatProfile> = {}): ChatProfile => ({
  email: ANNA.email,
  timeZone: LISBON,
  isMember: true,
  ...changes,
})

/** A directory of one, in memory; remembers whom it was told to link. */
function directoryOf(person: Person, hasAccount: boolean) {
  const linked: Parameters<Directory['linkAccount']>[] = []
  const moved: Parameters<Directory['zoneChanged']>[] = []
  const directory: Directory = {
    findByAccount: async () => (hasAccount ? person : null),
    findByEmail: async (email) => (email === person.email ? person : null),
    linkAccount: async (...link) => void linked.push(link),
    zoneChanged: async (...move) => void moved.push(move),
  }
  return { directory, linked, moved }
}
const neverAsked = () => Promise.reject(new Error('the platform was asked'))

describe('identifyPerson', () => {
  it('by the chat account, without asking the platform', async () => {
    const { directory, linked } = directoryOf(ANNA, true)
    expect(await identifyPerson(directory, IDENTITY, neverAsked)).toBe(ANNA)
    expect(linked).toEqual([])
  })

  it.each([
    ['moves somebody whose message comes from another zone', 'Asia/Tokyo', 1],
    ['leaves somebody whose message comes from their own', LISBON, 0],
  ])('%s', async (_case, timeZone, moves) => {
    const known: Person = { ...ANNA, lastSeen: { platform: 'teams', timeZone: LISBON } }
    const { directory, moved } = directoryOf(known, true)
    const sighting = { ...IDENTITY, platform: 'teams', timeZone } as const
    const found = await identifyPerson(directory, sighting, neverAsked)
    expect(found).toEqual({ ...known, lastSeen: { platform: 'teams', timeZone } })
    expect(moved).toHaveLength(moves)
  })

  it.each([ANNA.email, 'Anna@Example.COM'])(
    'by the email of their profile, which becomes their account: %s',
    async (email) => {
      const { directory, linked } = directoryOf(ANNA, false)
      const found = await identifyPerson(directory, IDENTITY, async () => profile({ email }))
      expect(found).toEqual({ ...ANNA, lastSeen: { platform: 'slack', timeZone: LISBON } })
      expect(linked).toEqual([[ANNA.id, IDENTITY, LISBON]])
    },
  )

  it.each<[string, Person, ChatProfile, string]>([
    ['a guest, though their address is known', ANNA, profile({ isMember: false }), 'not_a_member'],
    ['an address that is not known', ANNA, profile({ email: 'sam@example.com' }), 'not_in_directory'],
    ['no address', ANNA, profile({ email: null }), 'not_in_directory'],
    ['somebody who has left', { ...ANNA, active: false }, profile(), 'inactive'],
  ])('not %s', async (_case, person, theirs, why) => {
    const { directory, linked } = directoryOf(person, false)
    expect(await identifyPerson(directory, IDENTITY, async () => theirs)).toBe(why)
    expect(linked).toEqual([])
  })

  it.each([profile(), profile({ email: 'gone@example.com' }), profile({ email: null }), profile({ isMember: false })])(
    'not somebody who has left, though their account is known: %o',
    async (theirs) => {
      const { directory, linked } = directoryOf({ ...ANNA, active: false }, true)
      expect(await identifyPerson(directory, IDENTITY, async () => theirs)).toBe('inactive')
      expect(linked).toEqual([])
    },
  )

  it('links the account of somebody who has left to who they are under their new address', async () => {
    const renamed = aPerson({ id: 'renamed', email: 'anna.berg@example.com' })
    const { directory, linked } = directoryOf(renamed, false)
    const left: Directory = { ...directory, findByAccount: async () => ({ ...ANNA, active: false }) }
    const found = await identifyPerson(left, IDENTITY, async () => profile({ email: renamed.email }))
    expect(found).toMatchObject({ id: 'renamed' })
    expect(linked).toEqual([['renamed', IDENTITY, LISBON]])
  })
})

describe('readerZone', () => {
  const site = aSite()
  it.each<[string, Partial<Person>, string]>([
    ['the zone of their chat account', { lastSeen: { platform: 'slack', timeZone: LISBON }, timeZone: 'UTC' }, LISBON],
    [
      'their own, where the account states none',
      { lastSeen: { platform: 'slack', timeZone: null }, timeZone: 'UTC' },
      'UTC',
    ],
    ['their own, where they were never seen', { timeZone: 'UTC' }, 'UTC'],
    ["the site's, where they state none", { site }, BERLIN],
  ])('%s', (_case, changes, zone) => {
    expect(readerZone(aPerson(changes))).toBe(zone)
  })
})
