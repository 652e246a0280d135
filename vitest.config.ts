import { defineConfig } from 'vitest/config'

/**
 * `unit` needs nothing, `store` needs a PostgreSQL (the embedded one), and its journeys a browser as well. The files of a
 * project share what they import (`isolate: false`): loading it anew for each took half of the time, and for each project
 * some twenty seconds. So a file leaves nothing behind: what it starts it stops, and what it replaces it puts back.
 */
export default defineConfig({
  test: {
    // Most files wait for processes, pauses and outages: a second worker halves the time on two cores.
    maxWorkers: 2,
    isolate: false,
    restoreMocks: true,
    projects: [
      {
        extends: true,
        test: {
          name: 'unit',
          include: ['test/{core,surfaces,workspace}/**/*.test.{ts,tsx}'],
        },
      },
      {
        extends: true,
        test: {
          name: 'store',
          include: ['test/{store,contract,app,journey}/**/*.test.ts'],
          globalSetup: ['test/support/postgres-server.ts', 'test/support/compiled-service.ts'],
          testTimeout: 60_000,
          hookTimeout: 60_000,
        },
      },
    ],
  },
})
