import { defineConfig } from 'vitest/config'

/**
 * `unit` needs nothing, `store` needs a PostgreSQL (the embedded one), `journey` a browser as well. Their files share what
 * they import (`isolate: false`): loading it anew for each took half of the time. So a file leaves
 * nothing behind: what it starts it stops, and what it replaces it puts back.
 */
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
          isolate: false,
          restoreMocks: true,
          sequence: { groupOrder: 1 },
        },
      },
      {
        test: {
          name: 'store',
          include: ['test/{store,contract,app}/**/*.test.ts'],
          isolate: false,
          restoreMocks: true,
          exclude: ['test/store/race.test.ts'],
          sequence: { groupOrder: 1 },
          globalSetup: ['test/support/postgres-server.ts', 'test/support/compiled-service.ts'],
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'journey',
          include: ['test/journey/**/*.test.ts'],
          isolate: false,
          sequence: { groupOrder: 1 },
          globalSetup: 'test/support/postgres-server.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
