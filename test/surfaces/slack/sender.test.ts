import { WebClient } from '@slack/web-api'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { DueBookingCard, DueDelivery, DueHome, Recipient } from '../../../src/core/notification/delivery.ts'
import { createSlackProfiles } from '../../../src/surfaces/slack/profiles.ts'
import { createSlackSender } from '../../../src/surfaces/slack/sender.ts'
import { createTokenIdentity } from '../../../src/surfaces/slack/token-identity.ts'
import { listenLocally } from '../../../src/workspace/protocol/listen-locally.ts'
import type { LocalSlack } from '../../../src/workspace/protocol/local-slack.ts'
import { aBooking, BERLIN, MARA, NOW } from '../../support/builders.ts'
import { silentLogger } from '../../support/silent-logger.ts'
import { textOf } from '../../support/slack-person.ts'
import { aDelivery, someFacts } from '../email/notice-builders.ts'

let slack: LocalSlack
let sender: ReturnType<typeof createSlackSender>
let linked: string[]
let ids: { mara: string; ghost: string }

beforeEach(async () => {
  slack = await listenLocally({
    signingSecret: 'secret',
    botToken: 'xoxb-test',
    team: { id: 'TTEST', name: 'Example Company' },
    botName: 'Motorpool',
    people: [
      { name: MARA.name, email: MARA.email, timeZone: BERLIN },
      { name: 'Mara before', email: 'mara.before@example.com', timeZone: BERLIN, deleted: true },
    ],
  })
  const [mara, ghost] = slack.people
  ids = { mara: mara?.userId ?? '', ghost: ghost?.userId ?? '' }
  linked = []
  const client = new WebClient('xoxb-test', {
    slackApiUrl: `${slack.baseUrl}/slack/api/`,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logger: silentLogger,
  })
  sender = createSlackSender({
    client,
    profiles: createSlackProfiles(client, [], createTokenIdentity(client)),
    directory: {
      linkAccount: async (_personId, { userId }) => {
        linked.push(userId)
      },
    },
    now: () => NOW,
    readHome: async () => null,
    closeIfOut: async () => {},
  })
})
afterEach(() => slack.close())

const withAccount = (userId: string): Recipient => ({
  personId: MARA.id,
  name: MARA.name,
  email: MARA.email,
  zone: BERLIN,
  platform: 'slack',
  account: { tenantId: 'TTEST', userId, conversation: null },
})

const toMara = (changes: Partial<DueDelivery> = {}): DueDelivery =>
  aDelivery({ channel: 'slack', recipient: withAccount(ids.mara), ...changes })

/** Mara's card about Anna's trip, due for the first time. */
const aCard = (changes: Partial<DueBookingCard> = {}): DueBookingCard => ({
  id: 'card',
  platform: 'slack',
  attempt: 1,
  failures: 0,
  triedSince: null,
  bookingEndedAt: null,
  acts: ['everything', 'posting'],
  drawnDigest: null,
  version: 1,
  recipient: withAccount(ids.mara),
  kind: 'manager_approval',
  bookingId: 'booking',
  externalId: null,
  announcement: null,
  isAnnounced: true,
  leftExternalId: null,
  ...changes,
})

const inChat = () => slack.messages(ids.mara)
const callsOf = (method: string) => slack.calls.filter((call) => call.method === method)

async function drawn(card: DueBookingCard, booking = aBooking()) {
  const outcome = await sender.draw(card, booking)
  if (outcome.kind !== 'sent' || !outcome.externalId) throw new Error(JSON.stringify(outcome))
  return { ...outcome, externalId: outcome.externalId }
}

describe('a conversation that is no longer the one that was remembered', () => {
  it('is opened again before anything is said of the person', async () => {
    await sender.deliver(toMara())
    slack.faults.add({ kind: 'error', error: 'channel_not_found', match: { method: 'chat.postMessage' } })
    const outcome = await sender.deliver(toMara({ id: crypto.randomUUID() }))
    expect(outcome).toMatchObject({ kind: 'sent' })
    expect(inChat()).toHaveLength(2)
    expect(callsOf('conversations.open')).toHaveLength(2)
  })

  it('and stays so after it was opened again means that the person cannot be reached', async () => {
    slack.faults.add({ kind: 'error', error: 'channel_not_found', match: { method: 'chat.postMessage' }, times: 9 })
    expect(await sender.deliver(toMara())).toEqual({ kind: 'unreachable', error: 'channel_not_found' })
  })
})

describe('an account that is closed', () => {
  it('is looked up by email again, and the new one is linked and used', async () => {
    const outcome = await sender.deliver(toMara({ recipient: withAccount(ids.ghost) }))
    expect(outcome).toMatchObject({ kind: 'sent' })
    expect(linked).toEqual([ids.mara])
    expect(inChat()).toHaveLength(1)
  })

  it('with no other of that address leaves the person unreachable', async () => {
    const recipient = { ...withAccount(ids.ghost), email: 'mara.before@example.com' }
    expect(await sender.deliver(toMara({ recipient }))).toEqual({ kind: 'unreachable', error: 'user_disabled' })
    expect(linked).toEqual([])
  })
})

describe('an earlier message that is looked for', () => {
  const again = () => toMara({ attempt: 2, triedSince: new Date(Date.now() - 1000) })

  it('is found however many came after it', async () => {
    await sender.deliver(toMara())
    await Promise.all(Array.from({ length: 20 }, () => sender.deliver(toMara({ id: crypto.randomUUID() }))))
    await sender.deliver(again())
    expect(inChat()).toHaveLength(21)
    const asked = callsOf('conversations.history')
    expect(asked).toHaveLength(2)
    for (const { args } of asked) expect(args).toMatchObject({ limit: '15', oldest: expect.stringMatching(/^\d/) })
  })

  it.each(['missing_scope', 'not_allowed_token_type', 'moon_in_the_wrong_phase'])(
    'is no reason to lose the message when Slack answers %s',
    async (error) => {
      slack.faults.add({ kind: 'error', error, match: { method: 'conversations.history' } })
      expect(await sender.deliver(again())).toMatchObject({ kind: 'sent' })
      expect(inChat()).toHaveLength(1)
    },
  )

  it.each([
    [
      'a 429',
      { kind: 'rate_limited', retryAfterSeconds: 30 },
      { kind: 'paused', seconds: 30, act: 'finding_messages' },
    ],
    ['no answer', { kind: 'drop_before_acting' }, { kind: 'passing' }],
    ['a code that passes', { kind: 'error', error: 'internal_error' }, { kind: 'passing', error: 'internal_error' }],
    ['a wrong token', { kind: 'error', error: 'token_revoked' }, { kind: 'setup', act: 'everything' }],
  ] as const)('is asked for again later after %s', async (_what, fault, expected) => {
    slack.faults.add({ ...fault, match: { method: 'conversations.history' } })
    expect(await sender.deliver(again())).toMatchObject(expected)
    expect(inChat()).toHaveLength(0)
  })

  it('is not looked for where none can have been sent', async () => {
    await sender.deliver(toMara({ attempt: 7 }))
    expect(callsOf('conversations.history')).toEqual([])
  })
})

describe('a card that cannot be edited any more', () => {
  const approved = aBooking({ status: 'approved' })

  it.each(['message_not_found', 'cant_update_message', 'edit_window_closed', 'channel_not_found', 'is_archived'])(
    '(%s) is posted again, and later attempts do not find the old one',
    async (error) => {
      const { externalId } = await drawn(aCard())
      slack.faults.add({ kind: 'error', error, match: { method: 'chat.update' }, times: 2 })
      slack.faults.add({ kind: 'drop_after_acting', match: { method: 'chat.postMessage' } })
      const card = aCard({ externalId, attempt: 2, triedSince: null })
      expect(await sender.draw(card, approved)).toMatchObject({ kind: 'passing' })
      const second = await drawn({ ...card, attempt: 3, triedSince: new Date(Date.now() - 1000) }, approved)
      expect(second.externalId).not.toBe(externalId)
      expect(inChat()).toHaveLength(2)
    },
  )

  it('since Slack takes only short texts in an edit is shown briefly, then posted', async () => {
    const { externalId } = await drawn(aCard())
    slack.faults.add({ kind: 'error', error: 'msg_too_long', match: { method: 'chat.update' }, times: 1 })
    expect(await drawn(aCard({ externalId }), approved)).toMatchObject({ externalId })
    slack.faults.add({ kind: 'error', error: 'msg_too_long', match: { method: 'chat.update' }, times: 2 })
    expect((await drawn(aCard({ externalId }), approved)).externalId).not.toBe(externalId)
  })

  it('but may be by and by is left as it is until then', async () => {
    const { externalId } = await drawn(aCard())
    slack.faults.add({ kind: 'error', error: 'fatal_error', match: { method: 'chat.update' } })
    expect(await sender.draw(aCard({ externalId }), approved)).toEqual({ kind: 'passing', error: 'fatal_error' })
    expect(inChat()).toHaveLength(1)
  })
})

describe('a card of somebody whose account lost its way in', () => {
  const withoutAccount = (email: string): Recipient => ({ ...withAccount(''), email, account: null })
  const approved = aBooking({ status: 'approved' })

  it('is left as it is', async () => {
    const { externalId } = await drawn(aCard())
    for (const card of [aCard({ externalId }), aCard({ externalId: null, leftExternalId: externalId })]) {
      const outcome = await sender.draw({ ...card, recipient: withoutAccount('mara.before@example.com') }, approved)
      expect(outcome).toEqual({
        kind: 'unreachable',
        error: 'no full member of this Slack has their email address',
      })
    }
    expect(callsOf('chat.update')).toEqual([])
    expect(inChat()).toHaveLength(1)
  })

  it('is drawn again once the account is found again', async () => {
    const { externalId } = await drawn(aCard())
    const outcome = await sender.draw(aCard({ externalId, recipient: withoutAccount(MARA.email) }), approved)
    expect(outcome).toMatchObject({ kind: 'sent', externalId })
    expect(linked).toEqual([ids.mara])
    expect(inChat()).toHaveLength(1)
  })

  it('is posted to another account that has their address now', async () => {
    const outcome = await sender.draw(
      aCard({ externalId: 'DELSE:1.000100', recipient: withoutAccount(MARA.email) }),
      approved,
    )
    expect(outcome).toMatchObject({ kind: 'sent', externalId: expect.stringMatching(/^(?!DELSE)/) })
    expect(callsOf('chat.update')).toEqual([])
    expect(inChat()).toHaveLength(1)
  })
})

describe('a card that is posted again to be answered', () => {
  const announcement = {
    id: 'reminder',
    kind: 'approval_reminder',
    facts: someFacts({ requesterName: 'Anna Schmidt', dueAt: '2026-11-03T16:00:00.000Z', waitingFor: ['Mara Lindt'] }),
    isRequester: false,
    createdAt: NOW.toISOString(),
  } as const

  it('stands at the bottom with its buttons and says why, and the message before shrinks to a line', async () => {
    const { externalId } = await drawn(aCard())
    await sender.deliver(toMara({ id: crypto.randomUUID() }))
    const reminded = aCard({ externalId, announcement, isAnnounced: false })
    const again = await drawn(reminded)
    expect(again).toMatchObject({ leftExternalId: externalId })
    const newest = () => inChat().at(-1)
    expect(newest()?.text).toMatch(/^Anna Schmidt \(Sales\) is still waiting for your answer/)
    expect(newest() && textOf(newest() ?? { blocks: [] })).toMatch(/Please answer by[\s\S]*asks for a car/)
    expect(newest()?.blocks.some(({ type }) => type === 'actions')).toBe(true)

    const after = { ...reminded, externalId: again.externalId, isAnnounced: true, leftExternalId: externalId }
    const settled = await drawn({ ...after, drawnDigest: again.digest ?? null })
    expect(settled).toMatchObject({ externalId: again.externalId, digest: again.digest })
    expect(settled.leftExternalId ?? null).toBeNull()
    expect(inChat()[0]?.text).toMatch(/^Booking #\d+ has moved to a newer message below/)
    expect(inChat()[0]?.blocks.some(({ type }) => type === 'actions')).toBe(false)
    expect(callsOf('chat.update')).toHaveLength(1)
  })

  it('is found again where the answer was lost', async () => {
    const { externalId } = await drawn(aCard())
    slack.faults.add({ kind: 'drop_after_acting', match: { method: 'chat.postMessage' } })
    const reminded = aCard({ externalId, announcement, isAnnounced: false })
    expect(await sender.draw(reminded, aBooking())).toMatchObject({ kind: 'passing' })
    await drawn({ ...reminded, attempt: 3, triedSince: new Date(Date.now() - 1000) })
    expect(inChat()).toHaveLength(2)
  })

  it('is only redrawn once there is nothing left to answer', async () => {
    const { externalId } = await drawn(aCard())
    const reminded = aCard({ externalId, announcement, isAnnounced: false })
    expect(await drawn(reminded, aBooking({ status: 'approved' }))).toMatchObject({ externalId })
    expect(inChat()).toHaveLength(1)
    expect(inChat()[0]?.text).not.toMatch(/still waiting/)
  })
})

describe('a card that would look the same', () => {
  it('is not sent again, and one that looks different is', async () => {
    const { externalId, digest = null } = await drawn(aCard())
    expect(await drawn(aCard({ externalId, drawnDigest: digest }))).toMatchObject({ externalId, digest })
    expect(callsOf('chat.update')).toEqual([])
    const other = await drawn(aCard({ externalId, drawnDigest: digest }), aBooking({ status: 'approved' }))
    expect(other.digest).not.toBe(digest)
    expect(callsOf('chat.update')).toHaveLength(1)
    const [card] = inChat()
    expect(card?.blocks.some(({ type }) => type === 'actions')).toBe(false)
    expect(card && textOf(card)).toContain('Approved by Mara Lindt as manager')
  })

  it('is sent where it is not certain what is shown', async () => {
    const { externalId } = await drawn(aCard())
    await drawn(aCard({ externalId, drawnDigest: null }))
    expect(callsOf('chat.update')).toHaveLength(1)
  })
})

it('says of a 429 which method it was', async () => {
  const { externalId } = await drawn(aCard())
  slack.faults.add({ kind: 'rate_limited', retryAfterSeconds: 8, match: { method: 'chat.update' } })
  expect(await sender.draw(aCard({ externalId }), aBooking({ status: 'approved' }))).toEqual({
    kind: 'paused',
    error: 'rate limited',
    seconds: 8,
    act: 'redrawing',
    personOnly: false,
  })
})

it('says of a missing scope what cannot be done without it', async () => {
  const recipient = { ...withAccount(ids.mara), account: null }
  slack.faults.add({ kind: 'error', error: 'missing_scope', match: { method: 'users.lookupByEmail' } })
  expect(await sender.deliver(toMara({ recipient }))).toEqual({
    kind: 'setup',
    error: 'missing_scope',
    act: 'finding_people',
  })
})

it('shows a Home to nobody who is gone', async () => {
  const home: DueHome = { ...aCard(), kind: 'home', viewState: null }
  expect(await sender.drawHome(home)).toMatchObject({ kind: 'unreachable' })
})
