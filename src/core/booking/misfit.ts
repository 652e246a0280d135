/** What can be found of a booking that does not fit together, though nothing that is written allows it. */
export type MisfitKind =
  | 'unreadable'
  | 'car_not_held'
  | 'other_car_held'
  | 'car_held_in_vain'
  | 'driver_not_held'
  | 'driver_held_in_vain'
  | 'nothing_open'
  | 'step_left_open'
  | 'nobody_asked'
  | 'never_due'
  | 'long_overdue'
  | 'not_told'
  | 'no_card'
  | 'not_sent'

/** One thing that does not fit. */
export interface Misfit {
  bookingId: string
  /** The booking's. */
  number: number
  finding: MisfitKind
  /** Whether it was not there at the last look. */
  isNew: boolean
}
