import { readdirSync, readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import manifest from '../../manifests/slack/manifest.json' with { type: 'json' }

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

const SLACK = 'src/surfaces/slack'
const source = readdirSync(SLACK, { recursive: true, encoding: 'utf8' })
  .filter((file) => file.endsWith('.ts'))
  .map((file) => readFileSync(`${SLACK}/${file}`, 'utf8'))

function found(pattern: RegExp): string[] {
  return [...new Set(source.flatMap((text) => [...text.matchAll(pattern)].map((match) => match[1] ?? '')))]
}

describe('the Slack manifest', () => {
  it('has exactly the scopes that the methods called need', () => {
    const methods = found(/client\s*\.\s*([a-z]+\.[a-zA-Z]+)\(/g)
    expect(methods.filter((method) => !SCOPES[method])).toEqual([])
    const needed = new Set(['commands', ...methods.flatMap((method) => SCOPES[method] ?? [])])
    expect(manifest.oauth_config.scopes.bot).toEqual([...needed].sort())
  })

  it('has exactly the commands, shortcuts and events that are listened to', () => {
    const commands = found(/= '(\/[a-z-]+)'/g).filter((path) => path !== '/slack/events')
    expect(manifest.features.slash_commands.map(({ command }) => command)).toEqual(commands)
    expect(manifest.features.shortcuts.map(({ callback_id }) => callback_id)).toEqual(found(/_SHORTCUT = '(\w+)'/g))
    expect(found(/app\.event\('([\w.]+)'/g)).toEqual(
      (manifest.settings as { event_subscriptions?: { bot_events: string[] } }).event_subscriptions?.bot_events ?? [],
    )
  })
})
