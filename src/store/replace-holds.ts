import type postgres from 'postgres'
import type { WantedDriverHold } from '../core/booking/driver-holds.ts'
import { type Hold, openMatter } from '../core/booking/trip-change.ts'
import type { Change } from '../core/ports.ts'

/** What follows for a transaction that cannot stand: nothing of it is written. */
export class RolledBack extends Error {
  readonly kind: 'vehicle_taken' | 'driver_busy' | 'stale'

  constructor(kind: RolledBack['kind']) {
    super(kind)
    this.kind = kind
  }
}

/**
 * Holds these cars and drivers for a booking in place of those it held; inside a transaction, so that nobody comes in between.
 * Two who move the same cars or drivers wait for each other's locks, which everybody takes in one order. A new booking takes no
 * lock: it inserts its car, then its drivers by their ids, and so does this, one driver after the other, so that whoever
 * waits for a row holds none that comes later.
 * @throws RolledBack `stale`, `vehicle_taken`, `driver_busy`
 */
export async function replaceHolds(tx: postgres.TransactionSql, change: Change): Promise<void> {
  const { booking, expected, holds, driverHolds } = change
  // The booking first, as every other change of it does, so that no two wait for each other.
  const { count } = await tx`
    SELECT FROM bookings WHERE id = ${booking.id} AND status = ${expected?.status ?? null}
      AND version = ${expected?.version ?? null} FOR NO KEY UPDATE`
  if (count === 0) throw new RolledBack('stale')
  const [before] = await tx<{ cars: string[]; drivers: string[] }[]>`
    SELECT ARRAY(SELECT vehicle_id FROM vehicle_holds WHERE booking_id = ${booking.id}) AS cars,
      ARRAY(SELECT DISTINCT person_id FROM driver_holds WHERE booking_id = ${booking.id}) AS drivers`
  const own = before?.cars ?? []
  const cars = holds === 'keep' ? [] : unique([...own, ...holds.map(({ vehicleId }) => vehicleId)])
  const drivers =
    driverHolds === 'keep' ? [] : unique([...(before?.drivers ?? []), ...driverHolds.map(({ personId }) => personId)])
  await tx`
    SELECT pg_advisory_xact_lock(hashtextextended(id, 0))
    FROM unnest(${[...cars, ...drivers]}::text[]) WITH ORDINALITY AS l(id, position) ORDER BY position`
  if (holds !== 'keep') await holdCars(tx, booking, holds, own)
  if (driverHolds === 'keep') return
  for (const personId of drivers) {
    const wanted = driverHolds.filter((hold) => hold.personId === personId)
    await holdDriver(tx, booking.id, personId, wanted)
  }
}

async function holdCars(
  tx: postgres.TransactionSql,
  booking: Change['booking'],
  holds: Hold[],
  own: string[],
): Promise<void> {
  await tx`DELETE FROM vehicle_holds WHERE booking_id = ${booking.id}`
  for (const { vehicleId, window } of holds) {
    // A car that was retired after it was promised still makes its trips.
    const held = await tx`
      INSERT INTO vehicle_holds (vehicle_id, booking_id, starts_at, ends_at)
      SELECT id, ${booking.id}, ${window.startsAt}, ${window.endsAt} FROM vehicles
      WHERE id = ${vehicleId} AND (id = ANY (${own}::uuid[])
        OR (status = 'in_service' AND seats >= ${openMatter(booking).trip.passengers}))
      ON CONFLICT ON CONSTRAINT vehicle_holds_no_overlap DO NOTHING`
    if (held.count === 0) throw new RolledBack('vehicle_taken')
  }
}

/** What is not new and cannot be held was promised when drivers were not held yet: it goes on without a hold. */
async function holdDriver(
  tx: postgres.TransactionSql,
  bookingId: string,
  personId: string,
  wanted: WantedDriverHold[],
): Promise<void> {
  await tx`DELETE FROM driver_holds WHERE booking_id = ${bookingId} AND person_id = ${personId}`
  for (const { window, isNew } of wanted) {
    const held = await tx`
      INSERT INTO driver_holds (booking_id, person_id, starts_at, ends_at)
      VALUES (${bookingId}, ${personId}, ${window.startsAt}, ${window.endsAt})
      ON CONFLICT ON CONSTRAINT driver_holds_no_overlap DO NOTHING`
    if (held.count === 0 && isNew) throw new RolledBack('driver_busy')
  }
}

/** Each once, in the one order in which everybody takes them. */
function unique(ids: string[]): string[] {
  return [...new Set(ids)].sort()
}
