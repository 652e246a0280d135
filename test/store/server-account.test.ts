import { afterEach, expect, it, vi } from 'vitest'
import { childOptions } from '../../src/store/embedded/server-account.ts'

afterEach(() => {
  vi.unstubAllEnvs()
})

it('the programs of PostgreSQL see nothing of the environment in which Motorpool was started', () => {
  const before = { ...childOptions(undefined).env }
  for (const name of ['PATH', 'LC_ALL', 'TZ', 'PGDATA']) vi.stubEnv(name, '/somewhere/else')
  expect(childOptions(undefined).env).toEqual(before)
})
