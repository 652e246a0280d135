import type { ChatPlatform, Person } from './person.ts'

/** A chat identity as it comes with every signed request. */
export interface ChatIdentity {
  platform: ChatPlatform
  /** Slack team or Teams tenant. */
  tenantId: string
  userId: string
}

/** A chat identity and what came along with it about where and when they write. */
export interface Sighting extends ChatIdentity {
  /** Where to write to them, as the platform's surface keeps it; undefined where it needs none. */
  conversation?: Json
  /** IANA name, where the platform says it with every message. */
  timeZone?: string
}

type Json = string | number | boolean | null | Json[] | { [key: string]: Json }

/** What a platform says about one of its users. */
export interface ChatProfile {
  email: string | null
  /** The name they sign in with, which may be an address too. */
  signInName?: string | null
  /** IANA name. */
  timeZone: string | null
  /** A full member of the company's own organisation: no guest, no bot, nobody from elsewhere, not deactivated. */
  isMember: boolean
}

/** Somebody who is known by their account. `isCheckDue`: it is for this caller to ask the platform about it again. */
type KnownByAccount = Person & { isCheckDue: boolean }

export interface Directory {
  /** The person this account belongs to; using it makes it the one last seen, and keeps where they write. */
  findByAccount(sighting: Sighting): Promise<KnownByAccount | null>
  /** Finds that person without noting that they were seen. */
  holderOf(identity: ChatIdentity): Promise<Person | null>
  findByEmail(email: string): Promise<Person | null>
  linkAccount(personId: string, sighting: Sighting, timeZone: string | null): Promise<void>
  /** The account is nobody's from now on: nothing is sent there, and nobody comes in by it. */
  revokeAccount(identity: ChatIdentity): Promise<void>
  /** The platform could not be asked: the account is good for a while more. */
  putOffCheck(identity: ChatIdentity): Promise<void>
  /** The account's person reads times in this zone (IANA) from now on, on what they were shown of trips ahead as well. */
  zoneChanged(identity: ChatIdentity, timeZone: string): Promise<void>
}

/** Why somebody is not let in. */
export type Unidentified = 'not_a_member' | 'not_in_directory' | 'inactive'

/** Asks the platform about somebody. `again` is for a person who waits for something else: it fails rather than taking long. */
export interface AskPlatform {
  first(): Promise<ChatProfile>
  again(): Promise<ChatProfile>
}

/**
 * Returns the person: by chat account, else by the address of their profile, which then becomes their account. The account of
 * somebody who has left may belong to somebody new by now (an address that changed makes a new person), so its profile is
 * asked again. So is, now and then, every other one: a guest, a bot, a closed account or another address is no way in. Nobody
 * is kept out because the platform cannot be asked.
 */
export async function identifyPerson(
  directory: Directory,
  sighting: Sighting,
  ask: AskPlatform,
): Promise<Person | Unidentified> {
  const found = await directory.findByAccount(sighting)
  if (!found) return byProfile(directory, sighting, await ask.first(), null)
  const { isCheckDue, ...known } = found
  if (!known.active) return byProfile(directory, sighting, await ask.first(), known)
  if (!isCheckDue) return inZone(directory, known, sighting)
  const profile = await ask.again().catch(() => null)
  if (!profile) await directory.putOffCheck(sighting)
  if (!profile || isStillTheirs(profile, known)) return inZone(directory, known, sighting)
  const somebody = await byProfile(directory, sighting, profile, null)
  if (typeof somebody === 'string') await directory.revokeAccount(sighting)
  return somebody
}

/** True if an account with this profile goes on being this person's way in. An address that is not told is no other address. */
export function isStillTheirs(profile: ChatProfile, { email }: Person): boolean {
  return profile.isMember && (profile.email === null || addressesOf(profile).includes(email))
}

async function byProfile(
  directory: Directory,
  sighting: Sighting,
  profile: ChatProfile,
  left: Person | null,
): Promise<Person | Unidentified> {
  if (!profile.isMember) return left ? 'inactive' : 'not_a_member'
  const person = await findByAddress(directory, profile)
  if (!person) return left ? 'inactive' : 'not_in_directory'
  if (!person.active) return 'inactive'
  const timeZone = sighting.timeZone ?? profile.timeZone
  await directory.linkAccount(person.id, sighting, timeZone)
  return { ...person, lastSeen: { platform: sighting.platform, timeZone } }
}

async function findByAddress(directory: Directory, profile: ChatProfile): Promise<Person | null> {
  for (const address of addressesOf(profile)) {
    const person = await directory.findByEmail(address)
    if (person) return person
  }
  return null
}

function addressesOf({ email, signInName }: ChatProfile): string[] {
  return [email, signInName].flatMap((address) => address?.toLowerCase() ?? [])
}

/** Whoever travels reads by the clock of the place. */
async function inZone(directory: Directory, person: Person, sighting: Sighting): Promise<Person> {
  const { platform, timeZone } = sighting
  if (timeZone === undefined || timeZone === person.lastSeen?.timeZone) return person
  await directory.zoneChanged(sighting, timeZone)
  return { ...person, lastSeen: { platform, timeZone } }
}
