import { createHash } from 'node:crypto'

/** Returns a short text that is the same for the same payload, and for no other. */
export function digestOf(payload: unknown): string {
  return createHash('sha256').update(JSON.stringify(payload)).digest('base64url').slice(0, 22)
}
