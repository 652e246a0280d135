import { describe, expect, it } from 'vitest'
import { carListMessage } from '../../../src/surfaces/slack/views/car-list-message.ts'
import { carList } from '../../../src/surfaces/view-models/cars-words.ts'
import { blockProblems } from '../../../src/workspace/protocol/block-kit/check-blocks.ts'
import { ANNA, aSite, aVehicle, NOW } from '../../support/builders.ts'
import { textOf } from '../../support/visible-text.ts'
import { NOT_ESCAPED, TYPED } from './typed-texts.ts'

const NOW_ON = { span: 'rest', window: { startsAt: NOW, endsAt: new Date('2026-11-03T00:00:00+01:00') } } as const

function messageOf(count: number, name = 'Škoda Octavia') {
  const cars = Array.from({ length: count }, (_, index) => ({
    vehicle: aVehicle({ id: `${index}`, name, licensePlate: `B-MP ${1000 + index}` }),
    claims: [],
  }))
  return carListMessage(carList(cars, NOW_ON, ANNA, NOW))
}

describe('carListMessage', () => {
  it.each([0, 1, 40, 120])('%d cars are all shown', (count) => {
    const { blocks } = messageOf(count)
    expect(textOf({ blocks }).match(/B-MP \d+/g) ?? []).toHaveLength(count)
    expect(textOf({ blocks })).not.toContain('not shown')
    expect(blockProblems(blocks, 'message')).toEqual([])
  })

  it('of 400 as many as Slack takes, and the number of the others', () => {
    const { text, blocks } = messageOf(400)
    expect(text).toBe('400 of 400 cars are free now')
    const shown = textOf({ blocks }).match(/B-MP \d+/g)?.length ?? 0
    expect(shown).toBeGreaterThan(150)
    expect(textOf({ blocks })).toContain(`${400 - shown} more cars are not shown: free cars come first.`)
  })

  it('says where the others are, and how to see them', () => {
    const site = aSite({ id: 'lisbon', name: 'Lisbon & <Porto>', timeZone: 'Europe/Lisbon' })
    const cars = Array.from({ length: 400 }, (_, index) => ({
      vehicle: aVehicle({ id: `${index}`, licensePlate: `B-MP ${1000 + index}`, ...(index > 390 && { site }) }),
      claims: [],
    }))
    const { blocks } = carListMessage(carList(cars, NOW_ON, ANNA, NOW))
    expect(textOf({ blocks })).toMatch(
      /more cars are not shown: \d+ in Berlin and 9 in Lisbon &amp; &lt;Porto&gt;\. Name a site .* “\/book-car cars Lisbon &amp; &lt;Porto&gt;”/,
    )
  })

  it.each(TYPED)('200 with names of %s stay within the limits', (_case, typed) => {
    const { blocks } = messageOf(200, typed(100))
    expect(blockProblems(blocks, 'message')).toEqual([])
    expect(JSON.stringify(blocks).length).toBeLessThan(12_000)
    expect(textOf({ blocks })).not.toMatch(NOT_ESCAPED)
    expect(textOf({ blocks })).toMatch(/\d+ more cars are not shown/)
  })
})
