import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { bySuitability } from '../../src/core/fleet/vehicle.ts'
import { aSite, aVehicle } from '../support/builders.ts'

const hamburg = aSite({ id: 'hamburg', name: 'Hamburg' })
const order = bySuitability('berlin')

describe('bySuitability', () => {
  it.each([
    ['own site first, however big', { seats: 9 }, { seats: 2, site: hamburg }],
    ['then the smallest', { seats: 4, name: 'Z' }, { seats: 5, name: 'A' }],
    ['then the name', { name: 'Corsa' }, { name: 'Zoe' }],
    ['then the plate', { licensePlate: 'B-MP 1' }, { licensePlate: 'B-MP 2' }],
    ['the smallest among those elsewhere', { seats: 2, site: hamburg }, { seats: 9, site: hamburg }],
  ])('%s', (_case, first, second) => {
    expect(order(aVehicle(first), aVehicle(second))).toBeLessThan(0)
    expect(order(aVehicle(second), aVehicle(first))).toBeGreaterThan(0)
  })

  it('is a total order: every shuffle of a fleet is sorted the same way', () => {
    const cars = fc.record({
      name: fc.constantFrom('Corsa', 'Škoda Octavia', 'Zoe', 'zoe'),
      seats: fc.integer({ min: 1, max: 9 }),
      licensePlate: fc.string({ unit: fc.constantFrom('A', 'B', '1', '2', ' ', '-'), minLength: 1, maxLength: 4 }),
      site: fc.constantFrom(aSite(), hamburg),
    })
    const fleets = fc
      .uniqueArray(cars, { selector: (car) => car.licensePlate, maxLength: 8 })
      .map((fleet) => fleet.map((car) => aVehicle({ ...car, id: car.licensePlate })))
      .chain((fleet) => fc.tuple(fc.constant(fleet), fc.shuffledSubarray(fleet, { minLength: fleet.length })))
    fc.assert(
      fc.property(fleets, ([fleet, shuffled]) => {
        expect(shuffled.toSorted(order)).toEqual(fleet.toSorted(order))
        for (const a of fleet) {
          for (const b of fleet) {
            expect(Math.sign(order(a, b)) + Math.sign(order(b, a))).toBe(0)
            expect(order(a, b) === 0).toBe(a === b)
          }
        }
      }),
    )
  })
})
