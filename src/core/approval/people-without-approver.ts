import type { Person } from '../people/person.ts'
import { asksFor, leavesNobody } from './approvers.ts'

/** The active people whose requests would be refused, with everybody present, for nobody could take the decisions. */
export function peopleWithoutApprover(people: readonly Person[]): Person[] {
  const byId = new Map(people.map((person) => [person.id, person]))
  const active = people.filter((person) => person.active)
  const hr = active.filter((person) => person.role === 'hr')
  const admins = active.filter((person) => person.role === 'admin')
  const now = new Date(0)
  return active.filter((requester) => {
    const manager = byId.get(requester.managerId ?? '') ?? null
    const deciders = { manager, above: null, hr, admins, absences: [] }
    const request = { requester, round: 1, steps: [] }
    const first = asksFor(request, 'manager', false, deciders, now)
    return leavesNobody(request, 'asks' in first ? first.asks : [], deciders, now)
  })
}
