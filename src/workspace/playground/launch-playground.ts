import { type ChildProcess, execFile, spawn } from 'node:child_process'
import { mkdir, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { promisify } from 'node:util'

/** Its licence lets it be used, not passed on: so it is fetched, and is no dependency. */
const PACKAGE = '@microsoft/m365agentsplayground@0.2.28'
const LOOPBACK_ONLY = new URL('loopback-only.mjs', import.meta.url).href
/** https://learn.microsoft.com/en-us/microsoftteams/platform/toolkit/debug-your-agents-playground#customize-teams-context */
const SETTINGS_FILE = '.m365agentsplayground.yml'
/** With these it would ask Microsoft for tokens. */
const NOT_TOLD = ['AUTH_CLIENT_ID', 'AUTH_CLIENT_SECRET', 'AUTH_TENANT_ID']
/** Milliseconds. */
const START_WITHIN = 60_000
const STOP_WITHIN = 3_000

export interface PlaygroundOptions {
  /** Its working folder: its settings and its log are there. */
  folder: string
  settings: string
  /** Another one is taken where this one is not free. */
  port: number
  messagesUrl: string
  serviceUrl: string
}

export interface PlaygroundClient {
  /** Its page. */
  url: string
  /** Where it takes what the bot sends. */
  connectorUrl: string
  /** Settles when it has ended, by itself or because it was stopped. */
  ended: Promise<void>
  stop(): Promise<void>
}

export type LaunchPlayground = (options: PlaygroundOptions, signal: AbortSignal) => Promise<PlaygroundClient>

/** Fetches the Microsoft 365 Agents Playground into npm's own cache; gives what launches it. @throws PlaygroundMissing */
export async function fetchPlayground(signal: AbortSignal): Promise<LaunchPlayground> {
  const wanted = ['--yes', '--package', PACKAGE, '--call', 'command -v agentsplayground']
  try {
    const { stdout } = await promisify(execFile)('npx', wanted, { signal })
    return launcherOf(stdout.trim().split('\n').at(-1) ?? '')
  } catch (error) {
    if (signal.aborted) throw error
    throw new PlaygroundMissing(`npx could not fetch ${PACKAGE}:\n${(error as { stderr?: string }).stderr ?? error}`)
  }
}

/** The Playground cannot be fetched; the message is for the person. */
export class PlaygroundMissing extends Error {}

/** @param command its path */
export function launcherOf(command: string): LaunchPlayground {
  return (options, signal) => launch(command, options, signal)
}

async function launch(command: string, options: PlaygroundOptions, signal: AbortSignal): Promise<PlaygroundClient> {
  const { folder, settings, port, messagesUrl, serviceUrl } = options
  await mkdir(folder, { recursive: true })
  await writeFile(join(folder, SETTINGS_FILE), settings)
  const at = ['--app-endpoint', messagesUrl, '--service-url', serviceUrl, '--port', String(port)]
  const child = spawn(
    'env',
    [
      ...NOT_TOLD.flatMap((name) => ['-u', name]),
      'TEAMSAPPTESTER_BROWSER=none',
      ...[process.execPath, '--import', LOOPBACK_ONLY, command],
      ...['start', '--channel-id', 'msteams', '--disable-telemetry', ...at],
    ],
    // In a group of its own, so that Ctrl-C reaches it only through us.
    { cwd: folder, stdio: ['ignore', 'pipe', 'pipe'], detached: true },
  )
  const ended = new Promise<void>((resolve) => {
    child.once('close', () => resolve())
    child.once('error', () => resolve())
  })
  const stop = () => end(child, ended)
  try {
    const url = `http://localhost:${await portOf(child, ended, signal)}`
    return { url, connectorUrl: `${url.replace('localhost', '127.0.0.1')}/_connector`, ended, stop }
  } catch (error) {
    await stop()
    throw error
  }
}

/** The port that it says it listens on. */
async function portOf(child: ChildProcess, ended: Promise<void>, signal: AbortSignal): Promise<string> {
  let said = ''
  const listening = new Promise<string>((resolve) => {
    const hear = (chunk: Buffer) => {
      said += chunk
      const port = /Listening on (\d+)/.exec(said)?.[1]
      if (port) resolve(port)
    }
    child.stdout?.on('data', hear)
    child.stderr?.on('data', hear)
  })
  const late = AbortSignal.any([signal, AbortSignal.timeout(START_WITHIN)])
  const failed = new Promise<never>((_resolve, reject) => {
    late.addEventListener('abort', () => reject(late.reason))
    void ended.then(() => reject(new Error(`The Playground ended while it started:\n${said}`)))
  })
  return Promise.race([listening, failed])
}

async function end(child: ChildProcess, ended: Promise<void>): Promise<void> {
  child.kill('SIGTERM')
  const impatient = setTimeout(() => child.kill('SIGKILL'), STOP_WITHIN)
  await ended
  clearTimeout(impatient)
}
