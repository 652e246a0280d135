import { BookingError, type Refusal } from '../../src/core/booking-error.ts'

/** What a rule refuses with, as data; null when it lets it pass. */
export function refusalOf(act: () => unknown): Refusal | null {
  try {
    act()
    return null
  } catch (error) {
    if (error instanceof BookingError) return error.refusal
    throw error
  }
}
