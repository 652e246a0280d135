import { type PassTime, passTime } from '../core/approval/pass-time.ts'
import type { DueBookings } from '../core/booking/due-bookings.ts'
import { nextDue } from '../core/booking/next-due.ts'
import { UnreadableBooking } from '../core/booking/unreadable-booking.ts'
import type { Deps } from '../core/ports.ts'
import type { Job } from './job.ts'
import { type HowToSee, seeToAll } from './see-to-all.ts'

/** Lets time pass for every booking for which it brings something about, until none is left. */
export function bookingsDue(core: Deps, due: DueBookings, how: HowToSee): Job {
  async function claim(now: Date, limit: number): Promise<(PassTime & { id: string })[]> {
    const ids = await due.claim(now, limit)
    const read = ids.length > 0 ? await due.read(ids) : []
    const byId = new Map(read.map((booking) => [booking.id, booking]))
    return ids.map((id) => ({ id, bookingId: id, read: byId.get(id) ?? null }))
  }

  return {
    name: 'bookings due',
    run: async (now, stopping) => {
      const left = await seeToAll({
        ...how,
        stopping,
        claim: (limit) => claim(now, limit),
        seeTo: async (input) => {
          try {
            const { outcome, booking } = await passTime(core, input)
            if (outcome === 'nothing') await due.settle(booking.id, booking.version, nextDue(booking, now))
          } catch (error) {
            if (!(error instanceof UnreadableBooking)) throw error
            how.log.error({ err: error, id: input.id }, 'A booking that is due cannot be read')
            await due.putOff(input.id)
          }
        },
      })
      // Only now: one that fails again and again must not keep this tick going.
      if (left.length > 0) await due.release(left)
    },
  }
}
