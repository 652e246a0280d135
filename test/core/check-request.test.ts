import { describe, expect, it } from 'vitest'
import {
  checkEverybodyFits,
  checkPassengers,
  checkText,
  checkTravellers,
  LONGEST,
  type NamedTravellers,
} from '../../src/core/booking/check-request.ts'
import type { TextField } from '../../src/core/booking-error.ts'
import { ANNA, aPerson, BEN, JO } from '../support/builders.ts'
import { refusalOf } from '../support/refusal-of.ts'

describe('checkText', () => {
  const fields = Object.entries(LONGEST) as [TextField, number][]

  it.each(fields)('%s: up to %i characters', (field, most) => {
    expect(checkText(field, 'x'.repeat(most), { required: true })).toHaveLength(most)
    expect(refusalOf(() => checkText(field, 'x'.repeat(most + 1), { required: true }))).toEqual({
      code: 'text_too_long',
      facts: { field, most, length: most + 1 },
    })
  })

  it('leaves out the white space around, before it counts', () => {
    expect(checkText('destination', '\n  Dresden \u00a0', { required: true })).toBe('Dresden')
    expect(checkText('comment', ` ${'x'.repeat(LONGEST.comment)}\n`, { required: false })).toHaveLength(LONGEST.comment)
  })

  it.each(['', ' ', '\n\t', '\u00a0'])('takes %j for nothing', (typed) => {
    expect(checkText('details', typed, { required: false })).toBe('')
    expect(refusalOf(() => checkText('rejection_reason', typed, { required: true }))).toEqual({
      code: 'text_missing',
      facts: { field: 'rejection_reason' },
    })
  })
})

describe('checkTravellers', () => {
  const NOBODY: NamedTravellers = { driverIds: [], companionIds: [], otherCompanions: [] }
  const named = (changes: Partial<NamedTravellers>) => checkTravellers({ ...NOBODY, ...changes }, ANNA, [BEN, JO])
  const driver = (person: typeof ANNA) => ({ kind: 'driver', person, name: person.name })
  const companion = (person: typeof ANNA) => ({ kind: 'companion', person, name: person.name })
  const guest = (name: string) => ({ kind: 'companion', person: null, name })

  it.each<[string, Partial<NamedTravellers>, object[]]>([
    ['the requester drives when nobody is named', {}, [driver(ANNA)]],
    ['the requester drives when named', { driverIds: ['anna'] }, [driver(ANNA)]],
    ['somebody else drives, and the requester stays', { driverIds: ['ben'] }, [driver(BEN)]],
    [
      'somebody else drives, and the requester comes along',
      { driverIds: ['ben'], companionIds: ['anna'] },
      [driver(BEN), companion(ANNA)],
    ],
    ['two drivers, the first is primary', { driverIds: ['jo', 'anna'] }, [driver(JO), driver(ANNA)]],
    [
      'drivers, colleagues, others, in the order of the form',
      { driverIds: ['ben'], companionIds: ['jo'], otherCompanions: ['Zoe', ' Al '] },
      [driver(BEN), companion(JO), guest('Zoe'), guest('Al')],
    ],
    ['empty names are nobody', { otherCompanions: ['', '  ', 'Zoe', ''] }, [driver(ANNA), guest('Zoe')]],
    [
      'a guest may be called like a colleague',
      { companionIds: ['ben'], otherCompanions: ['Ben Koch'] },
      [driver(ANNA), companion(BEN), guest('Ben Koch')],
    ],
  ])('%s', (_case, form, travellers) => {
    expect(named(form)).toEqual(travellers)
  })

  it('two colleagues of one name are two people', () => {
    const other = aPerson({ id: 'ben-2', name: 'Ben Koch' })
    const form = { ...NOBODY, companionIds: ['ben', 'ben-2'] }
    expect(checkTravellers(form, ANNA, [BEN, other])).toHaveLength(3)
  })

  it.each<[string, Partial<NamedTravellers>, string]>([
    ['driver and companion', { driverIds: ['ben'], companionIds: ['ben'] }, 'Ben Koch'],
    ['two times a driver', { driverIds: ['ben', 'ben'] }, 'Ben Koch'],
    ['the driving requester as companion', { companionIds: ['anna'] }, 'Anna Schmidt'],
    ['two times a guest', { otherCompanions: ['Zoe', 'Zoe '] }, 'Zoe'],
  ])('refuses somebody named twice: %s', (_case, form, name) => {
    expect(refusalOf(() => named(form))).toEqual({ code: 'traveller_twice', facts: { name } })
  })

  it.each<[string, Partial<NamedTravellers>]>([
    ['driver', { driverIds: ['nobody'] }],
    ['companion', { companionIds: ['nobody'] }],
  ])('refuses a %s who is not known', (_case, form) => {
    expect(refusalOf(() => named(form))).toEqual({ code: 'traveller_unknown', facts: { personId: 'nobody' } })
  })

  it('refuses a name that is too long', () => {
    expect(refusalOf(() => named({ otherCompanions: ['x'.repeat(81)] }))).toEqual({
      code: 'text_too_long',
      facts: { field: 'companion', most: 80, length: 81 },
    })
  })
})

describe('passengers', () => {
  it.each([1, 2, 99])('%d is a number of people', (passengers) => {
    expect(refusalOf(() => checkPassengers(passengers))).toBeNull()
  })

  it.each([0, -1, 100, 1.5, Number.NaN, Number.POSITIVE_INFINITY])('%d is not', (passengers) => {
    expect(refusalOf(() => checkPassengers(passengers))).toEqual({
      code: 'passengers_out_of_range',
      facts: { passengers },
    })
  })

  it('are at least those who are named', () => {
    const travellers = checkTravellers({ driverIds: [], companionIds: ['ben'], otherCompanions: [] }, ANNA, [BEN])
    expect(refusalOf(() => checkEverybodyFits(travellers, 3))).toBeNull()
    expect(refusalOf(() => checkEverybodyFits(travellers, 2))).toBeNull()
    expect(refusalOf(() => checkEverybodyFits(travellers, 1))).toEqual({
      code: 'more_travellers_than_passengers',
      facts: { travellers: 2, passengers: 1 },
    })
  })
})
