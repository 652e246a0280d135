import { describe, expect, it } from 'vitest'
import {
  type AskPlatform,
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
function directoryOf(person: Person, hasAccount: boolean, isCheckDue = false) {
  const revoked: ChatIdentity[] = []
  const putOff: ChatIdentity[] = []
  const linked: Parameters<Directory['linkAccount']>[] = []
  const moved: Parameters<Directory['zoneChanged']>[] = []
  const directory: Directory = {
    findByAccount: async () => (hasAccount ? { ...person, isCheckDue } : null),
    holderOf: async () => (hasAccount ? person : null),
    revokeAccount: async (identity) => void revoked.push(identity),
    putOffCheck: async (identity) => void putOff.push(identity),
    findByEmail: async (email) => (email === person.email ? person : null),
    linkAccount: async (...link) => void linked.push(link),
    zoneChanged: async (...move) => void moved.push(move),
  }
  return { directory, linked, moved, revoked, putOff }
}
const fails = () => Promise.reject(new Error('the platform was asked'))
const neverAsked: AskPlatform = { first: fails, again: fails }
const says = (theirs: ChatProfile): AskPlatform => ({ first: async () => theirs, again: async () => theirs })

describe('identifyPerson', () => {
  it('by the chat account, without asking the platform', async () => {
    const { directory, linked } = directoryOf(ANNA, true)
    expect(await identifyPerson(directory, IDENTITY, neverAsked)).toEqual(ANNA)
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
      const found = await identifyPerson(directory, IDENTITY, says(profile({ email })))
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
    expect(await identifyPerson(directory, IDENTITY, says(theirs))).toBe(why)
    expect(linked).toEqual([])
  })

  it.each([profile(), profile({ email: 'gone@example.com' }), profile({ email: null }), profile({ isMember: false })])(
    'not somebody who has left, though their account is known: %o',
    async (theirs) => {
      const { directory, linked } = directoryOf({ ...ANNA, active: false }, true)
      expect(await identifyPerson(directory, IDENTITY, says(theirs))).toBe('inactive')
      expect(linked).toEqual([])
    },
  )

  it('links the account of somebody who has left to who they are under their new address', async () => {
    const renamed = aPerson({ id: 'renamed', email: 'anna.berg@example.com' })
    const { directory, linked } = directoryOf(renamed, false)
    const left: Directory = { ...directory, findByAccount: async () => ({ ...ANNA, active: false, isCheckDue: false }) }
    const found = await identifyPerson(left, IDENTITY, says(profile({ email: renamed.email })))
    expect(found).toMatchObject({ id: 'renamed' })
    expect(linked).toEqual([['renamed', IDENTITY, LISBON]])
  })
})

describe('an account that is known, when it is time to ask the platform again', () => {
  const again = (theirs: ChatProfile): AskPlatform => ({ first: fails, again: async () => theirs })

  it.each<[string, Partial<ChatProfile>]>([
    ['a member of the same address', {}],
    ['a member whose address is not told', { email: null }],
    [
      'a member of another address who signs in with theirs',
      { email: 'a@example.com', signInName: 'Anna@example.com' },
    ],
  ])('lets in %s', async (_who, changes) => {
    const { directory, revoked, putOff, linked } = directoryOf(ANNA, true, true)
    expect(await identifyPerson(directory, IDENTITY, again(profile(changes)))).toEqual(ANNA)
    expect([revoked, putOff, linked]).toEqual([[], [], []])
  })

  it.each<[string, Partial<ChatProfile>, string]>([
    ['a guest, a bot, or somebody from elsewhere', { isMember: false }, 'not_a_member'],
    ['somebody whose address is not in the directory', { email: 'anna@elsewhere.example' }, 'not_in_directory'],
  ])('keeps out %s, from then on', async (_who, changes, why) => {
    const { directory, revoked } = directoryOf(ANNA, true, true)
    expect(await identifyPerson(directory, IDENTITY, again(profile(changes)))).toBe(why)
    expect(revoked).toEqual([IDENTITY])
  })

  it('gives it to whom the new address belongs', async () => {
    const { directory, linked, revoked } = directoryOf(ANNA, true, true)
    const ben = aPerson({ name: 'Ben Koch' })
    const both: Directory = { ...directory, findByEmail: async (email) => (email === ben.email ? ben : null) }
    expect(await identifyPerson(both, IDENTITY, again(profile({ email: ben.email })))).toMatchObject({ id: ben.id })
    expect([linked.length, revoked.length]).toEqual([1, 0])
  })

  it('lets them in while the platform cannot be asked, and asks again later', async () => {
    const { directory, revoked, putOff } = directoryOf(ANNA, true, true)
    expect(await identifyPerson(directory, IDENTITY, neverAsked)).toEqual(ANNA)
    expect([revoked, putOff]).toEqual([[], [IDENTITY]])
  })
})

it('somebody without an address in Teams is known by what they sign in with', async () => {
  const { directory, linked } = directoryOf(ANNA, false)
  const theirs = profile({ email: null, signInName: 'ANNA@example.com' })
  expect(await identifyPerson(directory, IDENTITY, says(theirs))).toMatchObject({ id: ANNA.id })
  expect(linked).toHaveLength(1)
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
