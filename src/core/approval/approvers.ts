import type { Person } from '../people/person.ts'
import type { SkipReason } from './step.ts'

/** Who may have to decide about a request, as the directory says now. */
export interface Deciders {
  manager: Person | null
  /** Active people whose role is HR. */
  hr: Person[]
  /** Active people whose role is admin. */
  admins: Person[]
}

export type ManagerStep = { ask: Person } | { skip: SkipReason }

/** The manager step asks the requester's manager, whatever their role says; without one who can answer it is skipped. */
export function managerStep(deciders: Deciders): ManagerStep {
  if (!deciders.manager) return { skip: 'no_manager' }
  return deciders.manager.active ? { ask: deciders.manager } : { skip: 'manager_inactive' }
}

/**
 * The HR step asks every active HR person, and the admins where there is none. Nobody decides about their own request, and
 * nobody decides two steps of one round. An empty list means that nobody at all is left.
 */
export function hrApprovers(deciders: Deciders, requesterId: string, decidedBefore: readonly string[]): Person[] {
  const usable = (person: Person) => person.active && person.id !== requesterId && !decidedBefore.includes(person.id)
  const hr = deciders.hr.filter(usable)
  return hr.length > 0 ? hr : deciders.admins.filter(usable)
}
