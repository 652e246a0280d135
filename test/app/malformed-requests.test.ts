import { createHmac } from 'node:crypto'
import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest'
import { FORM_OUT_OF_DATE, MESSAGE_OUT_OF_DATE } from '../../src/surfaces/view-models/out-of-date-words.ts'
import { cardAbout, fillForm, requestCar, waitUntilTold } from '../support/asking.ts'
import type { BotConnector } from '../support/bot-connector/start-bot-connector.ts'
import { businessClock } from '../support/business-clock.ts'
import { answerTo, teamsCardAbout } from '../support/demo-in-teams.ts'
import { readableLog } from '../support/log-lines.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { type Body, mutated } from '../support/mutations.ts'
import { startRequestCopier } from '../support/request-copier.ts'
import { startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'

const { log, lines } = readableLog()
/** The same walk each time, so that only a change turns it red; FUZZ_SEED takes another. */
const WALK = { numRuns: 400, seed: Number(process.env.FUZZ_SEED ?? 20_261_127) }
/** Slack refuses our calls about what was made up: a modal that is not there, an address that it never gave. */
const OF_SLACK = /WebAPIPlatformError|An API error occurred|response_url/
const errors = () => lines.filter((line) => line.level >= 50 && !OF_SLACK.test(JSON.stringify(line)))

let unhandled: unknown[] = []
const hear = (reason: unknown) => void unhandled.push(reason)
beforeAll(() => void process.on('unhandledRejection', hear))
afterAll(() => void process.off('unhandledRejection', hear))
afterEach(() => {
  expect(unhandled).toEqual([])
  unhandled = []
  lines.length = 0
})

describe('Slack', () => {
  let motorpool: TestMotorpool
  let bodies: Body[]
  beforeAll(async () => {
    const clock = businessClock()
    clock.nextWeek()
    motorpool = await startMotorpool({ now: clock.now, log })
    bodies = await someOfEach(motorpool)
  }, 60_000)
  afterAll(() => motorpool.stop())

  it.each([
    ['null', 'application/json'],
    ['[]', 'application/json'],
    ['7', 'application/json'],
    ['', 'application/json'],
    ['{', 'application/json'],
    ['{}', 'application/json'],
    ['payload=null', 'application/x-www-form-urlencoded'],
    ['payload=%22x%22', 'application/x-www-form-urlencoded'],
    ['payload=', 'application/x-www-form-urlencoded'],
    ['a=1', 'application/x-www-form-urlencoded'],
    ['payload=%7B%22type%22%3A%22block_actions%22%7D', 'application/x-www-form-urlencoded; charset=utf-8'],
  ])('answers 400 to the signed body “%s” (%s), with one line in the log', async (body, type) => {
    lines.length = 0
    const answer = await post(motorpool, body, type)
    expect(answer.status).toBe(400)
    expect(lines).toMatchObject([{ level: 40, msg: 'A request from Slack could not be read' }])
    expect(lines[0]).not.toHaveProperty('err')
  })

  const sent = (wanted: RegExp) => bodies.map((body) => JSON.stringify(body)).find((body) => wanted.test(body)) ?? ''

  it('says at once that a button of another version is out of date', async () => {
    const press = sent(/"actions":\[\{[^\]]*"action_id":"booking_approve"/).replaceAll(
      '"booking_approve"',
      '"booking_of_old"',
    )
    const answer = await post(motorpool, formOf(JSON.parse(press)), 'application/x-www-form-urlencoded')
    expect(answer.status).toBe(200)
    expect(await waitUntilTold(motorpool.person('mara'), /out of date/)).toBe(MESSAGE_OUT_OF_DATE)
    expect(errors()).toEqual([])
  })

  it.each<[string, RegExp, string]>([
    ['a key that is none', /requestKey\\":\\"[^\\]+/, 'requestKey\\":\\"key'],
    ['no key', /requestKey/, 'lostKey'],
    ['a type that is none', /"value":"business_trip"/g, '"value":"holiday"'],
    ['no metadata', /"private_metadata":"(\\.|[^"\\])*"/, '"private_metadata":""'],
  ])('says that a form with %s is out of date, with one line in the log', async (_what, part, changed) => {
    const form = sent(/^\{"type":"view_submission".*"callback_id":"request_booking"/)
    expect(form).toMatch(part)
    lines.length = 0
    const body: Body = JSON.parse(form.replace(part, changed))
    const answer = await post(motorpool, formOf(body), 'application/x-www-form-urlencoded')
    expect([answer.status, JSON.stringify(await answer.json())]).toEqual([
      200,
      expect.stringContaining(FORM_OUT_OF_DATE),
    ])
    expect(lines).toMatchObject([{ level: 30, msg: 'A form could not be read' }])
  })

  it('answers whatever is signed, without an error of ours', { timeout: 120_000 }, async () => {
    const kinds = new Set(bodies.map(({ type, command }) => String(type ?? command)))
    expect(kinds).toEqual(new Set(['/book-car', 'block_actions', 'view_submission', 'shortcut', 'event_callback']))
    await fc.assert(
      fc.asyncProperty(mutated(bodies), async (body) => {
        lines.length = 0
        const answer = await post(motorpool, formOf(body), 'application/x-www-form-urlencoded')
        expect([answer.status < 500, errors()]).toEqual([true, []])
      }),
      WALK,
    )
    expect((await fetch(`${motorpool.app.url}/healthz`)).status).toBe(200)
  })
})

describe('Teams', () => {
  let company: TeamsCompany
  let activities: Body[]
  beforeAll(async () => {
    const clock = businessClock()
    clock.nextWeek()
    company = await startTeamsCompany(clock, ['anna', 'mara', 'hanna'], { log })
    activities = await everyActivity(company)
  }, 60_000)
  afterAll(() => company.stop())

  it('answers whatever is signed, without an error of ours', { timeout: 120_000 }, async () => {
    await fc.assert(
      fc.asyncProperty(mutated(activities), async (activity) => {
        lines.length = 0
        const { status } = await company.connector.deliver(activity)
        expect([status < 500, errors()]).toEqual([true, []])
      }),
      WALK,
    )
    expect((await fetch(`${company.motorpool.app.url}/healthz`)).status).toBe(200)
  })

  it.each(['task/fetch', 'composeExtension/query', 'signin/verifyState'])(
    'answers 400 to the invoke %s, which nothing of ours asks for',
    async (name) => {
      const [activity] = activities.filter(({ type }) => type === 'invoke')
      expect((await company.connector.deliver({ ...activity, name })).status).toBe(400)
      expect(errors()).toEqual([])
    },
  )
})

/** Posts a body as Slack signs it. */
function post({ slack, config }: TestMotorpool, body: string, type: string): Promise<Response> {
  const timestamp = String(Math.floor(Date.now() / 1000))
  const digest = createHmac('sha256', config.slack?.signingSecret ?? '')
    .update(`v0:${timestamp}:${body}`)
    .digest('hex')
  return fetch(slack.requestUrl, {
    method: 'POST',
    headers: { 'content-type': type, 'x-slack-request-timestamp': timestamp, 'x-slack-signature': `v0=${digest}` },
    body,
  })
}

/** Commands come as a form; everything else is as JSON in a form, which Slack does not mind for events either. */
function formOf(body: Body): string {
  if (!('command' in body)) return new URLSearchParams({ payload: JSON.stringify(body) }).toString()
  return new URLSearchParams(Object.entries(body).map(([name, value]) => [name, String(value)])).toString()
}

/** What Slack sends while people use each part of Motorpool. */
async function someOfEach(motorpool: TestMotorpool): Promise<Body[]> {
  const copier = await startRequestCopier(motorpool.slack)
  const anna = motorpool.person('anna')
  const mara = motorpool.person('mara')
  await anna.opensHome()
  await anna.types('/book-car mine')
  await anna.types('/book-car cars tomorrow')
  const form = await fillForm(anna, 'Aurich', { Passengers: '2' })
  await form.press('Save as draft')
  await form.submit()
  const asked = await cardAbout(mara, 'Aurich')
  await mara.press(asked, 'Reject')
  const rejecting = await mara.openModal()
  await rejecting.fill('Reason', 'No')
  await rejecting.submit()
  await requestCar(anna, 'Ahlen')
  await mara.press(await cardAbout(mara, 'Ahlen'), 'Approve')
  await anna.press(await cardAbout(anna, 'Ahlen', /Cancel|Hanna/), 'Change')
  await (await anna.openModal()).submit()
  await anna.press(await cardAbout(anna, 'Ahlen'), 'Cancel')
  await (await anna.openModal()).submit()
  await anna.globalShortcut('book_car')
  await anna.types('/book-car away')
  const away = await anna.openModal()
  await away.fill('Who stands in for you', 'Ben').catch(() => {})
  await away.submit().catch(() => {})
  await copier.close()
  return copier.passed.map(readSent)
}

function readSent(body: string): Body {
  if (body.startsWith('{')) return JSON.parse(body)
  const form = Object.fromEntries(new URLSearchParams(body))
  return form.payload === undefined ? form : JSON.parse(form.payload)
}

/** What Teams sends while people use each part of Motorpool. */
async function everyActivity({ connector, people: { anna, mara } }: TeamsCompany): Promise<Body[]> {
  const passed: Body[] = []
  const deliver = connector.deliver
  const recorded: BotConnector['deliver'] = (activity, authorization) => {
    passed.push(JSON.parse(JSON.stringify(activity)))
    return deliver(activity, authorization)
  }
  connector.deliver = recorded
  await anna.installs()
  for (const word of ['help', 'cars tomorrow', 'my bookings', 'drafts', 'approvals']) await anna.says(word)
  await anna.inChannel('help')
  await anna.says('away')
  await anna.presses(await anna.waitFor(/stands in/i), 'away.save')
  const form = await answerTo(anna, 'book')
  await anna.presses(form, 'Save as draft', { destination: 'Aurich' })
  await anna.presses(form, 'Request car', { destination: 'Aurich' })
  await mara.presses(await teamsCardAbout(mara, 'Aurich'), 'Approve')
  await anna.presses(await teamsCardAbout(anna, 'Aurich'), 'Cancel')
  connector.deliver = deliver
  return passed
}
