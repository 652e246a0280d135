import { cpus } from 'node:os'
import { parseArgs } from 'node:util'
import { answers } from './answers.ts'
import { startBenchServer } from './bench-server.ts'
import { bookingsPerSecond } from './bookings-per-second.ts'
import { cardsShown } from './cards-shown.ts'
import { cpu } from './cpu.ts'
import type { Figure } from './figure.ts'
import { freeCars } from './free-cars.ts'
import { full } from './full.ts'
import { memory } from './memory.ts'
import { startUp } from './start-up.ts'
import { teamsAnswers } from './teams-answers.ts'
import { tick } from './tick.ts'

/** Takes much longer than all the others, for it fills a database with years of bookings first. */
const ONLY_WHEN_NAMED = [full]
const MEASUREMENTS = [bookingsPerSecond, freeCars, answers, teamsAnswers, cardsShown, cpu, tick, startUp, memory]

/** Measures what was promised, on one machine in one run, and prints it beside the promise. Fails when one is broken. */
async function main(): Promise<void> {
  const { values } = parseArgs({ options: { only: { type: 'string' } } })
  const named = [...MEASUREMENTS, ...ONLY_WHEN_NAMED]
  const chosen = values.only === undefined ? MEASUREMENTS : named.filter(({ name }) => name === values.only)
  if (chosen.length === 0) {
    throw new Error(`--only must be one of ${named.map(({ name }) => name).join(', ')}: "${values.only}" is not`)
  }
  const server = await startBenchServer()
  for (const signal of ['SIGINT', 'SIGTERM'] as const) {
    process.once(signal, () => void server.close().finally(() => process.exit(1)))
  }
  const figures: Figure[] = []
  try {
    for (const { name, measure } of chosen) {
      process.stderr.write(`${name} …\n`)
      figures.push(...(await measure(server)))
    }
  } finally {
    await server.close()
    print(figures, server.version)
  }
  if (figures.some(({ met }) => met === false)) process.exitCode = 1
}

function print(figures: Figure[], postgresVersion: string): void {
  const model = cpus()[0]?.model.trim() ?? 'unknown processor'
  console.log(`${cpus().length} × ${model}, Node ${process.versions.node}, PostgreSQL ${postgresVersion}\n`)
  const rows = figures.map(({ figure, goal, measured, met }) => [
    figure,
    goal,
    measured,
    met === null ? '' : met ? 'met' : 'NOT MET',
  ])
  const table = [['figure', 'goal', 'measured', ''], ...rows]
  const widths = [0, 1, 2, 3].map((column) => Math.max(...table.map((row) => row[column]?.length ?? 0)))
  for (const row of table)
    console.log(
      row
        .map((cell, column) => cell.padEnd(widths[column] ?? 0))
        .join('  ')
        .trimEnd(),
    )
}

await main()
