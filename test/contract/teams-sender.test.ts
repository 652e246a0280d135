import { createTeamsAdapter } from '../../src/surfaces/teams/adapter.ts'
import { createTeamsSender } from '../../src/surfaces/teams/sender.ts'
import { startBotConnector } from '../support/bot-connector/start-bot-connector.ts'
import { shownText } from '../support/bot-connector/teams-person.ts'
import { aDelivery } from '../surfaces/email/notice-builders.ts'
import { teamsAccount } from '../surfaces/teams/teams-account.ts'
import { describeSender, type SenderUnderTest } from './sender-contract.ts'

/** Long after the deliveries happened: whatever a sender says of the present would show. */
const NOW = new Date('2026-06-01T12:00:00Z')

describeSender('Teams', async (): Promise<SenderUnderTest> => {
  const teams = await startBotConnector({
    people: [
      { name: 'Anna Schmidt', email: 'anna@example.com', hasApp: true },
      { name: 'Ben Koch', email: 'ben@example.com', hasApp: false },
    ],
  })
  const { deliver } = createTeamsSender({ adapter: createTeamsAdapter(teams), now: () => NOW })
  const to = (email: string, changes = {}) => {
    const delivery = aDelivery({ channel: 'teams', ...changes })
    return { ...delivery, recipient: { ...delivery.recipient, account: teamsAccount(teams, email) } }
  }
  return {
    deliver,
    delivery: (changes) => to('anna@example.com', changes),
    unreachable: () => to('ben@example.com'),
    faults: teams.faults,
    method: 'SendToConversation',
    codes: { setup: 'InvalidBotApiHost', refused: 'MessageSizeTooBig', unknown: 'MoonInTheWrongPhase' },
    limited: { act: 'everything', personOnly: true },
    arrived: () => teams.people.flatMap(({ conversationId }) => teams.chats.seenIn(conversationId).map(shownText)),
    namesMessages: true,
    tellsRepeats: false,
    close: () => teams.close(),
  }
})
