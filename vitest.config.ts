import { defineConfig } from 'vitest/config'

/** `unit` needs nothing, `store` needs a PostgreSQL (the embedded one), `journey` a browser as well. */
export default defineConfig({
  test: {
    // Most files wait for processes, pauses and outages: a second worker halves the time on two cores.
    maxWorkers: 2,
    projects: [
      // Races are timed, and so run before the others and alone.
      {
        test: {
          name: 'race',
          include: ['test/store/race.test.ts'],
          globalSetup: 'test/support/postgres-server.ts',
          testTimeout: 30_000,
          sequence: { groupOrder: 0 },
        },
      },
      {
        test: {
          name: 'unit',
          include: ['test/{core,surfaces,workspace}/**/*.test.{ts,tsx}'],
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'store',
          include: ['test/{store,contract,app}/**/*.test.ts'],
          exclude: ['test/store/race.test.ts'],
          sequence: { groupOrder: 1 },
          globalSetup: 'test/support/postgres-server.ts',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'journey',
          include: ['test/journey/**/*.test.ts'],
          sequence: { groupOrder: 1 },
          globalSetup: 'test/support/postgres-server.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
