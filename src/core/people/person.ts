import type { WorkingHours } from './working-hours.ts'

export type Role = 'employee' | 'manager' | 'hr' | 'admin'
export type ChatPlatform = 'slack' | 'teams'

export interface Site {
  id: string
  name: string
  /** IANA name. */
  timeZone: string
  /** ISO weekdays (Monday is 1, Sunday 7); null: the company's. */
  workingDays: number[] | null
  /** Null: the company's. */
  workingHours: WorkingHours | null
}

/** Somebody in the company directory. The email address is the identity. */
export interface Person {
  id: string
  email: string
  name: string
  role: Role
  department: string
  managerId: string | null
  site: Site
  /** Where they last used Motorpool: new messages go there, in that account's time zone. */
  lastSeen: { platform: ChatPlatform; timeZone: string | null } | null
  /** IANA name; the site's zone counts where a person states none. */
  timeZone: string | null
  active: boolean
  /** Grows when they go away or come back: whom to ask was decided by it. */
  awayVersion: number
}

/** The zone in which this person reads times: their chat account's, else their own, else the site's. */
export function readerZone(person: Pick<Person, 'lastSeen' | 'timeZone' | 'site'>): string {
  return person.lastSeen?.timeZone ?? person.timeZone ?? person.site.timeZone
}
