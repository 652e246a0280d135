import type { StepStatus } from '../../core/approval/step.ts'
import type { Booking } from '../../core/booking/booking.ts'
import { openChange } from '../../core/booking/trip-change.ts'
import type { Press } from '../../core/notification/pressed-cards.ts'
import type { Person } from '../../core/people/person.ts'
import type { Deps } from '../../core/ports.ts'

/** What a press is to bring about. */
export type Wanted = Extract<StepStatus, 'approved' | 'rejected' | 'changes_requested'> | 'cancelled' | 'withdrawn'

type Store = Pick<Deps['store'], 'findBooking' | 'findBookingByStep'>

/** True if this person brought it about before: a press that is made twice, or that a platform brings twice, is no mistake. */
export async function isDoneAlready(
  store: Store,
  person: Pick<Person, 'id'>,
  about: Press['about'],
  wanted: Wanted,
): Promise<boolean> {
  const stepId = 'stepId' in about ? about.stepId : null
  const booking = await ('stepId' in about ? store.findBookingByStep(about.stepId) : store.findBooking(about.bookingId))
  return booking !== null && isDoneBy(booking, stepId, person.id, wanted)
}

export function isDoneBy(booking: Booking, stepId: string | null, personId: string, wanted: Wanted): boolean {
  const last = booking.events.at(-1)
  if (wanted === 'cancelled') return booking.events.some(isBy(personId, 'booking.cancelled'))
  if (wanted === 'withdrawn')
    return !openChange(booking) && last !== undefined && isBy(personId, 'change.withdrawn')(last)
  return booking.steps.some(
    ({ id, decidedBy, status }) => id === stepId && decidedBy?.id === personId && status === wanted,
  )
}

function isBy(personId: string, type: Booking['events'][number]['type']) {
  return (event: Booking['events'][number]) => event.type === type && event.actor?.id === personId
}
