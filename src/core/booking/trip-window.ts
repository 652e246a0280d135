import { addMinutes } from 'date-fns/addMinutes'

/** Half-open: a trip that ends at 10:00 and one that starts at 10:00 do not touch. */
export interface TripWindow {
  startsAt: Date
  endsAt: Date
}

/** What is held of the car for a trip: the trip and the time it takes to make the car ready for the next one. */
export function heldWindow(window: TripWindow, turnaroundMinutes: number): TripWindow {
  return { startsAt: window.startsAt, endsAt: addMinutes(window.endsAt, turnaroundMinutes) }
}
