import { describe, expect, it } from 'vitest'
import type { DraftForm } from '../../../src/core/booking/draft.ts'
import { tripOf } from '../../../src/core/booking/trip-change.ts'
import {
  departureOf,
  emptyFill,
  fillOfDraft,
  fillOfTrip,
  returnOf,
} from '../../../src/surfaces/view-models/form-fill.ts'
import { ANNA, aBooking, BEN, BERLIN, JO, minutesAfter, NOW } from '../../support/builders.ts'

/** Who is in the directory, by id and by name. */
const peopleAre = (...people: (typeof ANNA)[]) => ({
  activePeople: async (ids: string[]) => ids.flatMap((id) => people.find((person) => person.id === id) ?? []),
  searchPeople: async (text: string) => people.filter(({ name }) => name.toLowerCase().includes(text.toLowerCase())),
})

describe('a trip fills a form', () => {
  it('with everything that it is', async () => {
    const travellers = [
      { kind: 'driver' as const, person: BEN, name: BEN.name },
      { kind: 'companion' as const, person: ANNA, name: ANNA.name },
      { kind: 'companion' as const, person: null, name: 'Kim' },
      { kind: 'companion' as const, person: null, name: 'Lee' },
    ]
    const booking = aBooking({ passengers: 4, details: 'Two boxes.', type: 'delivery', travellers })
    expect(await fillOfTrip(peopleAre(ANNA, BEN), tripOf(booking))).toEqual({
      fill: {
        window: booking.window,
        passengers: '4',
        vehicleId: 'octavia',
        destination: 'Dresden',
        type: 'delivery',
        reason: 'client_meeting',
        details: 'Two boxes.',
        drivers: [BEN],
        companions: [ANNA],
        otherCompanions: 'Kim; Lee',
      },
      missing: null,
    })
  })

  it('without those who have left, and says who', async () => {
    const { fill, missing } = await fillOfTrip(peopleAre(ANNA), tripOf(aBooking()))
    expect([fill.drivers, fill.companions]).toEqual([[ANNA], []])
    expect(missing).toBe('No longer in the directory, and left out: Ben Koch.')
  })
})

describe('a draft fills a form', () => {
  const empty = emptyFill(ANNA, { startsAt: minutesAfter(NOW, 60), endsAt: minutesAfter(NOW, 540) })
  const filled = (form: DraftForm, ...people: (typeof ANNA)[]) => fillOfDraft(peopleAre(...people), form, empty, BERLIN)
  const windowOf = async (form: DraftForm) => {
    const { startsAt, endsAt } = (await filled(form)).fill.window
    return [startsAt, endsAt].map((at) => (+at - +NOW) / 60_000)
  }
  const at = (minutes: number) => ({ at: minutesAfter(NOW, minutes) })

  it('of which nothing was filled in: it is a new form', async () => {
    expect(await filled({}, ANNA)).toEqual({ fill: empty, missing: null })
  })

  it.each<[string, DraftForm, number[]]>([
    ['both times', { starts: at(90), ends: at(120) }, [90, 120]],
    ['no return', { starts: at(90) }, [90, 540]],
    ['no return, and a departure after the one suggested', { starts: at(1000) }, [1000, 1480]],
    ['no departure', { ends: at(120) }, [60, 120]],
    ['a day and a time', { starts: { date: '2026-11-02', time: '11:30' }, ends: at(300) }, [150, 300]],
    ['a day alone', { starts: { date: '2026-11-02', time: '' }, ends: at(300) }, [60, 300]],
  ])('with its times: %s', async (_what, form, minutes) => {
    expect(await windowOf(form)).toEqual(minutes)
  })

  it('with the people who were chosen or typed, and says who is missing', async () => {
    const form = { driverIds: [BEN.id], typedCompanions: 'Jo Meyer, Nobody', companionIds: ['left', 'left too'] }
    const { fill, missing } = await filled(form, ANNA, BEN, JO)
    expect([fill.drivers, fill.companions]).toEqual([[BEN], [JO]])
    expect(missing).toBe('2 colleagues you had chosen are no longer in the directory. No colleague is called “Nobody”.')
  })

  it('with nobody where the driver was taken out', async () => {
    expect((await filled({ driverIds: [] }, ANNA)).fill.drivers).toEqual([])
  })
})

describe('when a draft departs', () => {
  it.each([
    [undefined, null],
    [{ at: NOW }, NOW],
    [{ date: '2026-11-02', time: '09:00' }, NOW],
    [{ date: '', time: '09:00' }, null],
    [{ date: '2026-11-02', time: '9' }, null],
    [{ date: '2.11.2026', time: '9am' }, NOW],
    [{ date: '2026-02-30', time: '09:00' }, null],
  ])('of %o', (moment, expected) => {
    expect(departureOf(moment, BERLIN)).toEqual(expected)
  })

  it('and returns at a time that comes twice: the first, and the second', () => {
    const twice = { date: '2026-10-25', time: '02:30' }
    expect(departureOf(twice, BERLIN)).toEqual(new Date('2026-10-25T00:30Z'))
    expect(returnOf(twice, BERLIN)).toEqual(new Date('2026-10-25T01:30Z'))
  })
})
