import type { Database } from '../../src/store/database.ts'
import { fieldsList, isFields, stringOf } from '../../src/workspace/protocol/json.ts'
import type { SeenActivity } from '../support/bot-connector/chats.ts'
import { type BotConnector, startBotConnector } from '../support/bot-connector/start-bot-connector.ts'
import { buttonsOf, type Pressed, shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { undelivered } from '../support/what-stands.ts'
import { MAIN, startApp, teamsEnvironment } from './app-process.ts'
import { openBenchCompany } from './bench-company.ts'
import type { BenchServer } from './bench-server.ts'
import { startBenchSlack } from './bench-slack.ts'
import type { Measurement } from './figure.ts'
import { AT_ONCE, answeredWithin, ROUNDS, WARM_UP } from './rounds.ts'
import { type Stopwatch, startStopwatch } from './stopwatch.ts'
import { until } from './until.ts'

/** From a signed request of Teams' to its answer, 20 at once, through the whole app. A message is answered once its answer is posted. */
export const teamsAnswers: Measurement = {
  name: 'teams',
  measure: async (server: BenchServer) => {
    const url = await server.createDatabase()
    const { database } = await openBenchCompany(url)
    const connector = await startBenchTeams(database)
    const mail = await startBenchSlack(database)
    const motorpool = await startApp(MAIN, teamsEnvironment(url, mail, connector))
    connector.messagingEndpoint = `${motorpool.url}/api/messages`
    const everybody = connector.people.map(({ email }) => connector.person(email ?? ''))
    const people = everybody.filter(({ user }) => user.name.startsWith('Employee ')).slice(0, AT_ONCE)
    const stopwatch = startStopwatch('/api/messages')
    try {
      for (const person of everybody) await person.installs()
      const times = { message: [] as number[], submit: [] as number[], button: [] as number[] }
      for (let round = -WARM_UP; round < ROUNDS; round++) {
        const found = await playRound({ connector, database, people, stopwatch })
        if (round < 0) continue
        times.message.push(...found.message)
        times.submit.push(...found.submit)
        times.button.push(...found.button)
      }
      return [
        answeredWithin('Teams: message', times.message),
        answeredWithin('Teams: submit', times.submit),
        answeredWithin('Teams: button', times.button),
      ]
    } finally {
      stopwatch.stop()
      await motorpool.stop()
      await mail.close()
      await connector.close()
      await database.close()
    }
  },
}

/**
 * Everybody of the company has Teams. One token vouches for all that comes in meanwhile, for to sign costs more than to verify,
 * and who signs here is who measures.
 */
async function startBenchTeams({ prisma }: Database): Promise<BotConnector> {
  const people = await prisma.person.findMany({ include: { site: true }, orderBy: { createdAt: 'asc' } })
  const connector = await startBotConnector({
    people: people.map(({ name, email, site }) => ({ name, email, timeZone: site.timeZone })),
  })
  const token = connector.authority.sign()
  const deliver = connector.deliver
  connector.deliver = (activity) => deliver(activity, token)
  return connector
}

interface Round {
  connector: BotConnector
  database: Database
  people: TeamsPerson[]
  stopwatch: Stopwatch
}

/** Everybody asks for the free cars, then sends a form, each for a car of their own; then their manager approves them all. */
async function playRound({ connector, database, people, stopwatch }: Round) {
  const message = await stopwatch.during(() => everybodySays(people, 'cars'))
  await everybodySays(people, 'book')
  const forms = people.map((person) => newestForm(person))
  const submit = await stopwatch.during(async () => {
    const answers = await Promise.all(forms.map((form, index) => send(people[index], form, index)))
    expectCards(answers, /Request #\d+ is sent/)
  })
  await everythingSent(database)
  const mara = connector.person('mara.lindqvist@example.com')
  const cards = mara.sees().filter((seen) => buttonsOf(seen).includes('Approve'))
  if (cards.length !== people.length) throw new Error(`${cards.length} cards ask for approval`)
  const button = await stopwatch.during(async () => {
    expectCards(await Promise.all(cards.map((card) => mara.presses(card, 'Approve'))), /Approved/)
  })
  await everythingSent(database)
  await database.sql`WITH d AS (DELETE FROM driver_holds) DELETE FROM vehicle_holds`
  return { message, submit, button }
}

async function everybodySays(people: TeamsPerson[], text: string): Promise<void> {
  const answers = await Promise.all(people.map((person) => person.says(text)))
  const failed = answers.find(({ status }) => status !== 200)
  if (failed) throw new Error(`not answered: ${JSON.stringify(failed)}`)
}

function newestForm(person: TeamsPerson): SeenActivity {
  const seen = person.sees().at(-1)
  if (!seen || !/Book a car/.test(shownText(seen))) throw new Error(`not a form: ${JSON.stringify(seen)}`)
  return seen
}

async function send(person: TeamsPerson | undefined, form: SeenActivity, index: number): Promise<Pressed | undefined> {
  const [{ content } = {}] = fieldsList(form.activity.attachments)
  const inputs = fieldsList(isFields(content) ? content.body : [])
  const choices = fieldsList(inputs.find(({ id }) => id === 'car')?.choices)
  const cars = choices.filter(({ title }) => /^Car \d/.test(stringOf(title)))
  return person?.presses(form, 'Request car', { destination: 'Hamburg', car: stringOf(cars[index]?.value) })
}

function expectCards(answers: (Pressed | undefined)[], wanted: RegExp): void {
  const refused = answers.find((answer) => !wanted.test(JSON.stringify(answer)))
  if (refused || answers.length === 0) throw new Error(`refused: ${JSON.stringify(refused)}`)
}

function everythingSent(database: Database): Promise<void> {
  return until(async () => (await undelivered(database)) === 0, 'everything to be sent')
}
