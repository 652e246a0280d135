import { z } from 'zod'
import type { Execute } from './adaptive-card.ts'

/** What a form asks for. */
export type FormAbout = NewRequest | { kind: 'change'; bookingId: string }

export interface NewRequest {
  kind: 'request'
  /** The same form, sent twice, makes one booking. */
  requestKey: string
  /** Whose key it is just as it stands, as it is of a form that was put aside elsewhere; null: whoever sends it. */
  keyHolder: string | null
}

/** What the buttons of a form carry, so that a press says what it is about. */
export function formData(about: FormAbout): Execute['data'] {
  if (about.kind === 'change') return { bookingId: about.bookingId }
  const { requestKey, keyHolder } = about
  return { requestKey, ...(keyHolder !== null && { keyHolder }) }
}

/** What a press in a form is about; null where the form has lost its key. */
export function readFormAbout({ bookingId, requestKey, keyHolder }: Record<string, unknown>): FormAbout | null {
  if (typeof bookingId === 'string') return { kind: 'change', bookingId }
  const key = z.uuid().safeParse(requestKey).data
  if (key === undefined) return null
  return { kind: 'request', requestKey: key, keyHolder: typeof keyHolder === 'string' ? keyHolder : null }
}

export function newRequest(): NewRequest {
  return { kind: 'request', requestKey: crypto.randomUUID(), keyHolder: null }
}

/**
 * The key of what this person sends: the same form of the same person makes one booking, and one that was passed on is
 * another's request.
 */
export function requestKeyOf({ requestKey, keyHolder }: NewRequest, personId: string): string {
  return keyHolder === personId ? requestKey : `${personId} ${requestKey}`
}

/** The form whose key this is, for whoever it belongs to. */
export function requestWithKey(key: string, personId: string): NewRequest {
  const own = `${personId} `
  return key.startsWith(own)
    ? { kind: 'request', requestKey: key.slice(own.length), keyHolder: null }
    : { kind: 'request', requestKey: key, keyHolder: personId }
}
