import type { Finding } from '../../core/finding.ts'

const ABOUT = 'Address'
const TIMEOUT_MS = 3000
const ONLY_HERE = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** A platform that sends requests to an address of ours. */
export interface Caller {
  name: string
  path: string
  /** What it calls that address, with its verb: "Slack’s Request URLs are". */
  wants: string
  /** How to do without an address, where that can be. */
  otherwise?: string
}

/** Where each platform is to send what happens there, and whether `publicUrl` is answered by a Motorpool that runs. */
export async function checkPublicUrl(publicUrl: string, callers: readonly Caller[]): Promise<Finding[]> {
  if (callers.length === 0) return []
  if (ONLY_HERE.test(new URL(publicUrl).hostname)) return callers.map((caller) => onlyHere(publicUrl, caller))
  const addresses = callers.map(({ wants, path }): Finding => {
    return { level: 'ok', about: ABOUT, text: `${wants} to be ${publicUrl}${path}` }
  })
  return [...addresses, await reachability(publicUrl)]
}

function onlyHere(publicUrl: string, { name, otherwise }: Caller): Finding {
  const instead = otherwise === undefined ? '' : `, or ${otherwise}`
  const text = `${publicUrl} is known to only this computer, and ${name} cannot reach it: set PUBLIC_URL to the address from outside${instead}`
  return { level: 'warning', about: ABOUT, text }
}

async function reachability(publicUrl: string): Promise<Finding> {
  const url = `${publicUrl}/healthz`
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(TIMEOUT_MS) })
    const { status } = (await response.json().catch(() => ({}))) as { status?: unknown }
    if (response.ok && status === 'alive') return { level: 'ok', about: ABOUT, text: `${publicUrl} answers` }
    const text = `${url} is not answered by Motorpool (${response.status}): does PUBLIC_URL, or what stands in front, lead to it?`
    return { level: 'warning', about: ABOUT, text }
  } catch (error) {
    const text = `${url} is not reached from here (${reason(error)}): start Motorpool, and see that PUBLIC_URL leads to it`
    return { level: 'warning', about: ABOUT, text }
  }
}

function reason(error: unknown): string {
  const { name, message, cause } = error as Error & { cause?: { code?: string; message?: string } }
  if (name === 'TimeoutError') return `no answer within ${TIMEOUT_MS / 1000} s`
  return cause?.code ?? cause?.message ?? message
}
