import type { BenchServer } from './bench-server.ts'
import type { Figure, Measurement } from './figure.ts'
import { milliseconds } from './figure.ts'
import { openFullCompany } from './full-company.ts'
import { type Measured, measureFull } from './full-measures.ts'

/** How many bookings are over; `FULL_BOOKINGS` for a run that takes less than half an hour. */
const PAST = Number(process.env.FULL_BOOKINGS ?? 2_000_000)
/** Milliseconds. */
const GOAL = 50
/** Megabytes that the process may grow by while it is measured. */
const GROWTH = 50

/** What people wait for, and what the service does by itself, beside everything that is over; then beside twice as much. */
export const full: Measurement = {
  name: 'full',
  measure: async (server: BenchServer) => {
    const company = await openFullCompany(await server.createDatabase())
    try {
      await company.addPast(Math.floor(PAST / 2))
      const half = await measureFull(company)
      for (const [figure, { p95 }] of Object.entries(half.times)) {
        process.stderr.write(`  ${figure}: p95 ${milliseconds(p95)}\n`)
      }
      await company.addPast(PAST)
      const whole = await measureFull(company)
      return figures(half, whole)
    } finally {
      await company.close()
    }
  },
}

function figures(half: Measured, whole: Measured): Figure[] {
  const past = PAST.toLocaleString('en')
  const growth = Math.round(whole.grownBy / 2 ** 20)
  return [
    ...Object.entries(whole.times).map(([figure, { p95, goal = GOAL }]): Figure => {
      const before = half.times[figure]?.p95 ?? Number.NaN
      return {
        figure: `${figure}, beside ${past} past bookings`,
        goal: `p95 < ${milliseconds(goal)}`,
        measured: `${milliseconds(p95)} (beside half as many ${milliseconds(before)})`,
        met: p95 < goal,
      }
    }),
    {
      figure: 'memory that this took',
      goal: `< ${GROWTH} MB`,
      measured: `${growth} MB`,
      met: growth < GROWTH,
    },
  ]
}
