import { expect, it } from 'vitest'
import { peopleWithoutApprover } from '../../src/core/approval/people-without-approver.ts'
import { ANNA, AYDIN, BEN, HANNA, JO, MARA } from '../support/builders.ts'

const LEFT = { active: false }

it.each([
  ['somebody in HR decides for all but themselves', [ANNA, MARA, HANNA], [HANNA]],
  ['two in HR decide for each other', [ANNA, MARA, HANNA, JO], []],
  ['an admin decides for HR', [ANNA, BEN, HANNA, AYDIN], []],
  ['nobody decides', [ANNA, BEN, MARA], [ANNA, BEN, MARA]],
  ['HR that left decides nothing, and needs nobody', [BEN, { ...HANNA, ...LEFT }], [BEN]],
  ['the manager who is all of HR does not decide twice', [{ ...ANNA, managerId: 'hanna' }, HANNA, BEN], [ANNA, HANNA]],
  ['a manager in HR who left decides nothing', [{ ...ANNA, managerId: 'hanna' }, { ...HANNA, ...LEFT }, JO], [JO]],
])('%s', (_case, people, without) => {
  expect(peopleWithoutApprover(people).map((person) => person.id)).toEqual(without.map((person) => person.id))
})
