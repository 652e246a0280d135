import { readdirSync, readFileSync } from 'node:fs'
import { App } from '@slack/bolt'
import { WebClient } from '@slack/web-api'
import { describe, expect, it, vi } from 'vitest'
import manifest from '../../manifests/slack/manifest.json' with { type: 'json' }
import { SLACK_PATH } from '../../src/surfaces/slack/path.ts'
import { createSlackApp, type SlackAppDeps } from '../../src/surfaces/slack/slack-app.ts'
import { helpMessage } from '../../src/surfaces/slack/views/help-message.ts'

/** What each method of the Web API needs: the "Bot tokens" line of its page under https://docs.slack.dev/reference/methods. */
const SCOPES: Record<string, string[]> = {
  'auth.test': [],
  'bots.info': ['users:read'],
  'chat.postMessage': ['chat:write'],
  'chat.update': ['chat:write'],
  'conversations.history': ['im:history'],
  'conversations.open': ['im:write'],
  'users.info': ['users:read', 'users:read.email'],
  'users.lookupByEmail': ['users:read.email'],
  'views.open': [],
  'views.publish': [],
  'views.update': [],
}

/** What each event needs: the "Required scopes" of its page under https://docs.slack.dev/reference/events. */
const EVENT_SCOPES: Record<string, string[]> = {
  app_home_opened: [],
  'message.im': ['im:history'],
  user_change: ['users:read'],
}

const { features, settings, oauth_config } = manifest
const methods = methodsCalled('src/surfaces/slack')
const registered = listeners()

/** Every method of the Web API that the code names, whatever it calls its client. */
function methodsCalled(folder: string): string[] {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter((file) => file.endsWith('.ts'))
  const source = files.map((file) => readFileSync(`${folder}/${file}`, 'utf8')).join('\n')
  expect(source.match(/apiCall\(/g), 'calls by a name that nobody can read').toHaveLength(1)
  const client = new WebClient()
  const isMethod = (path: string) => {
    const found = path.split('.').reduce((within, name) => Reflect.get(Object(within), name), client as unknown)
    return typeof found === 'function'
  }
  const called = [/\b([a-z]+)\s*\.\s*([a-zA-Z]+)\(/g, /callAsText\(\s*\w+,\s*'([a-z]+)\.([a-zA-Z]+)'/g]
  const paths = called.flatMap((call) => [...source.matchAll(call)].map(([, family, name]) => `${family}.${name}`))
  const isFamily = (name = '') => name !== 'logger' && Object.hasOwn(client, name)
  return [...new Set(paths)].filter((path) => isFamily(path.split('.')[0]) && isMethod(path)).sort()
}

/** What the app registers with Bolt when it is put together: of each kind the names, or the constraints, that it gives. */
function listeners() {
  const kinds = ['command', 'shortcut', 'event', 'action', 'view', 'options', 'message', 'function'] as const
  const spies = kinds.map((kind) => ({ kind, spy: vi.spyOn(App.prototype, kind) }))
  createSlackApp({ botToken: 'xoxb-1', signingSecret: 'secret', teamIds: [] }, {
    core: { now: () => new Date() },
  } as SlackAppDeps)
  const found = spies.map(({ kind, spy }) => ({ kind, names: spy.mock.calls.map(([what]: unknown[]) => what) }))
  vi.restoreAllMocks()
  return (wanted: (typeof kinds)[number]) => found.flatMap(({ kind, names }) => (kind === wanted ? names : []))
}

describe('the Slack manifest', () => {
  it('has exactly the scopes that the methods called and the events need', () => {
    expect(methods.filter((method) => !SCOPES[method])).toEqual([])
    expect(Object.keys(SCOPES)).toEqual(methods)
    const ofEvents = Object.values(EVENT_SCOPES).flat()
    const needed = new Set(['commands', ...methods.flatMap((method) => SCOPES[method] ?? []), ...ofEvents])
    expect(oauth_config.scopes.bot).toEqual([...needed].sort())
  })

  it('has exactly the commands, shortcuts and events that are listened to', () => {
    expect(features.slash_commands.map(({ command }) => command)).toEqual(registered('command'))
    const type = { global: 'shortcut', message: 'message_action' }
    const shortcuts = features.shortcuts.map((one) => ({
      type: type[one.type as keyof typeof type],
      callback_id: one.callback_id,
    }))
    expect(shortcuts).toEqual(registered('shortcut'))
    const { bot_events } = settings.event_subscriptions
    // Bolt knows messages by one name, wherever they are written.
    expect(bot_events.map((event) => event.split('.')[0]).toSorted()).toEqual(registered('event').toSorted())
    expect(bot_events.toSorted()).toEqual(Object.keys(EVENT_SCOPES))
    // These would need events or steps of their own.
    expect([...registered('message'), ...registered('function')]).toEqual([])
  })

  it('lets presses, forms and searches in', () => {
    expect(settings.interactivity.is_enabled).toBe(true)
    expect([registered('action').length, registered('view').length].every((count) => count > 0)).toBe(true)
    expect('message_menu_options_url' in settings.interactivity).toBe(registered('options').length > 0)
  })

  it('has a Home where one is drawn, and a conversation to post to', () => {
    expect(features.app_home.home_tab_enabled).toBe(methods.includes('views.publish'))
    expect(features.app_home.messages_tab_enabled).toBe(methods.includes('conversations.open'))
  })

  it('names one address to replace, and the path that is served', () => {
    const addresses = [...JSON.stringify(manifest).matchAll(/"(https?:[^"]+)"/g)].map(([, address]) => address)
    expect(addresses).toHaveLength(4)
    expect(new Set(addresses)).toEqual(new Set([`https://motorpool.example.com${SLACK_PATH}`]))
  })

  it('hints at every word that the help explains', () => {
    const [command] = features.slash_commands
    const explained = JSON.stringify(helpMessage(null)).matchAll(/`\/book-car (\w+)`/g)
    const hinted = command?.usage_hint.replaceAll(/\[when\]/g, '').match(/\w+/g)
    expect(hinted?.toSorted()).toEqual([...explained].map(([, word]) => word).toSorted())
  })
})
