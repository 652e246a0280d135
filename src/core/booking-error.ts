import type { StepStatus } from './approval/step.ts'
import type { NoneFree } from './booking/none-free.ts'
import type { BookingStatus } from './booking/status.ts'
import type { TripWindow } from './booking/trip-window.ts'

/** What a person sees of a refusal: a closed set of codes with facts. The words for people live in `view-models`. */
interface Facts {
  window_ends_before_start: { window: TripWindow }
  window_starts_in_past: { window: TripWindow; now: Date }
  window_too_long: { window: TripWindow; days: number }
  passengers_out_of_range: { passengers: number }
  more_travellers_than_passengers: { travellers: number; passengers: number }
  traveller_unknown: { personId: string }
  traveller_twice: { name: string }
  text_missing: { field: TextField }
  text_too_long: { field: TextField; most: number; length: number }
  vehicle_not_found: Record<string, never>
  vehicle_too_small: { vehicleName: string; seats: number; passengers: number }
  vehicle_taken: { vehicleName: string }
  /** `booking`: the one that stands in the way; null where the reader may not see it. */
  driver_busy: {
    driverName: string
    isRequester: boolean
    booking: { number: number; window: TripWindow; siteZone: string } | null
  }
  no_vehicle_free: NoneFree
  requested_already: { number: number; window: TripWindow; siteZone: string }
  no_approver: Record<string, never>
  person_not_found: Record<string, never>
  person_inactive: Record<string, never>
  booking_not_found: Record<string, never>
  not_your_booking: Record<string, never>
  draft_not_found: Record<string, never>
  draft_too_long: { most: number; length: number }
  too_many_drafts: { most: number }
  not_asked: Record<string, never>
  /** Somebody who was asked and no longer is. `to`: who decides now; empty if nobody is left. */
  passed_on: { to: string[] }
  own_request: Record<string, never>
  /** The one who asked for the car is no longer there. */
  requester_left: { name: string }
  decided_already: Record<string, never>
  departed: { startsAt: Date }
  absence_ends_before_start: Record<string, never>
  absence_in_past: { endsAt: Date }
  absence_too_long: { days: number }
  stand_in_is_self: Record<string, never>
  stand_in_unknown: Record<string, never>
  /** `through`: those between the stand-in and the person whom it leads back to. */
  stand_in_circle: { name: string; through: string[] }
  stand_in_away: { name: string }
  step_closed: { status: StepStatus; bookingStatus: BookingStatus; by: string | null; at: Date | null }
  not_possible_now: { bookingStatus: BookingStatus; by: string | null; at: Date | null }
}

export type TextField =
  | 'destination'
  | 'details'
  | 'companion'
  | 'comment'
  | 'rejection_reason'
  | 'change_note'
  | 'cancel_reason'
export type BookingErrorCode = keyof Facts
/** A refusal as data: switch on `code` and `facts` follows. */
export type Refusal = { [C in BookingErrorCode]: { code: C; facts: Facts[C] } }[BookingErrorCode]

/** Thrown by rules and use cases when something is refused. Nothing has been changed. */
export class BookingError<C extends BookingErrorCode = BookingErrorCode> extends Error {
  readonly code: C
  readonly facts: Facts[C]

  constructor(code: C, facts: Facts[C]) {
    super(code)
    this.name = 'BookingError'
    this.code = code
    this.facts = facts
  }

  get refusal(): Refusal {
    return { code: this.code, facts: this.facts } as Refusal
  }
}
