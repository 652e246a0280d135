import { defineConfig } from 'vitest/config'

/**
 * Starts what takes long, a PostgreSQL and the compiled service, when a test asks for it first: those of `core` and
 * `surfaces` never do. The files share what they import (`isolate: false`): loading it for each of them took half of the time. So
 * a file leaves nothing behind: what it starts it stops, and what it replaces it puts back.
 */
export default defineConfig({
  test: {
    include: ['test/**/*.test.{ts,tsx}'],
    globalSetup: 'test/support/start-on-demand.ts',
    // Most files wait for processes, pauses and outages: a second worker halves the time on two cores.
    maxWorkers: 2,
    isolate: false,
    restoreMocks: true,
    testTimeout: 60_000,
    hookTimeout: 60_000,
  },
})
