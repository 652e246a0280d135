import { createHash } from 'node:crypto'
import type { UsersInfoResponse } from '@slack/web-api'
import type { WorkspacePerson } from './page-api.ts'

type SlackUser = NonNullable<UsersInfoResponse['user']>

export interface PersonOptions {
  /** Made from the email address when absent, so that it stays the same over restarts. */
  userId?: string
  name: string
  email: string
  title?: string
  /** IANA name. */
  timeZone: string
  guest?: boolean
  bot?: boolean
  deleted?: boolean
  /** Another organisation, met through Slack Connect. */
  teamId?: string
}

export interface DirectoryPerson extends WorkspacePerson {
  /** The conversation between this person and the bot. */
  channel: string
  teamId: string
  guest: boolean
  bot: boolean
  deleted: boolean
  /** A member of another organisation. */
  stranger: boolean
}

export interface Directory {
  people: readonly DirectoryPerson[]
  byId(userId: string): DirectoryPerson | undefined
  byEmail(email: string): DirectoryPerson | undefined
  /** The person whose conversation with the bot this is. */
  byChannel(channel: string): DirectoryPerson | undefined
  /** Whether the bot may write to this person: not to bots, people who left, or other organisations. */
  canBeWrittenTo(person: DirectoryPerson): boolean
  setTimeZone(person: DirectoryPerson, timeZone: string): void
  change(person: DirectoryPerson, changes: Partial<DirectoryPerson>): void
}

export function createDirectory(teamId: string, options: readonly PersonOptions[], changed: () => void): Directory {
  const people = options.map((person) => directoryPerson(teamId, person))
  return {
    people,
    byId: (userId) => people.find((person) => person.userId === userId),
    byEmail: (email) => people.find((person) => person.email.toLowerCase() === email.toLowerCase()),
    byChannel: (channel) => people.find((person) => person.channel === channel),
    canBeWrittenTo: (person) => !person.bot && !person.deleted && !person.stranger,
    setTimeZone: (person, timeZone) => {
      person.timeZone = timeZone
      changed()
    },
    change: (person, changes) => {
      Object.assign(person, changes)
      changed()
    },
  }
}

function directoryPerson(teamId: string, person: PersonOptions): DirectoryPerson {
  return {
    userId: person.userId ?? `U${idOf(person.email)}`,
    channel: `D${idOf(person.email)}`,
    name: person.name,
    email: person.email,
    title: person.title ?? '',
    timeZone: person.timeZone,
    teamId: person.teamId ?? teamId,
    guest: person.guest ?? false,
    bot: person.bot ?? false,
    deleted: person.deleted ?? false,
    stranger: person.teamId !== undefined && person.teamId !== teamId,
  }
}

function idOf(email: string): string {
  const hash = createHash('sha256').update(email.toLowerCase()).digest('hex')
  return BigInt(`0x${hash}`).toString(36).toUpperCase().slice(0, 10)
}

/** The short name a person has in Slack's payloads, for example "anna" for anna@example.com. */
export function userName(person: DirectoryPerson): string {
  return person.email.split('@')[0] ?? person.userId
}

/** A user object. https://docs.slack.dev/reference/objects/user-object */
export function slackUser(person: DirectoryPerson, at: number): SlackUser {
  const firstName = person.name.split(' ')[0]
  return {
    id: person.userId,
    team_id: person.teamId,
    name: userName(person),
    deleted: person.deleted,
    real_name: person.name,
    tz: person.timeZone,
    tz_label: person.timeZone,
    tz_offset: offsetSeconds(person.timeZone, at),
    profile: {
      real_name: person.name,
      real_name_normalized: person.name,
      display_name: person.name,
      display_name_normalized: person.name,
      first_name: firstName,
      title: person.title,
      email: person.bot ? undefined : person.email,
      team: person.teamId,
    },
    is_admin: false,
    is_owner: false,
    is_restricted: person.guest,
    is_ultra_restricted: false,
    is_bot: person.bot,
    is_app_user: false,
    is_stranger: person.stranger,
    updated: 0,
  } as SlackUser
}

function offsetSeconds(timeZone: string, at: number): number {
  const parts = new Intl.DateTimeFormat('en-US', { timeZone, timeZoneName: 'longOffset' }).formatToParts(at)
  const name = parts.find((part) => part.type === 'timeZoneName')?.value ?? 'GMT'
  const match = /GMT([+-])(\d{2}):(\d{2})/.exec(name)
  if (!match) return 0
  return (match[1] === '-' ? -1 : 1) * (Number(match[2]) * 3600 + Number(match[3]) * 60)
}
