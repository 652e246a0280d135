import type { Database } from '../../src/store/database.ts'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import type { SlackModal } from '../support/slack-modal.ts'
import { type SlackPerson, slackPerson } from '../support/slack-person.ts'
import { undelivered } from '../support/what-stands.ts'
import { type AppProcess, appEnvironment, MAIN, SIGNING_SECRET, startApp } from './app-process.ts'
import { openBenchCompany } from './bench-company.ts'
import type { BenchServer } from './bench-server.ts'
import { startBenchSlack } from './bench-slack.ts'
import type { Figure, Measurement } from './figure.ts'
import { AT_ONCE } from './rounds.ts'
import { until } from './until.ts'

const ROUNDS = 6
const WARM_UP = 3

/** Times what a bare Bolt spends on one acknowledged command: half of what a booking cost when this was first measured. */
const GOAL = 40

/**
 * The CPU time of our process, which is steadier than any latency: for one request, one decision, and one whole booking
 * (the form, the request, two approvals), each with every card, notice and mail that it brings about. Beside it, in the same
 * run, one command of a Bolt that only acknowledges.
 */
export const cpu: Measurement = {
  name: 'cpu',
  measure: async (server: BenchServer) => {
    const url = await server.createDatabase()
    const { database } = await openBenchCompany(url)
    const slack = await startBenchSlack(database)
    const motorpool = await startMeasured(MAIN, appEnvironment(url, slack))
    const bare = await startMeasured(new URL('bare-bolt.ts', import.meta.url), {
      SLACK_SIGNING_SECRET: SIGNING_SECRET,
    })
    const employees = slack.people.filter(({ email }) => email.startsWith('employee.')).slice(0, AT_ONCE)
    const people = employees.map(({ email }) => slackPerson(slack, email))
    try {
      const spent: Spent[] = []
      for (let round = -WARM_UP; round < ROUNDS; round++) {
        slack.requestUrl = bare.requestUrl
        const command = await bare.during(async () => {
          for (const person of people) await person.types('/book-car')
        })
        slack.requestUrl = motorpool.requestUrl
        const booked = await bookAll({ slack, database, people, motorpool })
        if (round >= 0) spent.push({ command, ...booked })
      }
      return figures(spent, people.length)
    } finally {
      await motorpool.stop()
      await bare.stop()
      await slack.close()
      await database.close()
    }
  },
}

/** Microseconds of CPU time, for everybody together. */
type Spent = Record<'command' | 'form' | 'request' | 'manager' | 'hr', number>

function figures(rounds: Spent[], people: number): Figure[] {
  const sum = (of: (spent: Spent) => number) => rounds.reduce((total, spent) => total + of(spent), 0)
  const each = (of: (spent: Spent) => number) => sum(of) / rounds.length / people / 1000
  const command = each((spent) => spent.command)
  const figure = (what: string, of: (spent: Spent) => number, most: number | null): Figure => {
    const ratio = each(of) / command
    return {
      figure: `CPU of ${what}`,
      goal: most === null ? '' : `≤ ${most} × a bare Bolt command`,
      measured: `${each(of).toFixed(1)} ms : ${command.toFixed(2)} ms = ${ratio.toFixed(1)}`,
      met: most === null ? null : ratio <= most,
    }
  }
  return [
    figure('one request, with its cards and mails', ({ request }) => request, null),
    figure('one decision, with its cards and mails', ({ manager, hr }) => (manager + hr) / 2, null),
    figure('one whole booking', ({ form, request, manager, hr }) => form + request + manager + hr, GOAL),
  ]
}

interface Round {
  slack: LocalSlack
  database: Database
  people: SlackPerson[]
  motorpool: MeasuredProcess
}

/** Everybody opens the form and sends it, each for a car of their own; their manager and HR approve them all. */
async function bookAll({ slack, database, people, motorpool }: Round): Promise<Omit<Spent, 'command'>> {
  const everythingSent = () => until(async () => (await undelivered(database)) === 0, 'everything to be sent')
  const forms: SlackModal[] = []
  const form = await motorpool.during(async () => {
    for (const person of people) {
      await person.types('/book-car')
      forms.push(await person.openModal())
    }
    for (const [index, one] of forms.entries()) await fill(one, index)
  })
  const request = await motorpool.during(async () => {
    for (const one of forms) await one.submit()
    await everythingSent()
  })
  const approveAll = async (email: string) => {
    const approver = slackPerson(slack, email)
    const cards = approver.messages().filter((message) => message.buttons().includes('Approve'))
    if (cards.length !== people.length) throw new Error(`${cards.length} cards ask ${email} for approval`)
    return motorpool.during(async () => {
      for (const card of cards) await approver.press(card, 'Approve')
      await everythingSent()
    })
  }
  const manager = await approveAll('mara.lindqvist@example.com')
  const hr = await approveAll('hanna.weber@example.com')
  await database.sql`WITH d AS (DELETE FROM driver_holds) DELETE FROM vehicle_holds`
  return { form, request, manager, hr }
}

async function fill(form: SlackModal, index: number): Promise<void> {
  await form.fill('Destination', 'Hamburg')
  const cars = (await form.options('Car')).filter((option) => /^Car \d/.test(option))
  await form.fill('Car', cars[index] ?? '')
}

interface MeasuredProcess extends AppProcess {
  /** The CPU time that the process uses while this is done, in microseconds. */
  during(act: () => Promise<unknown>): Promise<number>
}

async function startMeasured(file: URL, environment: Record<string, string>): Promise<MeasuredProcess> {
  const wrapper = new URL('measured-process.ts', import.meta.url)
  const started = await startApp(wrapper, { ...environment, MEASURED: file.href })
  let asked = 0
  const used = async () => {
    asked += 1
    const answers = () => [...started.output().matchAll(/^cpu (\d+)$/gm)]
    process.kill(started.pid, 'SIGUSR2')
    await until(async () => answers().length === asked, 'the CPU time')
    return Number(answers().at(-1)?.[1])
  }
  return {
    ...started,
    during: async (act) => {
      const before = await used()
      await act()
      return (await used()) - before
    },
  }
}
