import type { NewBooking } from './booking.ts'

/** Who changed the booking last, and when: what somebody who comes too late is told. */
export function lastChange({ events }: NewBooking): { by: string | null; at: Date | null } {
  const last = events.at(-1)
  return { by: last?.actor?.name ?? null, at: last?.at ?? null }
}
