import { afterEach, beforeEach, expect, it } from 'vitest'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import { slackPerson } from '../support/slack-person.ts'
import { startWorkspace, webClient } from './workspace-with-app.ts'

let slack: LocalSlack
beforeEach(async () => {
  slack = await startWorkspace()
})
afterEach(() => slack.close())

const anna = () => slackPerson(slack, 'anna@example.com')
const post = (text: string) => webClient(slack).chat.postMessage({ channel: anna().channel, text })
const outcomes = () => slack.calls.map((call) => call.outcome)
const texts = () =>
  anna()
    .messages()
    .map((message) => message.text)

it('limits the rate of one method for some calls, saying for how long', async () => {
  slack.faults.add({ match: { method: 'chat.postMessage' }, times: 2, kind: 'rate_limited', retryAfterSeconds: 7 })
  await expect(post('1')).rejects.toMatchObject({ retryAfter: 7 })
  await expect(webClient(slack).auth.test()).resolves.toMatchObject({ ok: true })
  await expect(post('2')).rejects.toMatchObject({ retryAfter: 7 })
  await post('3')
  expect(texts()).toEqual(['3'])
  expect(outcomes()).toEqual(['rate_limited', 'ok', 'rate_limited', 'ok'])
})

it('breaks down with 500, from the nth call of a pattern on', async () => {
  slack.faults.add({ match: { method: /^chat\./, nth: 2 }, kind: 'server_error' })
  await post('1')
  await expect(post('2')).rejects.toMatchObject({ statusCode: 500 })
  await post('3')
  expect(texts()).toEqual(['1', '3'])
})

it('refuses with any error', async () => {
  slack.faults.add({ times: Number.POSITIVE_INFINITY, kind: 'error', error: 'account_inactive' })
  await expect(post('1')).rejects.toMatchObject({ data: { error: 'account_inactive' } })
  await expect(post('2')).rejects.toMatchObject({ data: { error: 'account_inactive' } })
  slack.faults.clear()
  await post('3')
  expect(texts()).toEqual(['3'])
})

it('loses the connection before or after a call took effect', async () => {
  slack.faults.add({ kind: 'drop_before_acting' })
  slack.faults.add({ kind: 'drop_after_acting' })
  await expect(post('before')).rejects.toMatchObject({ code: 'slack_webapi_request_error' })
  await expect(post('after')).rejects.toMatchObject({ code: 'slack_webapi_request_error' })
  expect(texts()).toEqual(['after'])
})

it('answers late', async () => {
  slack.faults.add({ kind: 'slow', ms: 60 })
  const began = performance.now()
  await post('late')
  expect(performance.now() - began).toBeGreaterThan(55)
})

it('is away altogether until it is back', async () => {
  slack.faults.down(true)
  await expect(post('1')).rejects.toMatchObject({ code: 'slack_webapi_request_error' })
  slack.faults.down(false)
  await post('2')
  expect(texts()).toEqual(['2'])
})
