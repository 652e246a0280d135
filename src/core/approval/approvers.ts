import type { NewBooking } from '../booking/booking.ts'
import { type Absence, standInFor } from '../people/absence.ts'
import type { Person } from '../people/person.ts'
import type { Ask, SkipReason, StepKind } from './step.ts'

/** Who may have to decide about a request, as the directory says now. */
export interface Deciders {
  manager: Person | null
  /** The manager's manager. */
  above: Person | null
  /** Active people whose role is HR. */
  hr: Person[]
  /** Active people whose role is admin. */
  admins: Person[]
  /** Those of all these, and of who stands in for them. */
  absences: Absence[]
}

/** Whose request it is, and who has had a say in it. */
type InRound = Pick<NewBooking, 'requester' | 'round' | 'steps'>

/** Whom a step asks; or why the manager's is skipped. */
export type Asking = { asks: Ask[] } | { skip: SkipReason }

/**
 * Whom a step of this booking's present round asks now. The manager's asks the requester's manager, whatever their role says,
 * or, escalated, the manager's manager. HR's asks all of HR (the admins where nobody in HR can answer), or, escalated, both; it
 * is never skipped, and nobody at all is an empty list. Who is away is asked through who stands in for them. Nobody decides
 * about their own request, and nobody decides two steps of one round.
 */
export function asksFor(
  booking: InRound,
  kind: 'hr',
  escalated: boolean,
  deciders: Deciders,
  now: Date,
): { asks: Ask[] }
export function asksFor(booking: InRound, kind: StepKind, escalated: boolean, deciders: Deciders, now: Date): Asking
export function asksFor(booking: InRound, kind: StepKind, escalated: boolean, deciders: Deciders, now: Date): Asking {
  const asked = whoIsAsked(booking, decidedInRound(booking), deciders.absences, now)
  if (kind === 'hr') return { asks: hrAsks(deciders, escalated, asked) }
  const manager = escalated ? deciders.above : deciders.manager
  if (!manager) return { skip: 'no_manager' }
  if (!manager.active) return { skip: 'manager_inactive' }
  const asks = asked([manager])
  return asks.length > 0 ? { asks } : { skip: 'manager_away' }
}

/** Whether nobody is left for the last decision once one of these has taken the manager's. */
export function leavesNobody(booking: InRound, asks: Ask[], deciders: Deciders, now: Date): boolean {
  const decided = [...decidedInRound(booking), ...asks.map((ask) => ask.person.id)]
  return hrAsks(deciders, false, whoIsAsked(booking, decided, deciders.absences, now)).length === 0
}

/** The people who have decided a step of the booking's present round. */
export function decidedInRound(booking: InRound): string[] {
  return booking.steps
    .filter((step) => step.round === booking.round && step.status !== 'changes_requested')
    .flatMap((step) => (step.decidedBy ? [step.decidedBy.id] : []))
}

/** Who has to answer: who is asked for themselves, or who somebody is asked for. */
export function principalOf(ask: Ask): Person {
  return ask.onBehalfOf ?? ask.person
}

function hrAsks({ hr, admins }: Deciders, escalated: boolean, asked: (people: Person[]) => Ask[]): Ask[] {
  if (escalated) return asked([...hr, ...admins])
  const asks = asked(hr)
  return asks.length > 0 ? asks : asked(admins)
}

/**
 * The asks of these people, one for each who is asked: for themselves, where that is so, and not for somebody else as well.
 * Nobody answers for somebody who, present, would not be asked.
 */
function whoIsAsked(booking: InRound, decided: string[], absences: Absence[], now: Date) {
  const isUnusable = ({ id }: Person) => id === booking.requester.id || decided.includes(id)
  return (people: Person[]): Ask[] => {
    const asks = people.flatMap((principal): Ask[] => {
      const person = isUnusable(principal) ? null : standInFor(principal, absences, now, isUnusable)
      return person ? [{ person, onBehalfOf: person.id === principal.id ? null : principal }] : []
    })
    const forThemselves = asks.filter((ask) => !ask.onBehalfOf)
    const chosen = new Map([...asks.toReversed(), ...forThemselves].map((ask) => [ask.person.id, ask]))
    return asks.filter((ask) => chosen.get(ask.person.id) === ask)
  }
}
