import { Resend } from 'resend'
import type { Finding } from '../../core/finding.ts'
import { parseMailbox } from './parse-mailbox.ts'
import type { ResendSettings } from './resend-transport.ts'

const ABOUT = 'Mail'

/** Whether Resend takes the key, and would send from this address: its domain has to be there and verified. */
export async function checkMail({ apiKey, baseUrl, from }: ResendSettings & { from: string }): Promise<Finding> {
  const domain = parseMailbox(from).email.split('@').at(-1)?.toLowerCase() ?? ''
  const resend = new Resend(apiKey, baseUrl === undefined ? {} : { baseUrl })
  const { data, error } = await resend.domains.list({ limit: 100 })
  if (error?.name === 'restricted_api_key') {
    const text = `RESEND_API_KEY may only send, so whether ${domain} is verified cannot be seen: look at resend.com/domains`
    return { level: 'warning', about: ABOUT, text }
  }
  if (error) {
    const hint = error.statusCode === null ? 'does this machine reach it?' : 'look at RESEND_API_KEY'
    return { level: 'problem', about: ABOUT, text: `Resend refuses to say its domains (${error.message}): ${hint}` }
  }
  const found = data.data.find((one) => one.name.toLowerCase() === domain)
  if (found?.status === 'verified') return { level: 'ok', about: ABOUT, text: `Resend sends from ${domain}` }
  const text = found
    ? `${domain} (EMAIL_FROM) is not verified (${found.status}): add its DNS records as resend.com/domains says`
    : `${domain} (EMAIL_FROM) is not among Resend's domains: add it at resend.com/domains`
  return { level: 'problem', about: ABOUT, text }
}
