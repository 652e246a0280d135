import { hash } from 'node:crypto'

/** Returns a short text that is the same for the same payload, and for no other. */
export function digestOf(payload: unknown): string {
  return hash('sha256', JSON.stringify(payload), 'base64url').slice(0, 22)
}
