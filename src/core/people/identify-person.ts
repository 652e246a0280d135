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
  /** IANA name. */
  timeZone: string | null
  /** A full member of the company's own organisation: no guest, no bot, nobody from elsewhere, not deactivated. */
  isMember: boolean
}

export interface Directory {
  /** The person this account belongs to; using it makes it the one last seen, and keeps where they write. */
  findByAccount(sighting: Sighting): Promise<Person | null>
  findByEmail(email: string): Promise<Person | null>
  linkAccount(personId: string, sighting: Sighting, timeZone: string | null): Promise<void>
  /** The account's person reads times in this zone (IANA) from now on, on what they were shown of trips ahead as well. */
  zoneChanged(identity: ChatIdentity, timeZone: string): Promise<void>
}

/** Why somebody is not let in. */
export type Unidentified = 'not_a_member' | 'not_in_directory' | 'inactive'

/**
 * Who this is: by chat account, else by the email of their profile, which then becomes their account. An account whose
 * person has left may belong to somebody new by now (an address that changed makes a new person), so its profile is asked
 * again. `profile` asks the platform, and only when it is needed.
 */
export async function identifyPerson(
  directory: Directory,
  sighting: Sighting,
  profile: () => Promise<ChatProfile>,
): Promise<Person | Unidentified> {
  const known = await directory.findByAccount(sighting)
  if (known?.active) return inZone(directory, known, sighting)
  const { isMember, email, ...rest } = await profile()
  const timeZone = sighting.timeZone ?? rest.timeZone
  if (!isMember) return known ? 'inactive' : 'not_a_member'
  const person = email ? await directory.findByEmail(email.toLowerCase()) : null
  if (!person) return known ? 'inactive' : 'not_in_directory'
  if (!person.active) return 'inactive'
  await directory.linkAccount(person.id, sighting, timeZone)
  return { ...person, lastSeen: { platform: sighting.platform, timeZone } }
}

/** Whoever travels reads by the clock of the place. */
async function inZone(directory: Directory, person: Person, sighting: Sighting): Promise<Person> {
  const { platform, timeZone } = sighting
  if (timeZone === undefined || timeZone === person.lastSeen?.timeZone) return person
  await directory.zoneChanged(sighting, timeZone)
  return { ...person, lastSeen: { platform, timeZone } }
}
