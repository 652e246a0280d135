import { describe, expect, it } from 'vitest'
import { type Deciders, hrApprovers, managerStep } from '../../src/core/approval/approvers.ts'
import type { Person } from '../../src/core/people/person.ts'
import { ANNA, AYDIN, aPerson, HANNA, JO, MARA } from '../support/builders.ts'

const namesOf = (people: Person[]) => people.map((person) => person.name)
const gone = (person: Person): Person => ({ ...person, active: false })

describe('managerStep', () => {
  const deciders = (manager: Person | null): Deciders => ({ manager, hr: [HANNA], admins: [AYDIN] })

  it.each([
    ['a manager', MARA],
    ['a manager whose role is employee', aPerson({ role: 'employee' })],
    ['a manager whose role is HR', HANNA],
    ['a manager whose role is admin', AYDIN],
  ])('asks %s', (_case, manager) => {
    expect(managerStep(deciders(manager))).toEqual({ ask: manager })
  })

  it.each([
    ['there is no manager', null, 'no_manager'],
    ['the manager has left', gone(MARA), 'manager_inactive'],
  ])('is skipped where %s', (_case, manager, reason) => {
    expect(managerStep(deciders(manager))).toEqual({ skip: reason })
  })
})

describe('hrApprovers', () => {
  it.each<[string, Partial<Deciders>, { requester?: Person; decided?: Person[] }, Person[]]>([
    ['every HR person', { hr: [HANNA, JO] }, {}, [HANNA, JO]],
    ['no HR person who has left', { hr: [gone(HANNA), JO] }, {}, [JO]],
    ['nobody about their own request', { hr: [HANNA, JO] }, { requester: HANNA }, [JO]],
    ['nobody twice in a round', { hr: [HANNA, JO] }, { decided: [JO] }, [HANNA]],
    ['the admins where there is no HR', { hr: [] }, {}, [AYDIN]],
    ['the admins where all of HR has left', { hr: [gone(HANNA), gone(JO)] }, {}, [AYDIN]],
    ['the admins where the requester is all of HR', { hr: [HANNA] }, { requester: HANNA }, [AYDIN]],
    ['the admins where the manager is all of HR', { hr: [HANNA] }, { decided: [HANNA] }, [AYDIN]],
    ['no admin who has left', { hr: [], admins: [gone(AYDIN)] }, {}, []],
    ['no admin about their own request', { hr: [] }, { requester: AYDIN }, []],
    ['no admin who decided as manager', { hr: [] }, { decided: [AYDIN] }, []],
    ['nobody where nobody is left', { hr: [HANNA], admins: [] }, { requester: HANNA }, []],
  ])('asks %s', (_case, there, { requester = ANNA, decided = [] }, asked) => {
    const deciders = { manager: MARA, hr: [HANNA, JO], admins: [AYDIN], ...there }
    const decidedBefore = decided.map((person) => person.id)
    expect(namesOf(hrApprovers(deciders, requester.id, decidedBefore))).toEqual(namesOf(asked))
  })
})
