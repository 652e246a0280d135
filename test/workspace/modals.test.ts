import type { App } from '@slack/bolt'
import type { HomeView, KnownBlock, ModalView } from '@slack/types'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { slackPerson } from '../support/slack-person.ts'
import { startWorkspaceWithApp, type WorkspaceWithApp } from './workspace-with-app.ts'

const plain = (text: string) => ({ type: 'plain_text', text }) as const
const option = (text: string) => ({ text: plain(text), value: text.toLowerCase() })
const CARS = ['Golf', 'Polo', 'Transit'].map(option)
const refusal = (error: string) => expect.objectContaining({ data: expect.objectContaining({ ok: false, error }) })

function bookingModal(more: Partial<ModalView> = {}, cars = CARS): ModalView {
  const blocks: KnownBlock[] = [
    {
      type: 'input',
      block_id: 'departure',
      dispatch_action: true,
      label: plain('Departure'),
      element: { type: 'datetimepicker', action_id: 'at', initial_date_time: 1_800_000_000 },
    },
    {
      type: 'input',
      block_id: 'car',
      optional: true,
      label: plain('Car'),
      element: { type: 'static_select', action_id: 'car', options: cars, initial_option: cars[0] },
    },
    {
      type: 'input',
      block_id: 'seats',
      label: plain('Passengers'),
      element: { type: 'number_input', action_id: 'seats', is_decimal_allowed: false, min_value: '1', max_value: '9' },
    },
    {
      type: 'input',
      block_id: 'drivers',
      optional: true,
      label: plain('Drivers'),
      element: { type: 'multi_users_select', action_id: 'drivers' },
    },
    {
      type: 'input',
      block_id: 'goal',
      optional: true,
      label: plain('Destination'),
      element: { type: 'external_select', action_id: 'goal', min_query_length: 0 },
    },
    {
      type: 'section',
      block_id: 'day',
      text: { type: 'mrkdwn', text: 'Another day' },
      accessory: { type: 'datepicker', action_id: 'day' },
    },
    { type: 'actions', elements: [{ type: 'button', action_id: 'more', text: plain('More') }] },
  ]
  return { type: 'modal', callback_id: 'book', title: plain('Book a car'), submit: plain('Book'), blocks, ...more }
}

const NOTE: ModalView = { type: 'modal', title: plain('Note'), blocks: [{ type: 'divider' }] }

/** What the app does next; each test says so. */
let onSubmit: Parameters<App['view']>[1]
let triggers: string[] = []
let submitted: unknown[] = []
let closed: string[] = []
let actions: unknown[] = []
let workspace: WorkspaceWithApp
let clock = Date.now()

function listen(app: App): void {
  app.command('/book-car', async ({ ack, body, client }) => {
    await ack()
    triggers.push(body.trigger_id)
    if (body.text !== 'later') await client.views.open({ trigger_id: body.trigger_id, view: bookingModal() })
  })
  app.view('book', async (args) => {
    submitted.push(args.view.state.values)
    await onSubmit(args)
  })
  app.view({ callback_id: 'book', type: 'view_closed' }, async ({ ack, body }) => {
    await ack()
    closed.push(body.view.id)
  })
  app.action('more', async ({ ack, body, client }) => {
    await ack()
    triggers.push('trigger_id' in body ? body.trigger_id : '')
    await client.views.push({ trigger_id: triggers.at(-1) ?? '', view: bookingModal() })
  })
  app.action('book', async ({ ack, body, client }) => {
    await ack()
    if ('trigger_id' in body) await client.views.open({ trigger_id: body.trigger_id, view: bookingModal() })
  })
  app.action(/^(at|day)$/, async ({ ack, action, body }) => {
    actions.push(action)
    if (body.type === 'block_actions') actions.push(body.view?.state.values)
    await ack()
  })
  app.options('goal', async ({ ack, payload }) => {
    const options = ['Berlin', 'Bonn', 'Ulm'].filter((name) => name.startsWith(payload.value)).map(option)
    await ack({ options })
  })
}

beforeAll(async () => {
  workspace = await startWorkspaceWithApp(listen, { now: () => clock })
})
afterAll(() => workspace.close())
beforeEach(() => {
  onSubmit = ({ ack }) => ack()
  triggers = []
  submitted = []
  closed = []
  actions = []
})

const anna = () => slackPerson(workspace.slack, 'anna@example.com')
async function annaOpens() {
  const person = anna()
  await person.types('/book-car')
  return person.openModal()
}

describe('a trigger', () => {
  it('opens one view', async () => {
    await annaOpens()
    const again = workspace.client.views.open({ trigger_id: triggers[0] ?? '', view: NOTE })
    await expect(again).rejects.toEqual(refusal('exchanged_trigger_id'))
  })

  it('expires after three seconds, and is not spent by an invalid view', async () => {
    const { views } = workspace.client
    await anna().types('/book-car later')
    const trigger_id = triggers[0] ?? ''
    const invalid = views.open({ trigger_id, view: { ...NOTE, title: plain('x'.repeat(25)) } })
    await expect(invalid).rejects.toMatchObject({
      data: {
        error: 'invalid_arguments',
        response_metadata: { messages: ['[ERROR] must be less than 25 characters [json-pointer:/view/title/text]'] },
      },
    })
    clock += 3001
    await expect(views.open({ trigger_id, view: NOTE })).rejects.toEqual(refusal('expired_trigger_id'))
    clock -= 1
    await expect(views.open({ trigger_id, view: NOTE })).resolves.toMatchObject({ ok: true })
    await expect(views.open({ trigger_id: '1.2.x', view: NOTE })).rejects.toEqual(refusal('invalid_trigger_id'))
  })
})

describe('a view', () => {
  it('is updated only under its newest hash, and only while open', async () => {
    const modal = await annaOpens()
    const { id: view_id, hash } = modal.view()
    const { views } = workspace.client
    await views.update({ view_id, hash, view: bookingModal({ title: plain('Second') }) })
    expect(modal.title()).toBe('Second')
    const stale = views.update({ view_id, hash, view: bookingModal({ title: plain('Third') }) })
    await expect(stale).rejects.toEqual(refusal('hash_conflict'))
    await modal.close()
    await expect(views.update({ view_id, view: bookingModal() })).rejects.toEqual(refusal('not_found'))
  })

  it('is found by its external id, which no two have', async () => {
    const modal = await annaOpens()
    const { views } = workspace.client
    const view = bookingModal({ external_id: 'booking-1' })
    await views.update({ view_id: modal.view().id, view })
    await views.update({ external_id: 'booking-1', view: { ...view, title: plain('Found') } })
    expect(modal.title()).toBe('Found')
    const max = slackPerson(workspace.slack, 'max@example.com')
    await max.types('/book-car later')
    const twin = views.open({ trigger_id: triggers.at(-1) ?? '', view })
    await expect(twin).rejects.toEqual(refusal('duplicate_external_id'))
    await modal.close()
  })

  it('stacks three deep', async () => {
    const modal = await annaOpens()
    const { slack } = workspace
    for (const depth of [2, 3]) {
      await (await anna().openModal()).press('More')
      await expect.poll(() => slack.modals(anna().userId).length).toBe(depth)
    }
    const [root, second, third] = slack.modals(anna().userId)
    expect([second?.root_view_id, third?.root_view_id, third?.previous_view_id]).toEqual([
      root?.id,
      root?.id,
      second?.id,
    ])
    await (await anna().openModal()).press('More')
    await expect.poll(() => slack.calls.at(-1)?.outcome).toBe('push_limit_reached')
    await (await anna().openModal()).close()
    expect(slack.modals(anna().userId)).toHaveLength(2)
    await modal.close()
    expect(anna().hasModal()).toBe(false)
  })

  it('tells the app that it was closed only when asked to', async () => {
    await (await annaOpens()).close()
    const modal = await annaOpens()
    const { id } = modal.view()
    await workspace.client.views.update({ view_id: id, view: bookingModal({ notify_on_close: true }) })
    await modal.close()
    expect(closed).toEqual([id])
  })

  it('publishes a Home tab under a hash', async () => {
    const { views } = workspace.client
    const { userId: user_id } = anna()
    const home: HomeView = { type: 'home', blocks: [{ type: 'section', text: plain('Your bookings') }] }
    const { view } = await views.publish({ user_id, view: home })
    await expect(views.publish({ user_id, view: home, hash: 'old.1' })).rejects.toEqual(refusal('hash_conflict'))
    await expect(views.publish({ user_id, view: home, hash: view?.hash ?? '' })).resolves.toMatchObject({ ok: true })
    expect(workspace.slack.home(user_id)?.id).toBe(view?.id)
    await expect(anna().waitForHome(/Your bookings/)).resolves.toBeTruthy()
  })

  it('carries presses on the Home tab, which may open a modal', async () => {
    const { userId: user_id } = anna()
    const button = { type: 'button', action_id: 'book', text: plain('Book a car') } as const
    await workspace.client.views.publish({
      user_id,
      view: { type: 'home', blocks: [{ type: 'actions', elements: [button] }] },
    })
    const person = anna()
    expect(await person.press(await person.waitForHome(/Book a car/), 'Book a car')).toEqual({ ok: true })
    const modal = await person.openModal()
    expect(modal.title()).toBe('Book a car')
    await modal.close()
  })
})

describe('a person', () => {
  it('fills in fields by what they see, and the app gets Slack’s state', async () => {
    const modal = await annaOpens()
    expect(modal.labels()).toEqual(['Departure', 'Car', 'Passengers', 'Drivers', 'Destination'])
    expect(modal.value('Departure')).toEqual(new Date(1_800_000_000_000))
    expect([modal.value('Car'), await modal.options('Car')]).toEqual(['Golf', ['Golf', 'Polo', 'Transit']])
    expect(await modal.options('Destination')).toEqual(['Berlin', 'Bonn', 'Ulm'])
    await modal.fill('Departure', new Date('2027-03-01T08:00:00Z'))
    await modal.fill('Car', 'Polo')
    await modal.fill('Passengers', 3)
    await modal.fill('Drivers', ['Anna Berg', 'max@example.com'])
    await modal.fill('Destination', 'Bonn')
    await modal.fill('Another day', new Date('2027-03-01T23:30:00Z'))
    expect(actions[0]).toMatchObject({ type: 'datetimepicker', action_id: 'at', block_id: 'departure' })
    expect(actions[2]).toMatchObject({ type: 'datepicker', selected_date: '2027-03-02' })
    expect(await modal.submit()).toEqual({ ok: true })
    const max = slackPerson(workspace.slack, 'max@example.com')
    expect(submitted).toEqual([
      {
        departure: { at: { type: 'datetimepicker', selected_date_time: 1_803_888_000 } },
        car: { car: { type: 'static_select', selected_option: option('Polo') } },
        seats: { seats: { type: 'number_input', value: '3' } },
        drivers: { drivers: { type: 'multi_users_select', selected_users: [anna().userId, max.userId] } },
        goal: { goal: { type: 'external_select', selected_option: option('Bonn') } },
        day: { day: { type: 'datepicker', selected_date: '2027-03-02' } },
      },
    ])
    expect(modal.isOpen()).toBe(false)
  })

  it('keeps what was typed when the app updates the view, as far as it is still offered', async () => {
    const modal = await annaOpens()
    await modal.fill('Passengers', 4)
    await modal.fill('Car', 'Transit')
    const { id: view_id } = modal.view()
    const { views } = workspace.client
    await views.update({ view_id, view: bookingModal({}, [option('Polo'), option('Transit')]) })
    expect([modal.value('Passengers'), modal.value('Car')]).toEqual(['4', 'Transit'])
    await views.update({ view_id, view: bookingModal({}, [option('Polo')]) })
    expect([modal.value('Passengers'), modal.value('Car')]).toEqual(['4', 'Polo'])
    await expect(modal.fill('Car', 'Transit')).rejects.toThrow('not one of: Polo')
    await modal.close()
  })

  it('is held back by the client while fields are missing or wrong', async () => {
    const modal = await annaOpens()
    expect((await modal.submit()).fieldErrors).toEqual({ Passengers: 'Please complete this required field.' })
    await modal.fill('Passengers', 10)
    expect((await modal.submit()).fieldErrors).toEqual({ Passengers: 'Please enter a number of at most 9.' })
    expect(submitted).toEqual([])
    await modal.close()
  })
})

describe('an answer to a submission', () => {
  async function submitAnswered(answer: typeof onSubmit) {
    const modal = await annaOpens()
    await modal.fill('Passengers', 2)
    onSubmit = answer
    return { modal, result: await modal.submit() }
  }

  it('shows errors at inputs by label, and keeps the modal', async () => {
    const { modal, result } = await submitAnswered(({ ack }) =>
      ack({ response_action: 'errors', errors: { car: 'The Golf is taken.' } }),
    )
    expect(result).toEqual({ ok: false, fieldErrors: { Car: 'The Golf is taken.' } })
    await modal.close()
  })

  it.each([
    ['errors at what is no input', { response_action: 'errors', errors: { day: 'no' } }],
    ['an invalid view', { response_action: 'update', view: { ...NOTE, title: plain('x'.repeat(30)) } }],
  ] as const)('fails over %s', async (_what, answer) => {
    const { modal, result } = await submitAnswered(({ ack }) => ack(answer))
    expect(result).toEqual({ ok: false, error: 'We had some trouble connecting. Try again?' })
    expect(modal.isOpen()).toBe(true)
    await modal.close()
  })

  it('fails when the app throws', async () => {
    const { modal, result } = await submitAnswered(() => Promise.reject(new Error('no database')))
    expect(result).toEqual({ ok: false, error: 'We had some trouble connecting. Try again?' })
    await modal.close()
  })

  it('updates, pushes and clears', async () => {
    const { modal } = await submitAnswered(({ ack }) =>
      ack({ response_action: 'push', view: bookingModal({ title: plain('Pushed') }) }),
    )
    const pushed = await anna().openModal()
    expect([pushed.title(), modal.isOpen()]).toEqual(['Pushed', true])
    onSubmit = ({ ack }) => ack({ response_action: 'update', view: bookingModal({ title: plain('Updated') }) })
    await pushed.fill('Passengers', 1)
    await pushed.submit()
    expect(pushed.title()).toBe('Updated')
    onSubmit = ({ ack }) => ack({ response_action: 'clear' })
    await pushed.submit()
    expect(anna().hasModal()).toBe(false)
  })
})
