import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { messageFrom } from '../../support/bot-connector/activities.ts'
import { type ReachedBot, reachedBot } from './reached-bot.ts'

let bot: ReachedBot
let clock: Date

beforeEach(async () => {
  clock = new Date()
  bot = await reachedBot({ now: () => clock })
})
afterEach(async () => {
  vi.useRealTimers()
  await bot.close()
})

/** Keys are kept by the clock of the machine, tokens judged by ours: both go on. */
const pass = (hours: number) => {
  clock = new Date(+clock + hours * 3600_000)
  vi.useFakeTimers({ toFake: ['Date'], now: clock })
}
/** A token that is good for two days. */
const longToken = () => bot.teams.authority.sign({ exp: Math.floor(Date.now() / 1000) + 48 * 3600 })

describe('the keys that Teams signs with', () => {
  const asked = () => bot.teams.calls.filter(({ name }) => name === 'metadata').length
  const help = () => messageFrom(bot.teams.person('anna').user, bot.teams.serviceUrl, 'help')
  const status = async (authorization = bot.teams.authority.sign()) =>
    (await bot.teams.deliver(help(), authorization)).status

  it('are fetched once for many activities', async () => {
    await Promise.all([status(), status(), status()])
    await status()
    expect(asked()).toBe(1)
  })

  it('may change at any time: the new one is good at once, the old one is not any more', async () => {
    const old = bot.teams.authority.sign()
    expect(await status(old)).toBe(200)
    bot.teams.authority.rotateKeys()
    pass(1 / 30)
    expect(await status()).toBe(200)
    expect(await status(old)).toBe(401)
  })

  it('are not asked for again and again because somebody names one that does not exist', async () => {
    await status()
    pass(1 / 30)
    for (const kid of ['a', 'b', 'c']) await status(bot.teams.authority.sign({}, { kid }))
    expect(asked()).toBe(2)
  })

  it('are not asked for again and again either while nobody answers, and nobody can fill the log', async () => {
    await status()
    pass(1 / 30)
    const broken = { kind: 'server_error', match: { method: 'metadata' }, times: 9 } as const
    bot.teams.faults.add(broken)
    for (const kid of ['a', 'b', 'c']) expect(await status(bot.teams.authority.sign({}, { kid }))).toBe(401)
    expect(asked()).toBe(2)
    expect(await status()).toBe(200)
    expect(bot.logged).toEqual([])
  })

  it.each(['metadata', 'keys'])('cannot be told (%s): nothing is let in, and an admin can read why', async (name) => {
    bot.teams.faults.add({ kind: 'server_error', match: { method: name }, times: 2 })
    expect(await status()).toBe(503)
    expect(await status(bot.teams.authority.sign({}, { key: 'stranger' }))).toBe(503)
    expect(bot.handled).toEqual([])
    expect(bot.logged).toHaveLength(2)
    expect(await status()).toBe(200)
  })

  it('are good for a day without news, and no longer', async () => {
    const later = longToken()
    expect(await status(later)).toBe(200)
    bot.teams.faults.down(true)
    for (const hours of [13, 9.5]) {
      pass(hours)
      expect(await status(later)).toBe(200)
    }
    pass(1.25)
    await status(later)
    pass(0.25)
    expect(await status(later)).toBe(503)
    bot.teams.faults.down(false)
    expect(await status(later)).toBe(200)
  })

  it('are renewed every hour', async () => {
    const later = longToken()
    await status(later)
    bot.teams.authority.rotateKeys()
    pass(1.1)
    expect(await status(later)).toBe(401)
  })
})
