import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DueBookingCard, DueHome, Recipient, SendOutcome } from '../../../src/core/notification/delivery.ts'
import { createTeamsAdapter } from '../../../src/surfaces/teams/adapter.ts'
import { createTeamsSender } from '../../../src/surfaces/teams/sender.ts'
import { type BotConnector, startBotConnector } from '../../support/bot-connector/start-bot-connector.ts'
import { buttonsOf, shownText } from '../../support/bot-connector/teams-person.ts'
import { aBooking, BERLIN, MARA, NOW } from '../../support/builders.ts'
import { aFullBooking } from '../../support/full-booking.ts'
import { aDelivery, someFacts } from '../email/notice-builders.ts'
import { LONG_TEXTS } from './cards/typed-texts.ts'
import { teamsAccount } from './teams-account.ts'

let teams: BotConnector
let sender: ReturnType<typeof createTeamsSender>

beforeEach(async () => {
  teams = await startBotConnector({ people: [{ name: MARA.name, email: MARA.email, hasApp: true }] })
  sender = createTeamsSender({ adapter: createTeamsAdapter(teams), now: () => NOW })
})
afterEach(() => teams.close())

/** Mara's card about Anna's trip, due for the first time. */
function aDueCard(changes: Partial<DueBookingCard> = {}): DueBookingCard {
  return {
    id: 'card',
    platform: 'teams',
    attempt: 1,
    failures: 0,
    triedSince: null,
    bookingEndedAt: null,
    acts: ['everything', 'posting'],
    drawnDigest: null,
    version: 1,
    recipient: {
      platform: 'teams',
      personId: MARA.id,
      name: MARA.name,
      email: MARA.email,
      zone: BERLIN,
      account: teamsAccount(teams, MARA.email),
    },
    kind: 'manager_approval',
    bookingId: 'booking',
    externalId: null,
    announcement: null,
    isAnnounced: true,
    leftExternalId: null,
    ...changes,
  }
}

type Fault = Parameters<BotConnector['faults']['add']>[0]

/** Mara, of whom no chat is known. */
function withoutConversation(): Recipient {
  return { ...aDueCard().recipient, account: { tenantId: teams.tenantId, userId: 'aad', conversation: null } }
}

const inChat = () => teams.person('mara').sees()

/** Mara's card, as it was posted first; where it is. */
async function posted(): Promise<string> {
  const outcome = await sender.draw(aDueCard(), aBooking())
  if (outcome.kind !== 'sent' || !outcome.externalId) throw new Error(JSON.stringify(outcome))
  return outcome.externalId
}

describe('a card in Teams', () => {
  it('is posted at first, with its buttons, and says where it is', async () => {
    const externalId = await posted()
    const [card, ...others] = inChat()
    expect(others).toEqual([])
    expect(externalId).toBe(`${card?.conversationId}|${card?.id}`)
    expect(card && shownText(card)).toContain('Anna Schmidt (Sales) asks for a car: Thu 5 Nov, 09:00 – 17:30')
    expect(card && buttonsOf(card)).toContain('Approve')
  })

  it('names the trip in its notification', async () => {
    await posted()
    expect(inChat()[0]?.activity.summary).toContain('Anna Schmidt (Sales) asks for a car')
  })

  it('is drawn anew in place', async () => {
    const externalId = await posted()
    const outcome = await sender.draw(aDueCard({ externalId, attempt: 2 }), aBooking({ status: 'approved' }))
    expect(outcome).toMatchObject({ kind: 'sent', externalId })
    const [card, ...others] = inChat()
    expect(others).toEqual([])
    expect(card?.updates).toBe(1)
    expect(card && shownText(card)).toContain('Approved by Mara Lindt as manager')
    expect(card && buttonsOf(card)).toEqual([])
  })

  it('is drawn in the chat where it stands, also when its reader has another by now', async () => {
    const externalId = await posted()
    const { recipient } = aDueCard()
    const conversation = { ...Object(recipient.account?.conversation), conversationId: 'a:1chat-later' }
    const moved = { ...recipient, account: { tenantId: teams.tenantId, userId: 'aad', conversation } }
    const outcome = await sender.draw(aDueCard({ externalId, recipient: moved }), aBooking({ status: 'approved' }))
    expect(outcome).toMatchObject({ kind: 'sent', externalId })
    expect(inChat()[0]?.updates).toBe(1)
  })

  it('is posted anew when its message is gone', async () => {
    const externalId = await posted()
    teams.chats.remove(externalId.split('|')[1] ?? '')
    const outcome = await sender.draw(aDueCard({ externalId, attempt: 2 }), aBooking({ status: 'approved' }))
    const [card, ...others] = inChat()
    expect(others).toEqual([])
    expect(outcome).toMatchObject({ kind: 'sent', externalId: `${card?.conversationId}|${card?.id}` })
    expect(outcome).not.toMatchObject({ externalId })
    expect(card && shownText(card)).toContain('Approved by Mara Lindt as manager')
  })

  it('is posted again to be answered, and the message before shrinks to a line', async () => {
    const externalId = await posted()
    const announcement = {
      id: 'reminder',
      kind: 'approval_reminder',
      facts: someFacts(),
      isRequester: false,
      createdAt: NOW.toISOString(),
    } as const
    const reminded = aDueCard({ externalId, announcement, isAnnounced: false })
    const again = await sender.draw(reminded, aBooking())
    expect(again).toMatchObject({ kind: 'sent', leftExternalId: externalId })
    const newest = inChat().at(-1)
    expect(newest && shownText(newest)).toMatch(/is still waiting for your answer[\s\S]*asks for a car/)
    expect(newest && buttonsOf(newest)).toContain('Approve')
    if (again.kind !== 'sent') throw new Error(again.error)
    const { externalId: at, digest: drawnDigest = null } = again
    const after = { ...reminded, externalId: at, drawnDigest, isAnnounced: true, leftExternalId: externalId }
    expect(await sender.draw(after, aBooking())).toMatchObject({ kind: 'sent', externalId: at })
    const [left] = inChat()
    expect(left && shownText(left)).toMatch(/has moved to a newer message below/)
    expect(left && buttonsOf(left)).toEqual([])
    expect(inChat()).toHaveLength(2)
  })

  it('is left as it is where the account of its reader lost its way in', async () => {
    const externalId = await posted()
    const recipient = { ...aDueCard().recipient, account: null }
    for (const card of [aDueCard({ externalId, recipient }), aDueCard({ leftExternalId: externalId, recipient })]) {
      expect(await sender.draw(card, aBooking({ status: 'approved' }))).toMatchObject({ kind: 'unreachable' })
    }
    expect(inChat().map(({ updates }) => updates)).toEqual([0])
  })

  it('is not posted anew because an update failed', async () => {
    const externalId = await posted()
    teams.faults.add({ kind: 'error', error: 'BadGateway', match: { method: 'UpdateActivity' } })
    expect(await sender.draw(aDueCard({ externalId, attempt: 2 }), aBooking())).toMatchObject({ kind: 'passing' })
    expect(inChat()).toHaveLength(1)
  })
})

describe.each([
  ['is posted', 'SendToConversation'],
  ['is updated', 'UpdateActivity'],
])('when a card %s', (_when, method) => {
  async function drawn(fault: Fault): Promise<SendOutcome> {
    const externalId = method === 'UpdateActivity' ? await posted() : null
    teams.faults.add({ ...fault, match: { method } })
    return sender.draw(aDueCard({ externalId }), aBooking())
  }

  it('waits as long as a 429 says', async () => {
    expect(await drawn({ kind: 'rate_limited', retryAfterSeconds: 7 })).toEqual({
      kind: 'paused',
      error: 'HTTP 429 Throttled',
      seconds: 7,
      act: 'everything',
      personOnly: true,
    })
  })

  it.each([
    ['429 without a pause', 'Throttled'],
    ['412', 'PreconditionFailed'],
    ['502', 'BadGateway'],
    ['504', 'GatewayTimeout'],
  ])('tries again after a %s, with one call an attempt', async (_status, error) => {
    expect(await drawn({ kind: 'error', error })).toEqual({ kind: 'passing', error: expect.stringContaining(error) })
    expect(teams.calls.filter(({ name }) => name === method)).toHaveLength(1)
  })

  it('gives up on somebody without the app', async () => {
    expect(await drawn({ kind: 'error', error: 'BotNotInConversationRoster' })).toEqual({
      kind: 'unreachable',
      error: expect.stringContaining('the app is not installed for them in Teams'),
    })
  })
})

describe('what Teams never takes', () => {
  it('fails for somebody who removed the app', async () => {
    for (const person of teams.people) person.hasApp = false
    expect(await sender.draw(aDueCard(), aBooking())).toMatchObject({ kind: 'unreachable' })
  })

  it('fails for somebody who never added it, without a call', async () => {
    const recipient = withoutConversation()
    const failed = { kind: 'unreachable', error: 'has not added Motorpool in Teams yet' }
    expect(await sender.draw(aDueCard({ recipient }), aBooking())).toEqual(failed)
    expect(await sender.deliver(aDelivery({ channel: 'teams', recipient }))).toEqual(failed)
    expect(teams.calls).toEqual([])
  })

  it('fails for everybody with a wrong password', async () => {
    const adapter = createTeamsAdapter({ ...teams, appPassword: 'wrong' })
    const outcome = await createTeamsSender({ adapter, now: () => NOW }).draw(aDueCard(), aBooking())
    expect(outcome).toEqual({
      kind: 'setup',
      error: expect.stringContaining('invalid_client'),
      act: 'everything',
    })
  })

  it('has no Home', async () => {
    const home: DueHome = { ...aDueCard(), kind: 'home', viewState: null }
    expect(await sender.drawHome(home)).toMatchObject({ kind: 'refused' })
  })
})

/** Bytes of a card with the message around it: the smallest figure that Microsoft states. https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using */
const LARGEST = 28_000

it.each(LONG_TEXTS)('sends the longest cards, of %s, in messages that are small enough', async (_what, typed) => {
  for (const status of ['pending_manager', 'approved', 'rejected'] as const) {
    const outcome = await sender.draw(aDueCard(), aFullBooking(typed, status))
    expect(outcome).toMatchObject({ kind: 'sent' })
  }
  const bodies = teams.calls.filter(({ name }) => name === 'SendToConversation').map(({ body }) => JSON.stringify(body))
  expect(bodies).toHaveLength(3)
  for (const body of bodies) expect(Buffer.byteLength(body)).toBeLessThan(LARGEST)
})
