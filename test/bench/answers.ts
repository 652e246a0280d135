import type { Database } from '../../src/store/database.ts'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import type { SlackModal } from '../support/slack-modal.ts'
import { type SlackPerson, slackPerson } from '../support/slack-person.ts'
import { undelivered } from '../support/what-stands.ts'
import { appEnvironment, MAIN, SIGNING_SECRET, startApp } from './app-process.ts'
import { openBenchCompany } from './bench-company.ts'
import type { BenchServer } from './bench-server.ts'
import { startBenchSlack } from './bench-slack.ts'
import { type Figure, type Measurement, milliseconds, percentile } from './figure.ts'
import { AT_ONCE, answeredWithin, ROUNDS, WARM_UP } from './rounds.ts'
import { type Stopwatch, startStopwatch } from './stopwatch.ts'
import { until } from './until.ts'

/** From a signed request to its answer, 20 at once, through the whole app; the command beside a Bolt that only acknowledges. */
export const answers: Measurement = {
  name: 'answers',
  measure: async (server: BenchServer) => {
    const url = await server.createDatabase()
    const { database } = await openBenchCompany(url)
    const slack = await startBenchSlack(database)
    const motorpool = await startApp(MAIN, appEnvironment(url, slack))
    const bare = await startApp(new URL('bare-bolt.ts', import.meta.url), { SLACK_SIGNING_SECRET: SIGNING_SECRET })
    const employees = slack.people.filter(({ email }) => email.startsWith('employee.')).slice(0, AT_ONCE)
    const people = employees.map(({ email }) => slackPerson(slack, email))
    const stopwatch = startStopwatch('/slack/events')
    try {
      const times = { bare: [] as number[], command: [] as number[], submit: [] as number[], button: [] as number[] }
      for (let round = -WARM_UP; round < ROUNDS; round++) {
        slack.requestUrl = bare.requestUrl
        const plain = await stopwatch.during(() => everybodyTypes(people))
        slack.requestUrl = motorpool.requestUrl
        const found = await playRound({ slack, database, people, stopwatch })
        if (round < 0) continue
        times.bare.push(...plain)
        times.command.push(...found.command)
        times.submit.push(...found.submit)
        times.button.push(...found.button)
      }
      return figures(times)
    } finally {
      stopwatch.stop()
      await motorpool.stop()
      await bare.stop()
      await slack.close()
      await database.close()
    }
  },
}

function figures(times: Record<'bare' | 'command' | 'submit' | 'button', number[]>): Figure[] {
  const p95 = (name: keyof typeof times) => percentile(times[name], 0.95)
  const ratio = p95('command') / p95('bare')
  return [
    {
      figure: 'command, 20 at once',
      goal: 'p95 ≤ 1.5 × bare Bolt',
      measured: `${milliseconds(p95('command'))} : ${milliseconds(p95('bare'))} = ${ratio.toFixed(2)}`,
      met: ratio <= 1.5,
    },
    answeredWithin('submit', times.submit),
    answeredWithin('button', times.button),
  ]
}

interface Round {
  slack: LocalSlack
  database: Database
  people: SlackPerson[]
  stopwatch: Stopwatch
}

/** Everybody opens the form, then everybody sends it, each for a car of their own; then their manager approves them all. */
async function playRound({ slack, database, people, stopwatch }: Round) {
  const command = await stopwatch.during(() => everybodyTypes(people))
  const forms = await Promise.all(people.map((person) => person.openModal()))
  await Promise.all(forms.map((form, index) => fill(form, index)))
  const submit = await stopwatch.during(async () => {
    const results = await Promise.all(forms.map((form) => form.submit()))
    const refused = results.find((result) => !result.ok)
    if (refused || forms.some((form) => form.isOpen())) throw new Error(`refused: ${JSON.stringify(refused)}`)
  })
  await everythingSent(database)
  const mara = slackPerson(slack, 'mara.lindqvist@example.com')
  const cards = mara.messages().filter((message) => message.buttons().includes('Approve'))
  if (cards.length !== people.length) throw new Error(`${cards.length} cards ask for approval`)
  const button = await stopwatch.during(() => Promise.all(cards.map((card) => mara.press(card, 'Approve'))))
  await everythingSent(database)
  await database.sql`WITH d AS (DELETE FROM driver_holds) DELETE FROM vehicle_holds`
  return { command, submit, button }
}

async function everybodyTypes(people: SlackPerson[]): Promise<void> {
  const results = await Promise.all(people.map((person) => person.types('/book-car')))
  const failed = results.find((result) => !result.ok)
  if (failed) throw new Error(`not answered: ${failed.error}`)
}

async function fill(form: SlackModal, index: number): Promise<void> {
  // The form shows itself at once, and its fields a moment later.
  await form.fill('Destination', 'Hamburg')
  const cars = (await form.options('Car')).filter((option) => /^Car \d/.test(option))
  await form.fill('Car', cars[index] ?? '')
}

function everythingSent(database: Database): Promise<void> {
  return until(async () => (await undelivered(database)) === 0, 'everything to be sent')
}
