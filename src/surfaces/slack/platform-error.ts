import { ErrorCode } from '@slack/web-api'

/** Slack's error code, when it was Slack that refused. */
export function platformError(error: unknown): string | null {
  const { code, data } = error as { code?: string; data?: { error?: string } }
  return code === ErrorCode.PlatformError ? (data?.error ?? 'unknown_error') : null
}
