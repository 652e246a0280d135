import { WebClient } from '@slack/web-api'
import type { DueDelivery } from '../../src/core/notification/delivery.ts'
import { createResendTransport } from '../../src/surfaces/email/resend-transport.ts'
import { createEmailSender } from '../../src/surfaces/email/sender.ts'
import { createSlackProfiles } from '../../src/surfaces/slack/profiles.ts'
import { createSlackSender } from '../../src/surfaces/slack/sender.ts'
import { createTokenIdentity } from '../../src/surfaces/slack/token-identity.ts'
import { listenLocally } from '../../src/workspace/protocol/listen-locally.ts'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import { silentLogger } from '../support/silent-logger.ts'
import { textOf } from '../support/slack-person.ts'
import { aDelivery } from '../surfaces/email/notice-builders.ts'
import { describeSender, type SenderUnderTest } from './sender-contract.ts'

const ANNA = { name: 'Anna Schmidt', email: 'anna@example.com', timeZone: 'Europe/Berlin' }
/** Long after the deliveries happened: whatever a sender says of the present would show. */
const NOW = new Date('2026-06-01T12:00:00Z')

function startSlack(): Promise<LocalSlack> {
  return listenLocally({
    signingSecret: 'secret',
    botToken: 'xoxb-test',
    team: { id: 'TTEST', name: 'Example Company' },
    botName: 'Motorpool',
    people: [ANNA, { name: 'Gina Guest', email: 'gina@example.com', timeZone: 'UTC', guest: true }],
  })
}

function to(delivery: DueDelivery, email: string): DueDelivery {
  return { ...delivery, recipient: { ...delivery.recipient, email } }
}

describeSender('Slack', async (): Promise<SenderUnderTest> => {
  const slack = await startSlack()
  const client = new WebClient('xoxb-test', {
    slackApiUrl: `${slack.baseUrl}/slack/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silentLogger,
  })
  const { deliver } = createSlackSender({
    client,
    profiles: createSlackProfiles(client, [], createTokenIdentity(client)),
    directory: { linkAccount: async () => {} },
    now: () => NOW,
    readHome: async () => null,
    closeIfOut: async () => {},
  })
  return {
    deliver,
    delivery: (changes) => aDelivery({ channel: 'slack', ...changes }),
    unreachable: () => to(aDelivery({ channel: 'slack' }), 'gina@example.com'),
    faults: slack.faults,
    method: 'chat.postMessage',
    codes: { setup: 'token_expired', refused: 'invalid_blocks', unknown: 'moon_in_the_wrong_phase' },
    limited: { act: 'posting', personOnly: true },
    arrived: () => slack.people.flatMap(({ userId }) => slack.messages(userId).map(textOf)),
    namesMessages: true,
    tellsRepeats: true,
    close: () => slack.close(),
  }
})

describeSender('mail', async (): Promise<SenderUnderTest> => {
  const slack = await startSlack()
  const { deliver } = createEmailSender({
    from: 'Motorpool <cars@example.com>',
    chatOf: async () => null,
    transport: createResendTransport({ apiKey: 're_test', baseUrl: `${slack.baseUrl}/mail` }, () => NOW),
  })
  return {
    deliver,
    delivery: (changes) => aDelivery(changes),
    unreachable: () => to(aDelivery(), 'no address at all'),
    faults: slack.mail.faults,
    method: 'emails.send',
    codes: { setup: 'invalid_from_address', refused: 'invalid_attachment', unknown: 'moon_in_the_wrong_phase' },
    limited: { act: 'everything', personOnly: false },
    arrived: () => slack.mail.all().map(({ subject, text }) => `${subject}\n${text}`),
    namesMessages: true,
    tellsRepeats: true,
    close: () => slack.close(),
  }
})
