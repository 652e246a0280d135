import { readFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { request } from 'node:http'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { App } from '@slack/bolt'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import type { WorkspaceState } from '../../src/workspace/protocol/page-api.ts'
import { slackPerson } from '../support/slack-person.ts'
import { startWorkspace, startWorkspaceWithApp } from './workspace-with-app.ts'

const DAY = 24 * 3_600_000
const json = { 'content-type': 'application/json' }

let realTime: number
let folder: string
let snapshotFile: string
let slack: LocalSlack
beforeEach(async () => {
  realTime = Date.parse('2026-11-23T09:00:00Z')
  folder = await mkdtemp(join(tmpdir(), 'workspace-'))
  snapshotFile = join(folder, 'workspace.json')
  slack = await startWorkspace({ snapshotFile, now: () => realTime })
})
afterEach(async () => {
  await slack.close()
  await rm(folder, { recursive: true })
})

async function move(body: unknown): Promise<{ status: number; body: unknown }> {
  const init = { method: 'POST', headers: json, body: JSON.stringify(body) }
  const response = await fetch(`${slack.baseUrl}/clock`, init)
  return { status: response.status, body: await response.json() }
}

/** A raw request, since fetch does not let anybody choose Host and Origin. */
function statusOf(headers: Record<string, string>, body?: string, method = body === undefined ? 'GET' : 'POST') {
  return new Promise<number | undefined>((resolve, reject) => {
    const req = request(`${slack.baseUrl}/clock`, { method, headers }, (res) => {
      res.resume()
      resolve(res.statusCode)
    })
    req.on('error', reject)
    req.end(body)
  })
}

describe('the clock of the local workspace', () => {
  it('shows real time until it is moved, and goes on from where it was moved to', async () => {
    const shown = async () => (await fetch(`${slack.baseUrl}/clock`)).json()
    expect(await shown()).toEqual({ now: '2026-11-23T09:00:00.000Z', aheadMs: 0 })
    const moved = { now: '2026-11-23T09:15:00.000Z', aheadMs: 15 * 60_000 }
    expect(await move({ forwardMinutes: 15 })).toEqual({ status: 200, body: moved })
    realTime += 60_000
    const on = { now: '2026-11-23T09:16:00.000Z', aheadMs: 15 * 60_000 }
    expect(await shown()).toEqual(on)
    expect(slack.clock.now().toISOString()).toBe(on.now)
    const state = (await (await fetch(`${slack.baseUrl}/state`)).json()) as WorkspaceState
    expect(state.clock).toEqual(on)
  })

  it.each([
    ['UTC', '2026-11-25T09:00:00Z'],
    ['an offset', '2026-11-25T10:00:00+01:00'],
  ])('goes to a moment in %s', async (_zone, to) => {
    expect(await move({ to })).toMatchObject({ status: 200, body: { now: '2026-11-25T09:00:00.000Z' } })
  })

  it.each<[unknown, string | null, RegExp]>([
    [{ to: '2026-11-23T08:59:59Z' }, 'to', /only goes forward/],
    [{ to: '2026-11-23T09:00:00Z' }, 'to', /only goes forward/],
    [{ to: '2027-11-25T09:00:00Z' }, 'to', /more than a year/],
    [{ to: 'tomorrow' }, 'to', /a date and time such as/],
    [{ to: '2026-11-25T09:00' }, 'to', /a date and time such as/],
    [{ to: '2026-02-30T09:00:00Z' }, 'to', /a date and time such as/],
    [{ to: 1764061200 }, 'to', /a date and time such as/],
    [{ forwardMinutes: 0 }, 'forwardMinutes', /only goes forward/],
    [{ forwardMinutes: -15 }, 'forwardMinutes', /only goes forward/],
    [{ forwardMinutes: 367 * 24 * 60 }, 'forwardMinutes', /more than a year/],
    [{ forwardMinutes: '15' }, 'forwardMinutes', /whole number of minutes/],
    [{ forwardMinutes: 1.5 }, 'forwardMinutes', /whole number of minutes/],
    [{ forwardMinutes: 15, to: '2026-11-25T09:00:00Z' }, null, /either forwardMinutes or to/],
    [{}, null, /either forwardMinutes or to/],
    [{ minutes: 15 }, null, /minutes/],
    [[], null, /a JSON object/],
    [null, null, /a JSON object/],
  ])('does not move for %j, and says why', async (body, field, error) => {
    expect(await move(body)).toEqual({ status: 400, body: { field, error: expect.stringMatching(error) } })
    expect(slack.clock.ahead()).toBe(0)
  })

  it.each<[string, Record<string, string>, number]>([
    ['another host', { host: 'evil.example' }, 403],
    ['another origin', { origin: 'https://evil.example' }, 403],
    ['a form', { 'content-type': 'text/plain' }, 415],
  ])('refuses %s', async (_who, headers, status) => {
    expect(await statusOf({ ...json, ...headers }, '{"forwardMinutes":15}')).toBe(status)
    expect(slack.clock.ahead()).toBe(0)
  })

  it('is shown to no other host, and is only read and moved', async () => {
    expect(await statusOf({ host: 'evil.example' })).toBe(403)
    expect(await statusOf(json, '{}', 'PUT')).toBe(405)
    expect(await statusOf(json, 'no JSON')).toBe(400)
  })

  it('is stored before anybody acts on the new time, and never goes back, not even after a crash', async () => {
    const seen: unknown[] = []
    slack.clock.onMoved(() => seen.push(JSON.parse(readFileSync(snapshotFile, 'utf8')).clockAhead))
    await move({ forwardMinutes: 24 * 60 })
    expect(seen).toEqual([DAY])
    const after = await startWorkspace({ snapshotFile, now: () => realTime })
    expect(after.clock.now()).toEqual(new Date(realTime + DAY))
    await after.close()
  })

  it('is no clock of Slack’s: signatures, triggers and message times stay real', async () => {
    let opened: unknown
    const { slack: local, close } = await startWorkspaceWithApp((app: App) => {
      app.command('/book-car', async ({ ack, client, body, say }) => {
        await ack()
        local.clock.forward(DAY)
        const title = { type: 'plain_text' as const, text: 'Book a car' }
        const view = { type: 'modal' as const, title, blocks: [{ type: 'divider' as const }] }
        opened = await client.views.open({ trigger_id: body.trigger_id, view })
        await say('The form is open.')
      })
    })
    const anna = slackPerson(local, 'anna@example.com')
    local.clock.forward(100 * DAY)
    expect(await local.say(anna.userId, '/book-car')).toEqual({ ok: true })
    await expect.poll(() => local.messages(anna.userId)).toHaveLength(1)
    expect(opened).toMatchObject({ ok: true })
    expect(Math.abs(Date.parse(local.messages(anna.userId)[0]?.at ?? '') - Date.now())).toBeLessThan(60_000)
    await close()
  })
})
