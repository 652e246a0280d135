import type { Finding } from '../../core/finding.ts'

const ABOUT = 'Address'
const TIMEOUT_MS = 3000
const ONLY_HERE = /^(localhost|127(\.\d+){3}|\[::1\])$/

/** Where `platform` is to send what happens there, and whether `publicUrl` is answered by a Motorpool that runs. */
export async function checkPublicUrl(publicUrl: string, platform: { name: string; path: string }): Promise<Finding[]> {
  const { name, path } = platform
  if (ONLY_HERE.test(new URL(publicUrl).hostname)) {
    const text = `${publicUrl} is known to only this computer, and ${name} cannot reach it: set PUBLIC_URL to the address from outside, or use Socket Mode`
    return [{ level: 'warning', about: ABOUT, text }]
  }
  return [
    { level: 'ok', about: ABOUT, text: `${name}’s Request URLs are to be ${publicUrl}${path}` },
    await reachability(publicUrl),
  ]
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
