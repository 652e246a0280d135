import type { BookingEvent } from '../booking/booking.ts'
import type { Deps } from '../ports.ts'
import type { Channel } from './notice.ts'
import { undeliveredNotices } from './notices-for.ts'

/** Something that could not be brought to somebody, and will not be by trying again. */
export interface Undelivered {
  bookingId: string
  channel: Channel
  /** Null: it is not about one person, nothing goes out on this channel. */
  person: { id: string; name: string } | null
  error: string
}

/** Tells the admins, once for one person (or a whole channel) and one error, until something gets through again. */
export async function reportUndelivered(deps: Deps, undelivered: Undelivered): Promise<void> {
  const booking = await deps.store.findBooking(undelivered.bookingId)
  if (!booking) return
  const { admins } = await deps.store.deciders(booking.requester.id)
  const event: BookingEvent = { id: crypto.randomUUID(), type: 'delivery.failed', actor: null, at: deps.now() }
  const said = { actorName: null, comment: undelivered.error, wasApproved: booking.status === 'approved' }
  const notices = undeliveredNotices({ channels: deps.channels, event, booking, said }, admins, undelivered)
  const { channel, person, error } = undelivered
  await deps.store.alertOnce({ channel, personId: person?.id ?? null, error }, booking.id, event, notices)
}
