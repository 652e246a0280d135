import type { Deps } from '../ports.ts'
import type { Absence } from './absence.ts'
import type { Person } from './person.ts'

/** Holds what an absence is judged by, read in one go. */
export interface AbsenceSituation {
  /** Null: not in the directory. */
  person: Person | null
  standIn: Person | null
  /** Those of the stand-in, of who stands in for them, and so on. */
  behind: Absence[]
}

/** Keeps absences. */
export interface Absences {
  find(personId: string): Promise<Absence | null>
  /**
   * Writes what `decide` makes of what stands, one after the other for everybody, with a line in the audit trail; what waits
   * is due to move from then on. `decide` may throw: nothing is written then.
   */
  set(
    absence: { personId: string; standInId: string; at: Date },
    decide: (situation: AbsenceSituation) => Absence,
  ): Promise<Absence>
  /** Ends an absence, or calls off one to come; gives what it was, null where there was none any more. */
  end(personId: string, at: Date): Promise<Absence | null>
  /**
   * Claims people whose absence has begun, ended or changed with what waits not moved yet: at most so many, and for a while
   * (real time) for this caller alone. What was decided before about whom to ask is stale from then on.
   */
  claimDue(now: Date, limit: number): Promise<string[]>
  /** Bookings whose open step may have to be asked of others, because this person went away or came back; oldest first. */
  concernedBookings(personId: string): Promise<string[]>
  /** Takes what has to be moved for this person upon oneself, for a while; null where no absence is there. */
  claim(personId: string): Promise<string | null>
  /**
   * Notes that what waited has moved, as of `now`: the next time is its beginning or its end, then it goes away. Does nothing
   * where it was set or claimed again since this claim.
   */
  settle(personId: string, claim: string, now: Date): Promise<void>
}

/** Gives the use cases of absences what they need. */
export type AbsenceDeps = Deps & { absences: Absences }
