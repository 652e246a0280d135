import type { Booking } from '../../src/core/booking/booking.ts'
import {
  ANNA,
  aBooking,
  anHrStep,
  aPerson,
  aSite,
  aStep,
  aVehicle,
  decided,
  HANNA,
  MARA,
  minutesAfter,
} from './builders.ts'

/** Everything as long as it may be, in a bus of 99. */
export function aFullBooking(typed: (length: number) => string, status: Booking['status']): Booking {
  const named = (person: typeof ANNA) => ({ ...person, name: typed(150), department: typed(100) })
  const site = aSite({ id: 'hamburg', name: typed(50), timeZone: 'America/Argentina/Buenos_Aires' })
  const asks = [named(MARA), named(HANNA), named(aPerson())].map((person) => ({ person, onBehalfOf: null }))
  const open = status === 'pending_manager'
  return aBooking({
    status,
    requester: named(ANNA),
    vehicle: aVehicle({ name: typed(80), licensePlate: typed(20), seats: 99, site }),
    passengers: 99,
    destination: typed(150),
    details: typed(3000),
    travellers: Array.from({ length: 99 }, () => ({ kind: 'companion', person: null, name: typed(80) })),
    steps: open
      ? [aStep({ asks })]
      : [
          decided(aStep({ asks }), { comment: typed(1000) }),
          decided(anHrStep({ asks }), {
            comment: typed(1000),
            status: status === 'rejected' ? 'rejected' : 'approved',
          }),
        ],
    createdAt: minutesAfter(aBooking().window.startsAt, -90),
  })
}
