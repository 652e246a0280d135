import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { createTeamsAdapter } from '../../../src/surfaces/teams/adapter.ts'
import { createTeamsProfiles, type TeamsProfiles } from '../../../src/surfaces/teams/profiles.ts'
import type { TeamsUserOptions } from '../../support/bot-connector/people.ts'
import { type BotConnector, startBotConnector } from '../../support/bot-connector/start-bot-connector.ts'
import { settingsFor } from './reached-bot.ts'

const PEOPLE: TeamsUserOptions[] = [
  { name: 'Anna Berg', email: 'Anna.Berg@example.com', hasApp: true },
  { name: 'Nomail Nowak', email: null, hasApp: true },
  { name: 'Gus Guest', email: 'gus@elsewhere.example', userRole: 'guest', hasApp: true },
  { name: 'Anon Ymous', email: 'mara.vogt@example.com', userRole: 'anonymous', hasApp: true },
  { name: 'Fay Federated', email: 'hanna.roth@example.com', tenantId: 'a-partner', hasApp: true },
]

let teams: BotConnector
let profiles: TeamsProfiles

beforeEach(async () => {
  teams = await startBotConnector({ people: PEOPLE })
  const settings = settingsFor(teams)
  profiles = createTeamsProfiles(createTeamsAdapter(settings), settings.tenantId.toUpperCase())
})
afterEach(() => teams.close())

const profileOf = (name: string) => {
  const { serviceUrl, appId } = teams
  const { conversationId, userId } = teams.person(name).user
  return profiles.profileOf({ serviceUrl, conversationId, userId, botId: `28:${appId}` }, userId)
}

describe('a profile', () => {
  it('of somebody in the tenant says so, with their address', async () => {
    expect(await profileOf('anna')).toEqual({
      isMember: true,
      email: 'Anna.Berg@example.com',
      signInName: 'Anna.Berg@example.com',
      timeZone: null,
    })
  })

  it('may have no address, but a sign-in name', async () => {
    expect(await profileOf('nomail')).toEqual({
      isMember: true,
      email: null,
      signInName: 'nomail.nowak@example.com',
      timeZone: null,
    })
  })

  it.each(['gus', 'anon', 'fay'])(
    'of somebody from elsewhere (%s) is no member’s, whatever its address',
    async (name) => {
      expect(await profileOf(name)).toMatchObject({ isMember: false })
    },
  )

  it('of a guest whose role is not told is known by the sign-in name', async () => {
    const { user } = teams.person('gus')
    Object.assign(user, { userRole: 'user' })
    expect(await profileOf('gus')).toMatchObject({ isMember: false })
  })
})
