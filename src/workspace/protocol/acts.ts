import { carriedState } from './block-kit/view-state.ts'
import { deliver, deliverEvent } from './deliver.ts'
import type { DirectoryPerson } from './directory.ts'
import { isFields, parseJson } from './json.ts'
import type { ActResult, Acts, WorkspaceView } from './page-api.ts'
import {
  appHomeOpened,
  commandForm,
  messageAction,
  messageWritten,
  shortcut,
  userChange,
  viewAction,
  viewClosed,
} from './payloads.ts'
import { submitView } from './submit-view.ts'
import { suggestOptions } from './suggest-options.ts'
import { respond } from './web-api/respond.ts'
import type { ResponseTarget } from './web-api/response-urls.ts'
import type { World } from './world.ts'

/** What people do in their Slack client, each by its person's user id. */
export interface PersonActs {
  /** Types into the message field: a slash command, or a message to the bot. */
  say(userId: string, text: string): Promise<ActResult>
  action(userId: string, act: Acts['action']): Promise<ActResult>
  submit(userId: string, act: Acts['submit']): Promise<ActResult>
  closeModal(userId: string, act: Acts['close']): Promise<ActResult>
  suggest(userId: string, act: Acts['suggest']): Promise<ActResult>
  openHome(userId: string): Promise<ActResult>
  globalShortcut(userId: string, callbackId: string): Promise<ActResult>
  /** Their profile names this zone (IANA) from now on. */
  changeTimeZone(userId: string, timeZone: string): Promise<ActResult>
  /** An administrator changes who somebody is here, and the app is told. */
  changeMember(userId: string, changes: MemberChanges): Promise<ActResult>
}

export type MemberChanges = Partial<Pick<DirectoryPerson, 'email' | 'guest' | 'bot' | 'deleted' | 'stranger'>>

const OK: ActResult = { ok: true }
const GONE: ActResult = { ok: false, error: 'This is not there any more.' }
/** What the client shows beside a button when the app did not take the press. */
const PRESS_FAILED: ActResult = { ok: false, error: 'Oh no, something went wrong. Please try that again.' }

export function createActs(world: World): PersonActs {
  function as(act: (person: DirectoryPerson) => Promise<ActResult>): (userId: string) => Promise<ActResult> {
    return async (userId) => {
      const person = world.directory.byId(userId)
      if (!person || person.bot) return { ok: false, error: 'There is no such person.' }
      return person.deleted ? { ok: false, error: 'This account has been deactivated.' } : act(person)
    }
  }
  return {
    say: (userId, text) => as((person) => say(world, person, text.trim()))(userId),
    action: (userId, act) => as((person) => press(world, person, act))(userId),
    submit: (userId, act) => as((person) => submitView(world, person, act))(userId),
    closeModal: (userId, act) => as((person) => close(world, person, act))(userId),
    suggest: (userId, act) => as((person) => suggestOptions(world, person, act))(userId),
    openHome: as((person) => openHome(world, person)),
    globalShortcut: (userId, callbackId) =>
      as(async (person) => {
        const payload = JSON.stringify(shortcut(world, person, callbackId))
        const delivered = await deliver(world, { form: { payload } })
        return delivered.answered ? OK : PRESS_FAILED
      })(userId),
    changeTimeZone: (userId, timeZone) => as((person) => changeTimeZone(world, person, timeZone))(userId),
    changeMember: async (userId, changes) => {
      const person = world.directory.byId(userId)
      if (!person) return { ok: false, error: 'There is no such person.' }
      world.directory.change(person, changes)
      return tellApp(world, userChange(world, person))
    },
  }
}

/** As Slack's client sends it. https://docs.slack.dev/messaging/formatting-message-text#escaping */
function escaped(text: string): string {
  return text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
}

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
async function say(world: World, person: DirectoryPerson, text: string): Promise<ActResult> {
  if (text === '') return OK
  const [, command, words = ''] = /^(\/\S+)\s*(.*)$/s.exec(text) ?? []
  if (command === undefined) {
    const written = world.conversations.add({ channel: person.channel, from: 'person', text: escaped(text) })
    // Whoever writes does not see whether an app takes it.
    await tellApp(world, messageWritten(world, person, written))
    return OK
  }
  if (!world.commands.includes(command)) {
    const answer = `${command} is not a valid command. In Slack, all messages that start with the “/” symbol are interpreted as commands.`
    world.conversations.add({ channel: person.channel, from: 'bot', text: answer, ephemeral: true })
    return OK
  }
  const target: ResponseTarget = { userId: person.userId, channel: person.channel }
  const form = commandForm(world, person, command, words, responseUrl(world, target))
  const delivered = await deliver(world, { form })
  if (!delivered.answered) return { ok: false, error: `${command} failed with the error “${delivered.error}”` }
  showAcknowledgement(world, target, delivered)
  return OK
}

/**
 * The body of a command's acknowledgement may be a message.
 * https://docs.slack.dev/interactivity/implementing-slash-commands#responding_to_commands
 */
function showAcknowledgement(world: World, target: ResponseTarget, answer: { body: string; json: boolean }): void {
  if (answer.body.trim() === '') return
  const parsed = answer.json ? parseJson(answer.body) : undefined
  const message = isFields(parsed) ? parsed : { text: answer.body }
  if (message.text || message.blocks) respond(world, target, message)
}

async function press(world: World, person: DirectoryPerson, act: Acts['action']): Promise<ActResult> {
  const action = { ...act.action, block_id: act.blockId }
  const payload = pressPayload(world, person, act, action)
  if (!payload) return GONE
  const delivered = await deliver(world, { form: { payload: JSON.stringify(payload) } })
  return delivered.answered ? OK : PRESS_FAILED
}

function pressPayload(
  world: World,
  person: DirectoryPerson,
  act: Acts['action'],
  action: Record<string, unknown>,
): unknown {
  if (act.source.kind === 'view') {
    const view = viewOf(world, person, act.source.viewId)
    return view && viewAction(world, person, view, { action, state: carriedState(act.state, view.blocks) })
  }
  const { channel, ts } = act.source
  const message = channel === person.channel ? world.conversations.find(channel, ts) : undefined
  if (!message) return undefined
  const url = responseUrl(world, { userId: person.userId, channel, ts })
  const state = carriedState(act.state, message.blocks)
  return messageAction(world, person, message, { action, state, responseUrl: url })
}

/** Closes a modal; the app hears of it when it asked to. https://docs.slack.dev/surfaces/modals#modal_cancellations */
async function close(world: World, person: DirectoryPerson, act: Acts['close']): Promise<ActResult> {
  const view = viewOf(world, person, act.viewId)
  if (view?.type !== 'modal') return GONE
  const isCleared = act.clearAll || ('clear_on_close' in view && view.clear_on_close === true)
  for (const closed of world.views.close(person.userId, view.id, isCleared)) {
    if (!('notify_on_close' in closed && closed.notify_on_close)) continue
    await deliver(world, { form: { payload: JSON.stringify(viewClosed(world, person, closed, isCleared)) } })
  }
  return OK
}

async function openHome(world: World, person: DirectoryPerson): Promise<ActResult> {
  return tellApp(world, appHomeOpened(world, person))
}

async function changeTimeZone(world: World, person: DirectoryPerson, timeZone: string): Promise<ActResult> {
  world.directory.setTimeZone(person, timeZone)
  return tellApp(world, userChange(world, person))
}

async function tellApp(world: World, event: unknown): Promise<ActResult> {
  const delivered = await deliverEvent(world, event, () => world.isClosed())
  return delivered.answered ? OK : { ok: false, error: 'The app did not answer.' }
}

/** An open modal of this person's, or their Home tab. */
function viewOf(world: World, person: DirectoryPerson, viewId: string): WorkspaceView | undefined {
  const found = world.views.find(viewId)
  return found?.userId === person.userId ? found.view : undefined
}

function responseUrl(world: World, target: ResponseTarget): string {
  return `${world.baseUrl}/slack/response/${world.responseUrls.issue(target)}`
}
