import type { WorkingHours } from '../people/working-hours.ts'

/** How long people have to answer, and how long things are kept. Minutes, unless the name says otherwise. */
export interface Deadlines {
  /** Counted on working days alone: asked Friday 17:00, due Monday 17:00. */
  answerWithin: number
  /** Nobody is given less than this, short of the departure. */
  atLeast: number
  /** An answer is wanted this long before the departure. */
  beforeDeparture: number
  /** The last reminder comes this much working time before the answer is due; the first comes at half time. */
  remindBeforeDue: number
  draftsKeptDays: number
  /** After its end, what was told about a booking is kept this long. */
  messagesKeptDays: number
  /** ISO weekdays (Monday is 1, Sunday 7), at least one, for sites that state none. */
  workingDays: number[]
  /** For sites that state none. */
  workingHours: WorkingHours
}

export const DEADLINES: Deadlines = {
  answerWithin: 24 * 60,
  atLeast: 15,
  beforeDeparture: 2 * 60,
  remindBeforeDue: 60,
  draftsKeptDays: 30,
  messagesKeptDays: 90,
  workingDays: [1, 2, 3, 4, 5],
  workingHours: { from: 8 * 60, until: 18 * 60 },
}

/** What a rule about time is given. */
export interface Timing {
  now: Date
  deadlines: Deadlines
}
