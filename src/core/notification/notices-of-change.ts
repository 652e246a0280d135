import type { Trip } from '../booking/booking.ts'
import { isSameTrip } from '../booking/trip-change.ts'
import type { Person } from '../people/person.ts'
import type { Notice } from './notice.ts'
import { askNotices, colleagues, type Telling, tell, tellQuietly } from './notices-for.ts'

/** A change was asked for: its owner hears by mail, those who decide are asked. */
export function changeRequestedNotices(telling: Telling): Notice[] {
  return [...tell(telling, 'change_requested', [telling.booking.requester], { chat: false }), ...askNotices(telling)]
}

/**
 * The trip is another one now: whoever stays aboard gets it for their calendar anew, whoever comes along for the first time
 * gets the entry, and whoever does not any more hears that.
 */
export function changedTripNotices(telling: Telling): Notice[] {
  const { booking, event } = telling
  const before = aboard(booking.requester, booking.change ? colleagues(booking.change.trip) : [])
  const after = aboard(booking.requester, colleagues(booking))
  const isForCompanions = !booking.change || isSeenByCompanions(booking.change.trip, booking)
  const stays = after.filter(
    (person) => includes(before, person) && (isForCompanions || person.id === booking.requester.id),
  )
  const kind = event.type === 'change.approved' ? 'change_approved' : 'booking_changed'
  return [
    ...tellQuietly(telling, kind, stays),
    ...tell(
      telling,
      'booking_approved',
      after.filter((person) => !includes(before, person)),
    ),
    ...tell(
      telling,
      'trip_left',
      before.filter((person) => !includes(after, person)),
    ),
  ]
}

/** True if a trip was changed in what companions are told of it: not in why it is made, or in the requester's note. */
function isSeenByCompanions(from: Trip, { type, reason, details, ...to }: Trip): boolean {
  return !isSameTrip({ ...from, type, reason, details }, { ...to, type, reason, details })
}

/** The request goes back to its owner, who answers on their card. */
export function changesRequestedNotices(telling: Telling): Notice[] {
  return tell(telling, 'changes_requested', [telling.booking.requester], { chat: true, asCard: 'request' })
}

/** Those who were asked about a change that is no longer wanted. */
export function changeWithdrawnNotices(asked: Person[]): (telling: Telling) => Notice[] {
  return (telling) => tellQuietly(telling, 'change_withdrawn', [telling.booking.requester, ...asked])
}

function aboard(requester: Person, travellers: Person[]): Person[] {
  return [requester, ...travellers.filter(({ id }) => id !== requester.id)]
}

function includes(people: Person[], { id }: Person): boolean {
  return people.some((person) => person.id === id)
}
