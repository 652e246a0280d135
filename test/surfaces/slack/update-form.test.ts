import type { WebClient } from '@slack/web-api'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { createTurns } from '../../../src/surfaces/slack/in-turn.ts'
import { updateForm } from '../../../src/surfaces/slack/update-form.ts'
import { noticeModal } from '../../../src/surfaces/slack/views/notice-modal.ts'
import type { LocalSlack } from '../../../src/workspace/protocol/local-slack.ts'
import { type SlackPerson, slackPerson } from '../../support/slack-person.ts'
import { textOf } from '../../support/visible-text.ts'
import { waitUntil } from '../../support/wait-until.ts'
import { startWorkspaceWithApp, type WorkspaceWithApp } from '../../workspace/workspace-with-app.ts'

/** How long ago a change was made whose redraw is sent now, in milliseconds. */
const PROMPT = 300
const SLOW = 4000

let workspace: WorkspaceWithApp
let slack: LocalSlack
let anna: SlackPerson
let client: WebClient
/** As a press in the form shows it to us: its id, and the hash of the picture that was pressed. */
let opened: { id: string; hash: string }
beforeAll(async () => {
  workspace = await startWorkspaceWithApp((app) =>
    app.command('/book-car', async ({ ack, command }) => {
      await ack()
      await workspace.client.views.open({ trigger_id: command.trigger_id, view: picture('opened') })
    }),
  )
  slack = workspace.slack
  client = workspace.client
  anna = slackPerson(slack, 'anna@example.com')
})
afterAll(() => workspace.close())
beforeEach(async () => {
  await anna.types('/book-car')
  const { id, hash } = (await anna.openModal()).view()
  opened = { id, hash }
})

const picture = (text: string) => noticeModal('Book a car', text)
const shown = () => textOf({ blocks: slack.modals(anna.userId).at(-1)?.blocks ?? [] })
const change = (text: string, age: number) => ({ view: opened, draw: async () => picture(text), age: () => age })

describe('a form that two processes draw', () => {
  it('is drawn under the hash of the picture that was changed', async () => {
    await updateForm(client, change('first', PROMPT), null)
    expect(shown()).toBe('first')
    expect(slack.calls.at(-1)?.args).toMatchObject({ view_id: opened.id, hash: opened.hash })
  })

  it('keeps the newer picture when a slow one comes after it', async () => {
    await updateForm(client, change('newer', PROMPT), null)
    await updateForm(client, change('older', SLOW), null)
    expect(shown()).toBe('newer')
  })

  it('shows the last change, though another process drew the one before it meanwhile', async () => {
    await updateForm(client, change('first', PROMPT), null)
    await updateForm(client, change('last', PROMPT), null)
    expect(shown()).toBe('last')
  })

  it('tells everything else that goes wrong', async () => {
    slack.faults.add({ kind: 'error', error: 'internal_error', match: { method: 'views.update' } })
    await expect(updateForm(client, change('first', PROMPT), null)).rejects.toThrow('internal_error')
  })
})

describe('a form that one process draws', () => {
  it('shows the last of quick changes, however long the one before it took', async () => {
    const inTurn = createTurns<Awaited<ReturnType<typeof updateForm>>>()
    const begun: string[] = []
    const draw = (text: string) =>
      inTurn(opened.id, (before) => {
        begun.push(text)
        return updateForm(client, change(text, SLOW), before)
      })
    slack.faults.add({ kind: 'slow', ms: 200, match: { method: 'views.update' } })
    const first = draw('first')
    await waitUntil(() => begun.length > 0, 'the first to begin')
    await Promise.all([first, draw('overtaken'), draw('last')])
    expect(shown()).toBe('last')
    expect(begun).toEqual(['first', 'last'])
  })

  it('goes by the newest picture where another process drew in between', async () => {
    const mine = await updateForm(client, change('mine', PROMPT), null)
    const { view } = await client.views.update({ view_id: opened.id, view: picture('theirs') })
    opened = { id: opened.id, hash: view?.hash ?? '' }
    await updateForm(client, change('last', SLOW), mine)
    expect(shown()).toBe('last')
  })
})
