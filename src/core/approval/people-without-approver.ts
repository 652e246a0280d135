import type { Person } from '../people/person.ts'
import { hrApprovers, managerStep } from './approvers.ts'

/** The active people whose requests would be refused at once, for nobody could take the decisions. */
export function peopleWithoutApprover(people: readonly Person[]): Person[] {
  const byId = new Map(people.map((person) => [person.id, person]))
  const active = people.filter((person) => person.active)
  const hr = active.filter((person) => person.role === 'hr')
  const admins = active.filter((person) => person.role === 'admin')
  return active.filter((requester) => {
    const deciders = { manager: byId.get(requester.managerId ?? '') ?? null, hr, admins }
    const first = managerStep(deciders)
    return hrApprovers(deciders, requester.id, 'ask' in first ? [first.ask.id] : []).length === 0
  })
}
