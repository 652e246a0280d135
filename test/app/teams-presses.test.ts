import { setTimeout as pause } from 'node:timers/promises'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Fields } from '../../src/workspace/protocol/json.ts'
import { activityFrom } from '../support/bot-connector/activities.ts'
import type { SeenActivity } from '../support/bot-connector/chats.ts'
import type { BotConnector } from '../support/bot-connector/start-bot-connector.ts'
import { buttonsOf, shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import {
  answerTo,
  decidingButtons,
  expectWarned,
  nowShown,
  requestInTeams,
  teamsCardAbout,
  teamsCardsAbout,
  textNow,
  waitUntilShown,
} from '../support/demo-in-teams.ts'
import type { TestMotorpool } from '../support/motorpool.ts'
import { addSecondHr } from '../support/second-hr.ts'
import { startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'
import { bookingsTo, statusOf, whatStands } from '../support/what-stands.ts'

const clock = businessClock()
let company: TeamsCompany
let connector: BotConnector
let motorpool: TestMotorpool
let anna: TeamsPerson
let ben: TeamsPerson
let mara: TeamsPerson
let hanna: TeamsPerson
let helen: TeamsPerson
beforeAll(async () => {
  company = await startTeamsCompany(clock, ['anna', 'ben', 'mara', 'hanna', 'helen'], { prepare: addSecondHr })
  ;({
    connector,
    motorpool,
    people: { anna, ben, mara, hanna, helen },
  } = company)
})
afterAll(() => company.stop())
beforeEach(() => clock.nextWeek())

const everythingSent = () => company.everythingSent()

/** A request that is Mara's to decide. */
async function requested(destination: string, by = anna) {
  await requestInTeams(by, destination)
  const own = await teamsCardAbout(by, destination)
  const asked = await teamsCardAbout(mara, destination)
  await everythingSent()
  return { own, asked }
}

/** The same, approved by Mara. */
async function withHr(destination: string) {
  const { own, asked } = await requested(destination)
  await mara.presses(asked, 'Approve')
  const hr = await teamsCardAbout(hanna, destination)
  await everythingSent()
  return { own, asked, hr }
}

/** What a client sends for a press of this verb on a message: an old one, one that was passed on, or one made up. */
function pressOf(person: TeamsPerson, replyToId: string, verb: string, data: unknown): Fields {
  return activityFrom(person.user, connector.serviceUrl, {
    type: 'invoke',
    name: 'adaptiveCard/action',
    replyToId,
    value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
  })
}

async function answerOf(person: TeamsPerson, replyToId: string, verb: string, data: unknown): Promise<string> {
  const { status, body } = await connector.deliver(pressOf(person, replyToId, verb, data))
  expect(status).toBe(200)
  const { value } = body as { value: unknown }
  if (typeof value === 'string') return value
  return shownText({ activity: { attachments: [{ content: value }] } } as unknown as SeenActivity)
}

async function openStepOf(destination: string): Promise<string> {
  const [booking] = await bookingsTo(motorpool.database, destination)
  return booking?.openStep ?? ''
}

async function expectNothingChanges(act: () => Promise<unknown>): Promise<void> {
  const before = await whatStands(motorpool.database)
  await act()
  expect(await whatStands(motorpool.database)).toEqual(before)
}

describe('a press that cannot count changes nothing, and says why', () => {
  it('comes too late: somebody else of HR has decided; the words stay on the card', async () => {
    const { hr } = await withHr('Aachen')
    await helen.presses(await teamsCardAbout(helen, 'Aachen'), 'Approve')
    await waitUntilShown(hanna, hr, /Approved by Helen Roth for HR/)
    await everythingSent()
    const words = /Changed since you looked: Helen Roth approved it, today 08:00\./
    await expectNothingChanges(() => expectWarned(hanna, hr, () => hanna.presses(hr, 'Approve'), words))
    await expectNothingChanges(() =>
      expectWarned(hanna, hr, () => hanna.presses(hr, 'Reject request', { reason: 'Too late' }), words),
    )
    await pause(300)
    expect(textNow(hanna, hr)).toMatch(words)
    expect(textNow(hanna, hr)).toContain('Approved by Helen Roth for HR')
    expect(decidingButtons(nowShown(hanna, hr))).toEqual([])
  })

  it('comes after the departure: no button is left', async () => {
    const { asked } = await requested('Bremen')
    const before = clock.now()
    clock.set(new Date(+before + 3 * 3600 * 1000))
    try {
      await expectNothingChanges(() => expectWarned(mara, asked, () => mara.presses(asked, 'Approve'), /Too late/))
      await pause(300)
      expect(textNow(mara, asked)).toMatch(/Too late: the departure was at 09:00\./)
      expect(decidingButtons(nowShown(mara, asked))).toEqual([])
    } finally {
      clock.set(before)
    }
  })

  it('carries a reason of blanks only: the words stay, and so do the buttons', async () => {
    const { asked } = await requested('Celle')
    const press = () => mara.presses(asked, 'Reject request', { reason: '   ' })
    await expectNothingChanges(() => expectWarned(mara, asked, press, /Please give a reason\./))
    await pause(300)
    expect(textNow(mara, asked)).toMatch(/Please give a reason/)
    expect(decidingButtons(nowShown(mara, asked))).toContain('Approve')
  })

  it('would decide the second step too, being the manager and of HR: somebody else is asked', async () => {
    await motorpool.database.prisma.person.update({ where: { email: mara.user.email ?? '' }, data: { role: 'hr' } })
    try {
      await withHr('Coburg')
      expect(teamsCardsAbout(mara, 'Coburg')).toHaveLength(1)
      const stepId = await openStepOf('Coburg')
      await expectNothingChanges(async () => {
        expect(await answerOf(mara, 'none', 'booking.approve', { stepId })).toMatch(/^⚠️ You have not been asked/)
      })
    } finally {
      const where = { email: mara.user.email ?? '' }
      await motorpool.database.prisma.person.update({ where, data: { role: 'manager' } })
    }
  })

  it('comes from somebody who was deactivated in between', async () => {
    const { asked } = await requested('Erfurt')
    const { prisma } = motorpool.database
    const where = { email: mara.user.email ?? '' }
    await prisma.person.update({ where, data: { active: false } })
    try {
      await expectNothingChanges(() =>
        expectWarned(mara, asked, () => mara.presses(asked, 'Approve'), /no longer active/),
      )
    } finally {
      await prisma.person.update({ where, data: { active: true } })
    }
  })

  it.each([
    [
      'a step that is not there',
      'booking.approve',
      { stepId: '5e4e2c8e-5a0c-4d4e-8f1f-3a9f5a6f0b01' },
      /no longer exists/,
    ],
    [
      'something that is no id',
      'booking.reject',
      { stepId: "'; DROP TABLE bookings", reason: 'x' },
      /no longer exists/,
    ],
    ['an id that is no text', 'booking.approve', { stepId: { id: 1 } }, /no longer exists/],
    ['a booking that is no id', 'booking.cancel', { bookingId: 'x' }, /no longer exists/],
    ['nothing', 'booking.cancel', {}, /no longer exists/],
    ['an unknown verb', 'booking.steal', {}, /This message is out of date/],
    ['data that is no object', 'booking.approve', 'step', /This message is out of date/],
    ['no data at all', 'booking.approve', undefined, /no longer exists/],
  ])('is about %s', async (_what, verb, data, words) => {
    const messages = anna.sees().length
    await expectNothingChanges(async () => expect(await answerOf(anna, 'none', verb, data)).toMatch(words))
    await everythingSent()
    expect(anna.sees()).toHaveLength(messages)
  })
})

describe('self-approval', () => {
  it('is refused to a manager who asked for a car: HR decides', async () => {
    await requestInTeams(mara, 'Dessau')
    const own = await teamsCardAbout(mara, 'Dessau')
    expect(buttonsOf(own)).not.toContain('Approve')
    const stepId = await openStepOf('Dessau')
    await expectNothingChanges(async () => {
      expect(await answerOf(mara, own.id, 'booking.approve', { stepId })).toMatch(/^⚠️ This is your own request/)
    })
    await hanna.presses(await teamsCardAbout(hanna, 'Dessau'), 'Approve')
    expect(await statusOf(motorpool.database, 'Dessau')).toBe('approved')
  })

  it('is refused to somebody of HR who asked for a car: the others of HR are asked', async () => {
    await requestInTeams(hanna, 'Dresden')
    await teamsCardAbout(helen, 'Dresden')
    expect((await answerTo(hanna, 'approvals')) && textNow(hanna, await answerTo(hanna, 'approvals'))).not.toContain(
      'Dresden',
    )
    expect(teamsCardsAbout(hanna, 'Dresden')).toHaveLength(1)
    const stepId = await openStepOf('Dresden')
    await expectNothingChanges(async () => {
      const words = await answerOf(hanna, 'none', 'booking.approve', { stepId })
      expect(words).toMatch(/^⚠️ This is your own request/)
    })
    await helen.presses(await teamsCardAbout(helen, 'Dresden'), 'Approve')
    expect(await statusOf(motorpool.database, 'Dresden')).toBe('approved')
  })
})

describe('a card that was passed on', () => {
  it.each([
    ['booking.approve', {}],
    ['booking.reject', { reason: 'I say so' }],
  ])('shows whoever was never asked nothing of the booking, then or later (%s)', async (verb, typed) => {
    const destination = `Secret place ${verb}`
    const { asked } = await requested(destination)
    const stepId = await openStepOf(destination)
    const seenBefore = ben.sees().length
    await expectNothingChanges(async () => {
      for (const replyToId of [asked.id, 'f:passed-on']) {
        const words = await answerOf(ben, replyToId, verb, { stepId, ...typed })
        expect(words).toBe('⚠️ You have not been asked to decide this request.')
      }
    })
    await mara.presses(asked, 'Approve')
    await everythingSent()
    await pause(300)
    expect(ben.sees()).toHaveLength(seenBefore)
    expect(JSON.stringify(ben.sees())).not.toContain(destination)
  })

  it('cannot be cancelled by somebody else, who sees nothing of it either', async () => {
    await requested('Secret trip')
    const [booking] = await bookingsTo(motorpool.database, 'Secret trip')
    await expectNothingChanges(async () => {
      const words = await answerOf(ben, 'f:passed-on', 'booking.cancel', { bookingId: booking?.id })
      expect(words).toMatch(/^⚠️ Only the person who asked for this car[^\n]*$/)
    })
    await everythingSent()
    expect(JSON.stringify(ben.sees())).not.toContain('Secret trip')
  })
})

describe('a press on a message that is not known', () => {
  const cardsOfMara = (destination: string) => motorpool.database.sql`
    SELECT c.external_id FROM cards c JOIN bookings b ON b.id = c.booking_id
    WHERE b.destination = ${destination} AND c.kind = 'manager_approval'`
  const changed = (id: string) =>
    connector.calls.filter(({ name, path }) => name === 'UpdateActivity' && path.endsWith(`/${id}`)).length

  it.each(['0', 'made-up'])(
    'counts, and makes no second card where Teams knows none of ours (%s)',
    async (replyToId) => {
      const destination = `Gotha ${replyToId}`
      const { asked } = await requested(destination)
      const stepId = await openStepOf(destination)
      expect(await answerOf(mara, replyToId, 'booking.approve', { stepId })).toContain('Approved by Mara Lindqvist')
      await expect.poll(() => changed(replyToId)).toBe(1)
      await waitUntilShown(mara, asked, /Approved by Mara Lindqvist/)
      await everythingSent()
      expect(teamsCardsAbout(mara, destination)).toHaveLength(1)
      expect(await cardsOfMara(destination)).toHaveLength(1)
    },
  )

  it('that was posted twice makes it a card as well, which follows the booking', async () => {
    const form = await answerTo(anna, 'book')
    connector.faults.add({ kind: 'drop_after_acting', match: { method: 'SendToConversation' }, times: 2 })
    await anna.presses(form, 'Request car', { destination: 'Gronau' })
    await expect.poll(() => teamsCardsAbout(mara, 'Gronau').length, { timeout: 8000 }).toBe(2)
    await everythingSent()
    const [twin] = teamsCardsAbout(mara, 'Gronau')
    if (!twin) throw new Error('no card')
    await mara.presses(twin, 'Approve')
    await expect.poll(async () => (await cardsOfMara('Gronau')).length).toBe(2)
    await hanna.presses(await teamsCardAbout(hanna, 'Gronau'), 'Approve')
    await waitUntilShown(mara, twin, /Approved by Hanna Weber for HR/)
    expect(teamsCardsAbout(mara, 'Gronau')).toHaveLength(2)
  })
})

describe('twice the same', () => {
  it.each([
    ['Approve', 'Freiburg', () => mara, 'pending_hr', 'Approved by Mara Lindqvist as manager'],
    ['Cancel booking', 'Fulda', () => anna, 'cancelled', 'Cancelled by Anna Schmidt'],
  ])('a double press of %s counts once, and shows what was done', async (button, destination, who, status, outcome) => {
    const { own, asked } = await requested(destination)
    const person = who()
    const card = person === anna ? own : asked
    await Promise.all([person.presses(card, button), person.presses(card, button)])
    await person.presses(card, button)
    expect(await statusOf(motorpool.database, destination)).toBe(status)
    const [booking] = await bookingsTo(motorpool.database, destination)
    const { sql } = motorpool.database
    const events = await sql`SELECT type FROM events WHERE booking_id = ${booking?.id ?? null}`
    expect(events).toHaveLength(2)
    expect(textNow(person, card)).toContain(outcome)
    expect(textNow(person, card)).not.toContain('⚠️ Changed')
  })

  it('pressed the other way round, what somebody did themselves is told as theirs', async () => {
    const { asked } = await requested('Fürth')
    await mara.presses(asked, 'Approve')
    await everythingSent()
    const press = () => mara.presses(asked, 'Reject request', { reason: 'On second thoughts' })
    await expectNothingChanges(() => expectWarned(mara, asked, press, /^⚠️ You approved it, today/))
  })

  it('an invoke that Teams brings twice has one effect, and both times the same answer', async () => {
    const { asked } = await requested('Gera')
    const stepId = await openStepOf('Gera')
    const press = pressOf(mara, asked.id, 'booking.reject', { stepId, reason: 'No' })
    const answers = [await connector.deliver(press), await connector.deliver(press)]
    expect(answers[1]).toEqual(answers[0])
    await everythingSent()
    expect(
      anna.sees().filter((seen) => /rejected your request/.test(shownText(seen)) && /Gera/.test(shownText(seen))),
    ).toHaveLength(1)
  })

  it('a message that Teams brings twice is answered once, also at the same moment', async () => {
    const message = activityFrom(ben.user, connector.serviceUrl, { type: 'message', text: 'book' })
    const before = ben.sees().length
    await Promise.all([connector.deliver(message), connector.deliver(message)])
    await connector.deliver(message)
    expect(ben.sees()).toHaveLength(before + 1)
    await connector.deliver({ ...message, id: undefined })
    await connector.deliver({ ...message, id: undefined })
    expect(ben.sees()).toHaveLength(before + 3)
  })
})
