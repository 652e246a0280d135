import { defineConfig } from 'vitest/config'

/** `unit` needs nothing, `store` needs a PostgreSQL (the embedded one), `journey` a browser as well. */
export default defineConfig({
  test: {
    // Most files wait for processes, pauses and outages: a second worker halves the time on two cores.
    maxWorkers: 2,
    projects: [
      { test: { name: 'unit', include: ['test/{core,surfaces,workspace}/**/*.test.{ts,tsx}'] } },
      {
        test: {
          name: 'store',
          include: ['test/{store,contract,app}/**/*.test.ts'],
          globalSetup: 'test/support/postgres-server.ts',
          testTimeout: 30_000,
        },
      },
      {
        test: {
          name: 'journey',
          include: ['test/journey/**/*.test.ts'],
          globalSetup: 'test/support/postgres-server.ts',
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
