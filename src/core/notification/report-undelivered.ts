import type { BookingEvent } from '../booking/booking.ts'
import type { Deps } from '../ports.ts'
import type { Channel } from './notice.ts'
import { undeliveredNotices } from './notices-for.ts'
import type { Undelivered } from './undelivered.ts'

/** Tells the admins once, as {@link Alert} says; of a channel that does not work through another one, where there is one. */
export async function reportUndelivered(deps: Deps, undelivered: Undelivered): Promise<void> {
  const booking = await deps.store.findBooking(undelivered.bookingId)
  if (!booking) return
  const { admins } = await deps.store.deciders(booking.requester.id)
  const event: BookingEvent = { id: crypto.randomUUID(), type: 'delivery.failed', actor: null, at: deps.now() }
  const said = { actorName: null, comment: undelivered.error, wasApproved: booking.status === 'approved' }
  const channels = undelivered.kind === 'setup' ? without(undelivered.channel, deps.channels) : deps.channels
  const notices = undeliveredNotices({ channels, event, booking, said }, admins, undelivered)
  const { kind, channel, person, error } = undelivered
  await deps.store.alertOnce({ kind, channel, personId: person?.id ?? null, error }, booking.id, event, notices)
}

/** The channels that are left without this one; where it is the only one, it stays. */
function without(channel: Channel, { chat, email }: Deps['channels']): Deps['channels'] {
  const left = { chat: chat.filter((platform) => platform !== channel), email: email && channel !== 'email' }
  return left.email || left.chat.length > 0 ? left : { chat, email }
}
