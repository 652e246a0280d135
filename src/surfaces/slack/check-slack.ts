import { readFile } from 'node:fs/promises'
import { fileURLToPath } from 'node:url'
import { LogLevel, WebClient } from '@slack/web-api'
import type { Finding } from '../../core/finding.ts'
import { platformError } from './platform-error.ts'

const ABOUT = 'Slack'
const MANIFEST = new URL('../../../manifests/slack/manifest.json', import.meta.url)
const TIMEOUT_MS = 10_000

/** Whether Slack takes the token, and whether the app was installed with all the scopes of the manifest. */
export async function checkSlack(settings: { botToken: string; apiUrl: string | undefined }): Promise<Finding[]> {
  const client = new WebClient(settings.botToken, {
    ...(settings.apiUrl && { slackApiUrl: settings.apiUrl }),
    timeout: TIMEOUT_MS,
    retryConfig: { retries: 0 },
    rejectRateLimitedCalls: true,
    logLevel: LogLevel.ERROR,
  })
  try {
    const { team, user, response_metadata } = await client.auth.test()
    return [
      { level: 'ok', about: ABOUT, text: `the token is ${user ?? 'somebody'}'s in ${team ?? 'a workspace'}` },
      await scopesFinding(response_metadata?.scopes),
    ]
  } catch (error) {
    const refused = platformError(error)
    const text = refused
      ? `it refuses SLACK_BOT_TOKEN (${refused}): copy the Bot User OAuth Token of the installed app again`
      : `it does not answer (${error instanceof Error ? error.message : String(error)}): does this machine reach it?`
    return [{ level: 'problem', about: ABOUT, text }]
  }
}

/** Slack says a token's scopes in the header `x-oauth-scopes` of every answer. https://docs.slack.dev/authentication/tokens */
async function scopesFinding(granted: string[] | undefined): Promise<Finding> {
  if (!granted) return { level: 'warning', about: ABOUT, text: 'it does not say which scopes the token has' }
  const manifest = await readFile(MANIFEST, 'utf8').catch(() => null)
  if (manifest === null) {
    return {
      level: 'warning',
      about: ABOUT,
      text: `its scopes cannot be compared: ${fileURLToPath(MANIFEST)} is not there`,
    }
  }
  const wanted: string[] = JSON.parse(manifest).oauth_config.scopes.bot
  const missing = wanted.filter((scope) => !granted.includes(scope))
  return missing.length > 0
    ? {
        level: 'problem',
        about: ABOUT,
        text: `the token lacks ${missing.join(', ')}: update the app from manifests/slack/manifest.json and install it again`,
      }
    : { level: 'ok', about: ABOUT, text: 'the token has the scopes of the manifest' }
}
