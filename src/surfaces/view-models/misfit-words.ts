import type { MisfitKind } from '../../core/booking/misfit.ts'

/** What does not fit about a booking. */
export const MISFIT_WORDS: Record<MisfitKind, string> = {
  unreadable: 'it cannot be read, and so is missing from every list',
  car_not_held: 'its car is not held for it',
  other_car_held: 'it holds a car or a time that it does not ask for',
  car_held_in_vain: 'it is over, and still holds a car',
  driver_not_held: 'its driver could be booked to drive another car at the same time',
  driver_held_in_vain: 'it keeps somebody from driving at a time when they do not drive for it',
  nothing_open: 'it waits for an answer, and nobody is asked',
  step_left_open: 'somebody is asked, though nothing is left to decide',
  nobody_asked: 'its open step asks nobody',
  never_due: 'no deadline or end of it will ever be seen to',
  long_overdue: 'something about it was due more than an hour ago',
  not_told: 'somebody is asked, and was not told so',
  no_card: 'somebody is asked, and has no card to answer on',
  not_sent: 'a message about it has not been sent for a day',
}
