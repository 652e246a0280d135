import { type Activity, ActivityTypes } from 'botbuilder'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { Conversation } from '../../../src/surfaces/teams/conversation.ts'
import { conversationOf, tenantOf } from '../../../src/surfaces/teams/conversation.ts'
import { buttonsOf, shownText, type TeamsPerson } from '../../support/bot-connector/teams-person.ts'
import { type ReachedBot, reachedBot } from './reached-bot.ts'

let bot: ReachedBot
let anna: TeamsPerson
let received: Activity[]

beforeEach(async () => {
  bot = await reachedBot()
  anna = bot.teams.person('anna')
  received = []
  bot.handle = async ({ activity }) => void received.push(activity)
})
afterEach(() => bot.close())

const CARD = {
  type: 'AdaptiveCard',
  version: '1.5',
  body: [
    { type: 'TextBlock', text: 'Octavia for Ben' },
    { type: 'RichTextBlock', inlines: ['To ', { type: 'TextRun', text: '*Hamburg*' }] },
    { type: 'Input.Text', id: 'note', value: 'as it was' },
  ],
  actions: [
    { type: 'Action.Execute', title: 'Approve', verb: 'booking.approve', data: { stepId: '7' } },
    {
      type: 'Action.ShowCard',
      title: 'Reject',
      card: {
        type: 'AdaptiveCard',
        body: [{ type: 'Input.Text', id: 'reason', isRequired: true, errorMessage: 'Please say why' }],
        actions: [{ type: 'Action.Execute', title: 'Reject', verb: 'booking.reject', data: { stepId: '7' } }],
      },
    },
  ],
}

async function shownCard() {
  const { conversationId, userId } = anna.user
  const chat = { serviceUrl: bot.teams.serviceUrl, conversationId, userId, botId: `28:${bot.teams.appId}` }
  const attachments = [{ contentType: 'application/vnd.microsoft.card.adaptive', content: CARD }]
  await bot.adapter.post(chat, { attachments })
  return anna.waitFor(/Octavia for Ben/)
}

function answersPresses(body: object): void {
  bot.handle = async (context) => {
    received.push(context.activity)
    await context.sendActivity({ type: ActivityTypes.InvokeResponse, value: { status: 200, body } })
  }
}

describe('somebody with a Teams client', () => {
  it('reads a card and its buttons', async () => {
    const seen = await shownCard()
    expect(shownText(seen)).toBe('Octavia for Ben\nTo *Hamburg*')
    expect(buttonsOf(seen)).toEqual(['Approve', 'Reject', 'Reject'])
  })

  it('presses a button: the card that is answered takes its place', async () => {
    const value = { ...CARD, body: [{ type: 'TextBlock', text: 'Approved' }], actions: [] }
    answersPresses({ statusCode: 200, type: 'application/vnd.microsoft.card.adaptive', value })
    const seen = await shownCard()
    expect(await anna.presses(seen, 'Approve', { note: 'fine' })).toMatchObject({ status: 200, said: null })
    expect(received[0]).toMatchObject({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: seen.id,
      value: { action: { verb: 'booking.approve', data: { stepId: '7', note: 'fine' } } },
    })
    expect(anna.sees().map(shownText)).toEqual(['Approved'])
  })

  it('fills in the card that a button shows, and cannot send it while something is missing', async () => {
    answersPresses({ statusCode: 200, type: 'application/vnd.microsoft.activity.message', value: 'Too late' })
    const seen = await shownCard()
    expect(await anna.presses(seen, 'Reject')).toEqual({ errors: ['Please say why'] })
    expect(received).toEqual([])
    expect(await anna.presses(seen, 'Reject', { reason: 'The budget is spent' })).toMatchObject({ said: 'Too late' })
    const data = { stepId: '7', note: 'as it was', reason: 'The budget is spent' }
    expect(received[0]?.value).toMatchObject({ action: { verb: 'booking.reject', data } })
    expect(anna.sees().map(shownText)).toEqual(['Octavia for Ben\nTo *Hamburg*'])
  })

  it('cannot press or fill in what is not there', async () => {
    const seen = await shownCard()
    await expect(anna.presses(seen, 'Cancel')).rejects.toThrow('there is no action Cancel')
    await expect(anna.presses(seen, 'Approve', { reason: 'no' })).rejects.toThrow('there is no input reason')
  })

  it('adds the app, and takes it away', async () => {
    anna.user.hasApp = false
    await anna.installs()
    expect(received.map(({ type }) => type)).toEqual(['conversationUpdate', 'installationUpdate'])
    await anna.uninstalls()
    await expect(shownCard()).rejects.toMatchObject({ statusCode: 403, code: 'BotNotInConversationRoster' })
  })
})

describe('a conversation', () => {
  it('is made of what is said in 1:1 chat', async () => {
    await anna.says('help')
    const [activity] = received
    const { conversationId, userId, tenantId } = anna.user
    const expected: Conversation = {
      serviceUrl: bot.teams.serviceUrl,
      conversationId,
      userId,
      botId: `28:${bot.teams.appId}`,
    }
    expect(activity && conversationOf(activity)).toEqual(expected)
    expect(activity && tenantOf(activity)).toBe(tenantId)
  })

  it('is none of what is said in a channel', async () => {
    await anna.inChannel('help')
    expect(received[0]).toMatchObject({
      text: '<at>Motorpool</at> help',
      conversation: { conversationType: 'channel' },
    })
    expect(received[0] && conversationOf(received[0])).toBeNull()
  })

  it.each([{ serviceUrl: 'ftp://example.com' }, { from: undefined }, { recipient: { id: '', name: '' } }])(
    'is none when it could not be continued: %j',
    async (changes) => {
      await anna.says('help')
      expect(conversationOf({ ...received[0], ...changes } as Partial<Activity>)).toBeNull()
    },
  )
})
