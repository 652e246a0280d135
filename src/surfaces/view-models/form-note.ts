import { checkTripLength, checkTripWindow } from '../../core/booking/check-trip-window.ts'
import type { NoneFree } from '../../core/booking/none-free.ts'
import type { TripWindow } from '../../core/booking/trip-window.ts'
import { BookingError, type Refusal } from '../../core/booking-error.ts'
import { formatWindow } from './format-window.ts'
import { noneFreeWords } from './none-free-words.ts'
import { refusalWords } from './refusal-words.ts'
import { ANY_CAR_WORDS } from './request-form.ts'

/** Returns why there is no trip at the times of a form, whatever car it is; null: there may be. `zone` is the reader's (IANA). */
export function windowRefusal(window: TripWindow, zone: string, now: Date): Refusal | null {
  try {
    checkTripWindow(window, now)
    checkTripLength(window, zone)
    return null
  } catch (error) {
    if (!(error instanceof BookingError)) throw error
    return error.refusal
  }
}

/** The same in words. `zone` is the reader's (IANA). */
export function windowProblem(window: TripWindow, zone: string, now: Date): string | null {
  const refusal = windowRefusal(window, zone, now)
  return refusal && refusalWords(refusal, zone, now)
}

interface FreeCarsThen {
  window: TripWindow
  /** How many of the reader's own site are free then. */
  ownCars: number
  /** What to say where there is none. */
  none: NoneFree | null
  /** A car had been chosen and is let go: `taken`: the reader has just been told that it is. */
  lost: 'not_free' | 'taken' | null
}

/** How many cars "any suitable car" may be, for what is chosen in a form, and what the form did on its own account. */
export function freeCarsNote({ window, ownCars, none, lost }: FreeCarsThen, clock: Clock): string {
  const count = ownCars === 1 ? '1 car is free' : `${ownCars} cars are free`
  const when = formatWindow(window, clock.zone, clock.siteZone, clock.now)
  const free = none ? noneFreeWords(none, clock.zone, clock.now) : `${count}: ${when}.`
  return lost === null ? free : `${LOST[lost]} ${free}`
}

/** The reader's zone and their site's (IANA), and what time it is. */
interface Clock {
  zone: string
  siteZone: string
  now: Date
}

const LOST = {
  not_free: 'The car you chose is not free then, or too small.',
  taken: `“${ANY_CAR_WORDS}” is chosen now.`,
}
