import type { Alert } from '../ports.ts'
import type { Channel } from './notice.ts'

/** Something that could not be brought to somebody. */
export interface Undelivered {
  kind: Alert['kind']
  bookingId: string
  channel: Channel
  /** Null: it is not about one person, something is wrong with the whole channel. */
  person: { id: string; name: string } | null
  error: string
}
