import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cardAbout, cardsAbout, requestCar, toldAlone } from '../support/asking.ts'
import { type BotConnector, startBotConnector } from '../support/bot-connector/start-bot-connector.ts'
import { shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import {
  answerTo,
  DEMO_IN_TEAMS,
  decidingButtons,
  requestInTeams,
  teamsCardAbout,
  teamsCardsAbout,
} from '../support/demo-in-teams.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { addSecondHr } from '../support/second-hr.ts'
import { type SlackPerson, textOf } from '../support/slack-person.ts'
import { waitUntil } from '../support/wait-until.ts'
import { everythingSent, statusOf } from '../support/what-stands.ts'

const clock = businessClock()
let connector: BotConnector
let motorpool: TestMotorpool
let anna: { slack: SlackPerson; teams: TeamsPerson }
let mara: { slack: SlackPerson; teams: TeamsPerson }
let hanna: { slack: SlackPerson; teams: TeamsPerson }
let helen: { slack: SlackPerson; teams: TeamsPerson }
beforeAll(async () => {
  connector = await startBotConnector({ people: DEMO_IN_TEAMS })
  motorpool = await startMotorpool({ now: clock.now, prepare: addSecondHr, teams: connector })
  const both = (name: string) => ({ slack: motorpool.person(name), teams: connector.person(name) })
  anna = both('Anna')
  mara = both('Mara')
  hanna = both('Hanna')
  helen = both('Helen')
})
afterAll(async () => {
  await motorpool.stop()
  await connector.close()
})
beforeEach(() => clock.nextWeek())

/** From now on new messages reach them there. */
const isInTeams = (person: { teams: TeamsPerson }) => answerTo(person.teams, 'help')
const isInSlack = async ({ slack }: { slack: SlackPerson }) => {
  const answered = toldAlone(slack).length
  await slack.types('/book-car mine')
  // A command is acknowledged before it is known who typed it.
  await waitUntil(() => toldAlone(slack).length > answered, `an answer to ${slack.email}`)
}

/** All that somebody has about a trip, in both places, once everything is sent. */
async function cardsOf({ slack, teams }: { slack: SlackPerson; teams: TeamsPerson }, destination: string) {
  await everythingSent(motorpool.database)
  return [
    ...cardsAbout(slack, destination).map((card) => ({ where: 'slack', text: textOf(card), buttons: card.buttons() })),
    ...teamsCardsAbout(teams, destination).map((card) => ({
      where: 'teams',
      text: shownText(card),
      buttons: decidingButtons(card),
    })),
  ]
}

const messagesIn = {
  slack: ({ slack }: { slack: SlackPerson }) =>
    slack
      .messages()
      .filter((message) => !message.ephemeral)
      .map(textOf),
  teams: ({ teams }: { teams: TeamsPerson }) => teams.sees().map(shownText),
}

describe('employee in Slack, manager in Teams, HR in both', () => {
  it('every card everywhere is right after each press, App Home too', async () => {
    await isInSlack(anna)
    await anna.slack.opensHome()
    await hanna.slack.opensHome()
    await isInTeams(mara)
    await isInSlack(helen)
    await isInSlack(hanna)

    await requestCar(anna.slack, 'Arnsberg')
    const asked = await teamsCardAbout(mara.teams, 'Arnsberg')
    expect(await cardsOf(mara, 'Arnsberg')).toMatchObject([{ where: 'teams' }])
    expect(await cardsOf(anna, 'Arnsberg')).toMatchObject([{ where: 'slack', buttons: ['Change', 'Cancel'] }])

    await mara.teams.presses(asked, 'Approve')
    await anna.slack.waitForMessage(/Mara Lindqvist approved your request/)
    expect(await cardsOf(anna, 'Arnsberg')).toMatchObject([
      { where: 'slack', text: expect.stringContaining('Approved by Mara Lindqvist as manager') },
    ])
    await anna.slack.waitForHome(/Arnsberg\. Waiting for HR/)
    expect(await cardsOf(mara, 'Arnsberg')).toMatchObject([{ where: 'teams', buttons: [] }])

    // Hanna was asked in Slack, goes on in Teams, and is asked about the next one there.
    expect(await cardsOf(hanna, 'Arnsberg')).toMatchObject([{ where: 'slack' }])
    await isInTeams(hanna)
    await requestCar(anna.slack, 'Ahlen', { Drivers: ['Ben Koch'] })
    await mara.teams.presses(await teamsCardAbout(mara.teams, 'Ahlen'), 'Approve')
    const inTeams = await teamsCardAbout(hanna.teams, 'Ahlen')
    expect(await cardsOf(hanna, 'Ahlen')).toMatchObject([{ where: 'teams' }])

    await hanna.teams.presses(inTeams, 'Reject request', { reason: 'The fair was called off' })
    const list = await answerTo(hanna.teams, 'approvals')
    await hanna.teams.presses(list, 'Approve')
    expect(await statusOf(motorpool.database, 'Arnsberg')).toBe('approved')
    for (const [place, outcome] of [
      ['Arnsberg', 'Approved by Hanna Weber for HR'],
      ['Ahlen', 'Rejected by Hanna Weber for HR'],
    ] as const) {
      for (const person of [anna, mara, hanna, helen]) {
        const cards = await cardsOf(person, place)
        expect(cards).toHaveLength(1)
        expect(cards[0]?.text).toContain(outcome)
        expect(cards[0]?.buttons).toEqual(person === anna && place === 'Arnsberg' ? ['Change', 'Cancel'] : [])
      }
    }
    await anna.slack.waitForHome(
      /Ahlen\. Rejected[\s\S]*Arnsberg\. Approved|Arnsberg\. Approved[\s\S]*Ahlen\. Rejected/,
    )
    // Rows that she saw keep their places until she opens it again.
    await hanna.slack.waitForHome(/Waiting for you[\s\S]*Arnsberg\. You approved it/)
    await hanna.slack.opensHome()
    await hanna.slack.waitForHome(/^(?![\s\S]*Waiting for you)/)
    expect(messagesIn.teams(anna)).toEqual([])
    expect(messagesIn.slack(mara)).toEqual([])
  })
})

describe('employee in Teams, manager in Slack', () => {
  it('every card everywhere is right after each press, and outcomes go where somebody was last seen', async () => {
    await isInTeams(anna)
    await isInSlack(mara)
    await isInTeams(hanna)
    await isInSlack(helen)
    expect(await requestInTeams(anna.teams, 'Borken')).toMatch(/Request #\d+ is sent/)
    const asked = await cardAbout(mara.slack, 'Borken')
    expect(await cardsOf(anna, 'Borken')).toMatchObject([{ where: 'teams', buttons: ['Cancel', 'Cancel booking'] }])

    await mara.slack.press(asked, 'Approve')
    await anna.teams.waitFor(/Mara Lindqvist approved your request/)
    expect(await cardsOf(hanna, 'Borken')).toMatchObject([{ where: 'teams' }])
    expect(await cardsOf(helen, 'Borken')).toMatchObject([{ where: 'slack' }])
    expect((await cardsOf(anna, 'Borken'))[0]?.text).toContain('Approved by Mara Lindqvist as manager')

    const noticesInTeams = messagesIn.teams(anna).length
    await isInSlack(anna)
    await helen.slack.press(await cardAbout(helen.slack, 'Borken'), 'Approve')
    await anna.slack.waitForMessage(/Your booking #\d+ is approved[\s\S]*Borken/)
    for (const person of [anna, mara, hanna, helen]) {
      for (const card of await cardsOf(person, 'Borken')) {
        expect(card.text).toContain('Approved by Helen Roth for HR')
        expect(card.buttons.filter((label) => !/^(Change|Cancel)/.test(label))).toEqual([])
      }
    }
    expect((await cardsOf(anna, 'Borken')).map(({ where }) => where)).toContain('teams')
    expect(messagesIn.teams(anna)).toHaveLength(noticesInTeams)

    // Cancelled in Teams on the card that stands there; whoever was asked hears of it where they are.
    await anna.teams.presses(await teamsCardAbout(anna.teams, 'Borken'), 'Cancel booking')
    await mara.slack.waitForMessage(/Anna Schmidt cancelled booking[\s\S]*Borken/)
    await hanna.teams.waitFor(/Anna Schmidt cancelled booking[\s\S]*Borken/)
    for (const person of [anna, mara, hanna, helen]) {
      for (const card of await cardsOf(person, 'Borken')) {
        expect(card.text).toContain('Cancelled by Anna Schmidt')
        expect(card.buttons).toEqual([])
      }
    }
  })
})

describe('two people of HR press at the same moment, one in Slack and one in Teams', () => {
  it.each([1, 2, 3, 4, 5, 6])('one wins, and the other sees what happened (%i)', async (round) => {
    const destination = `Coesfeld ${round}`
    await isInTeams(mara)
    await isInTeams(hanna)
    await isInSlack(helen)
    await isInSlack(anna)
    await requestCar(anna.slack, destination)
    await mara.teams.presses(await teamsCardAbout(mara.teams, destination), 'Approve')
    const inSlack = await cardAbout(helen.slack, destination)
    const inTeams = await teamsCardAbout(hanna.teams, destination)
    const told = toldAlone(helen.slack).length
    let answered = ''
    const reject = async () => {
      answered = JSON.stringify(await hanna.teams.presses(inTeams, 'Reject request', { reason: 'Not this week' }))
    }
    const approve = () => helen.slack.press(inSlack, 'Approve')
    await Promise.all(round % 2 === 0 ? [approve(), reject()] : [reject(), approve()])

    const status = await statusOf(motorpool.database, destination)
    if (status === 'approved') {
      // What was answered: the card itself may show what Helen did by then.
      expect(answered).toMatch(/⚠️ Changed since you looked: Helen Roth approved it/)
    } else {
      expect(status).toBe('rejected')
      const words = await waitUntil(() => toldAlone(helen.slack)[told], 'Helen to be told')
      expect(words).toMatch(/Changed since you looked: Hanna Weber rejected it/)
    }
    const outcome = status === 'approved' ? 'Approved by Helen Roth for HR' : 'Rejected by Hanna Weber for HR'
    for (const person of [anna, mara, hanna, helen]) {
      for (const card of await cardsOf(person, destination)) {
        expect(card.text).toContain(outcome)
        expect(card.buttons.filter((label) => !/^(Change|Cancel)/.test(label))).toEqual([])
      }
    }
  })
})
