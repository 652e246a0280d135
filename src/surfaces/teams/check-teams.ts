import { z } from 'zod'
import type { Finding } from '../../core/finding.ts'
import { requestToken, tokenUrl } from './access-token.ts'
import type { TeamsSettings } from './teams-settings.ts'

const ABOUT = 'Teams'
const OPENID_METADATA_URL = 'https://login.botframework.com/v1/.well-known/openidconfiguration'
const ISSUER = 'https://api.botframework.com'
const TIMEOUT_MS = 10_000

/** Whether Microsoft gives the bot a token for its calls, and tells the keys that sign what comes in. */
export async function checkTeams(settings: TeamsSettings): Promise<Finding[]> {
  return Promise.all([tokenFinding(settings), keysFinding(settings)])
}

const NO_TENANT =
  'there is no tenant MICROSOFT_APP_TENANT_ID: copy the App Tenant ID from the Azure bot’s Configuration'

/**
 * What to do about an answer of Entra's. Programs must not rely on these numbers, which may change; people look for them.
 * https://learn.microsoft.com/en-us/entra/identity-platform/reference-error-codes
 */
const TO_DO: Record<number, string> = {
  7000215:
    'MICROSOFT_APP_PASSWORD is not a secret of this app: copy the Value, not the Secret ID, of a client secret, or make a new one (Entra, App registrations, Certificates & secrets)',
  7000222:
    'the secret in MICROSOFT_APP_PASSWORD has expired: make a new one (Entra, App registrations, Certificates & secrets) and put its Value there',
  700016:
    'there is no app MICROSOFT_APP_ID in the tenant MICROSOFT_APP_TENANT_ID: copy both from the Azure bot’s Configuration',
  7005003:
    'the secret in MICROSOFT_APP_PASSWORD was revoked: make a new one (Entra, App registrations, Certificates & secrets) and put its Value there',
  7000229:
    'the app has no service principal in its own tenant: on its overview page in Entra, choose Create service principal',
  7000112: 'the app is disabled: in Entra, under Enterprise applications, let users sign in to it',
  90002: NO_TENANT,
  900021: NO_TENANT,
  900023: NO_TENANT,
}

const Granted = z.object({ access_token: z.string().min(1) })
const Refused = z.object({ error: z.string(), error_codes: z.array(z.number()).default([]) })

async function tokenFinding(settings: TeamsSettings): Promise<Finding> {
  const url = tokenUrl(settings)
  try {
    const response = await requestToken(settings)
    const answer: unknown = await response.json().catch(() => null)
    if (response.ok && Granted.safeParse(answer).success) {
      return { level: 'ok', about: ABOUT, text: 'Microsoft Entra gives the bot a token' }
    }
    return { level: 'problem', about: ABOUT, text: refusalText(answer, response.status, url) }
  } catch (error) {
    return { level: 'problem', about: ABOUT, text: `${url} does not answer (${reason(error)}): ${REACH}` }
  }
}

const REACH = 'does this machine reach it over HTTPS?'

function refusalText(answer: unknown, status: number, url: string): string {
  const refused = Refused.safeParse(answer).data
  if (!refused) return `${url} is not answered by Microsoft Entra (${status}): look at TEAMS_LOGIN_URL, or at a proxy`
  const code = refused.error_codes.find((one) => one in TO_DO) ?? refused.error_codes[0]
  const known = code === undefined ? undefined : TO_DO[code]
  if (known !== undefined) return `${known} (AADSTS${code})`
  const [what, where] =
    code === undefined
      ? [refused.error, 'look at MICROSOFT_APP_ID, MICROSOFT_APP_PASSWORD and MICROSOFT_APP_TENANT_ID']
      : [`AADSTS${code}`, `see https://login.microsoftonline.com/error?code=${code}`]
  return `Microsoft Entra refuses the bot a token (${what}): ${where}`
}

const Metadata = z.object({ issuer: z.string(), jwks_uri: z.url() })
const KeySet = z.object({ keys: z.array(z.unknown()).min(1) })

async function keysFinding({ openIdMetadataUrl, tokenIssuer }: TeamsSettings): Promise<Finding> {
  const url = openIdMetadataUrl ?? OPENID_METADATA_URL
  try {
    const { issuer, jwks_uri } = Metadata.parse(await fetchJson(url))
    KeySet.parse(await fetchJson(jwks_uri))
    const expected = tokenIssuer ?? ISSUER
    if (issuer === expected)
      return { level: 'ok', about: ABOUT, text: `${url} tells the keys that sign what Teams sends` }
    const text = `${url} tells the keys of ${issuer}, and TEAMS_TOKEN_ISSUER is ${expected}: nothing that Teams sends would be let in`
    return { level: 'problem', about: ABOUT, text }
  } catch (error) {
    const what = error instanceof z.ZodError ? 'what it answers is something else' : reason(error)
    const text = `${url} does not tell the keys that sign what Teams sends (${what}), and without them nobody is answered: ${REACH}`
    return { level: 'problem', about: ABOUT, text }
  }
}

async function fetchJson(url: string): Promise<unknown> {
  const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
  if (!response.ok) throw new Error(`${url} answered ${response.status}`)
  return response.json()
}

function reason(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  if (name === 'TimeoutError') return 'no answer in time'
  return cause?.code ?? cause?.message ?? message
}
