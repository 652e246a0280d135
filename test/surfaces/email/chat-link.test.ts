import { expect, it } from 'vitest'
import { chatLinks } from '../../../src/surfaces/email/chat-link.ts'

const slack = async () => 'https://slack.example/'
const teams = 'https://teams.example/'
const inSlack = { platform: 'slack', url: 'https://slack.example/' }
const inTeams = { platform: 'teams', url: 'https://teams.example/' }

it.each([
  ['where somebody was last seen: Slack', { slack, teams }, 'slack', inSlack],
  ['where somebody was last seen: Teams', { slack, teams }, 'teams', inTeams],
  ['Slack, for somebody who was never seen', { slack, teams }, null, inSlack],
  ['Teams, in a company that has nothing else', { slack: null, teams }, null, inTeams],
  ['Teams, once the company has left Slack', { slack: null, teams }, 'slack', inTeams],
  ['nowhere, while no address is known', { slack: async () => null, teams: null }, 'slack', null],
] as const)('a mail leads %s', async (_where, urls, platform, link) => {
  expect(await chatLinks(urls)({ platform })).toEqual(link)
})
