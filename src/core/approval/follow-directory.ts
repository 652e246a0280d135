import { cancelOfLeaver, type LeaverCancelled } from '../booking/cancel-of-leaver.ts'
import type { Deps } from '../ports.ts'
import { type Reasking, reaskStep } from './reask-step.ts'

/** The outcome for a booking that was compared with the directory. */
export type Followed = Reasking | LeaverCancelled

/**
 * Brings one booking in line with what the directory says now: that of somebody who has left is cancelled, and an open step is
 * brought to the right people. Nothing happens where all is right already.
 * @throws BookingError `booking_not_found`
 */
export async function followDirectory(deps: Deps, about: { bookingId: string }): Promise<Followed> {
  return (await cancelOfLeaver(deps, about)) ?? reaskStep(deps, about)
}
