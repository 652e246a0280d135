import { appEnvironment, startApp } from './app-process.ts'
import { openBenchCompany } from './bench-company.ts'
import type { BenchServer } from './bench-server.ts'
import { startBenchSlack } from './bench-slack.ts'
import type { Measurement } from './figure.ts'
import { until } from './until.ts'

const BOOKINGS = 10_000
/** Megabytes. */
const GOAL = 400

/** What the process holds after many bookings, while it still tells everybody about them. */
export const memory: Measurement = {
  name: 'memory',
  measure: async (server: BenchServer) => {
    const url = await server.createDatabase()
    const { database } = await openBenchCompany(url)
    const slack = await startBenchSlack(database)
    const settings = { ...appEnvironment(url, slack), BOOKINGS: String(BOOKINGS) }
    const motorpool = await startApp(new URL('booking-process.ts', import.meta.url), settings)
    try {
      const reported = () => /rss (\d+)/.exec(motorpool.output())?.[1]
      await until(async () => reported() !== undefined, `${BOOKINGS} bookings`)
      const megabytes = Number(reported()) / 2 ** 20
      return [
        {
          figure: `memory after ${BOOKINGS.toLocaleString('en')} bookings`,
          goal: `< ${GOAL} MB`,
          measured: `${Math.round(megabytes)} MB`,
          met: megabytes < GOAL,
        },
      ]
    } finally {
      await motorpool.stop()
      await slack.close()
      await database.close()
    }
  },
}
