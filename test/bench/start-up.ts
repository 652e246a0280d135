import { chmod, mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { MAIN, startApp } from './app-process.ts'
import type { Figure, Measurement } from './figure.ts'

/** Seconds. */
const GOALS = { cold: 10, warm: 5 }

/** `npm start` with no settings, in an empty folder and again: embedded PostgreSQL, migrations, local workspace. */
export const startUp: Measurement = {
  name: 'start',
  measure: async () => {
    const folder = await mkdtemp(join(tmpdir(), 'motorpool-start-'))
    await chmod(folder, 0o755)
    const start = async () => {
      const motorpool = await startApp(MAIN, {}, folder)
      await motorpool.stop()
      return motorpool.seconds
    }
    try {
      return [figure('with no database yet', await start(), GOALS.cold), figure('again', await start(), GOALS.warm)]
    } finally {
      await rm(folder, { recursive: true, force: true })
    }
  },
}

function figure(how: string, seconds: number, goal: number): Figure {
  const measured = `${seconds.toFixed(1)} s`
  return { figure: `start to ready, ${how}`, goal: `< ${goal} s`, measured, met: seconds < goal }
}
