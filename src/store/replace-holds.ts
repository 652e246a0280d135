import type postgres from 'postgres'
import { type Hold, openMatter } from '../core/booking/trip-change.ts'
import type { Change } from '../core/ports.ts'

/** What follows for a transaction that cannot stand: nothing of it is written. */
export class RolledBack extends Error {
  readonly kind: 'vehicle_taken' | 'stale'

  constructor(kind: 'vehicle_taken' | 'stale') {
    super(kind)
    this.kind = kind
  }
}

/**
 * Holds these cars for a booking in place of those it held; inside a transaction, so that nobody comes in between. The lock
 * for each car, in one order for everybody, keeps two who exchange holds on the same cars from waiting for each other.
 * @throws RolledBack `stale`, `vehicle_taken`
 */
export async function replaceHolds(
  tx: postgres.TransactionSql,
  { booking, expected }: Change,
  holds: Hold[],
): Promise<void> {
  // The booking first, as every other change of it does, so that no two wait for each other.
  const { count } = await tx`
    SELECT FROM bookings WHERE id = ${booking.id} AND status = ${expected?.status ?? null}
      AND version = ${expected?.version ?? null} FOR NO KEY UPDATE`
  if (count === 0) throw new RolledBack('stale')
  const before = await tx<{ vehicleId: string }[]>`
    SELECT vehicle_id AS "vehicleId" FROM vehicle_holds WHERE booking_id = ${booking.id}`
  const own = before.map(({ vehicleId }) => vehicleId)
  const cars = [...new Set([...own, ...holds.map(({ vehicleId }) => vehicleId)])].sort()
  await tx`
    SELECT pg_advisory_xact_lock(hashtextextended(car, 0)) FROM unnest(${cars}::text[]) WITH ORDINALITY AS c(car, position)
    ORDER BY position`
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
