import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns'
import fc from 'fast-check'
import { afterEach, describe, expect, it } from 'vitest'
import { readWhen } from '../../../src/surfaces/view-models/when-words.ts'
import { BERLIN, NOW } from '../../support/builders.ts'

/** "rest 2 Nov 09:00 – 3 Nov 00:00", on the reader's clock; or the refusal. */
function read(typed: string, now = NOW, zone = BERLIN): string {
  const when = readWhen(typed, zone, now)
  if (typeof when === 'string') return when
  const shown = (at: Date) => format(new TZDate(at, zone), 'd MMM yyyy HH:mm')
  return `${when.span} ${shown(when.window.startsAt)} – ${shown(when.window.endsAt)}`
}

describe('readWhen, on Monday 2 November 2026 at 09:00', () => {
  it.each([
    ['', 'rest 2 Nov 2026 09:00 – 3 Nov 2026 00:00'],
    ['today', 'rest 2 Nov 2026 09:00 – 3 Nov 2026 00:00'],
    ['2026-11-02', 'rest 2 Nov 2026 09:00 – 3 Nov 2026 00:00'],
    ['  ToMorrow ', 'day 3 Nov 2026 00:00 – 4 Nov 2026 00:00'],
    ['friday', 'day 6 Nov 2026 00:00 – 7 Nov 2026 00:00'],
    ['Tue', 'day 3 Nov 2026 00:00 – 4 Nov 2026 00:00'],
    ['sun', 'day 8 Nov 2026 00:00 – 9 Nov 2026 00:00'],
    ['monday', 'day 9 Nov 2026 00:00 – 10 Nov 2026 00:00'],
    ['2026-11-30', 'day 30 Nov 2026 00:00 – 1 Dec 2026 00:00'],
    ['30.11.', 'day 30 Nov 2026 00:00 – 1 Dec 2026 00:00'],
    ['30.11', 'day 30 Nov 2026 00:00 – 1 Dec 2026 00:00'],
    ['30. 11. 2026', 'day 30 Nov 2026 00:00 – 1 Dec 2026 00:00'],
    ['30.11.2027', 'day 30 Nov 2027 00:00 – 1 Dec 2027 00:00'],
    ['30 Nov', 'day 30 Nov 2026 00:00 – 1 Dec 2026 00:00'],
    ['Nov 30', 'day 30 Nov 2026 00:00 – 1 Dec 2026 00:00'],
    ['nov. 30, 2027', 'day 30 Nov 2027 00:00 – 1 Dec 2027 00:00'],
    ['5. january', 'day 5 Jan 2027 00:00 – 6 Jan 2027 00:00'],
    ['1.11.', 'day 1 Nov 2027 00:00 – 2 Nov 2027 00:00'],
    ['29 Feb', 'day 29 Feb 2028 00:00 – 1 Mar 2028 00:00'],
    ['today 14-16', 'hours 2 Nov 2026 14:00 – 2 Nov 2026 16:00'],
    ['14-16', 'hours 2 Nov 2026 14:00 – 2 Nov 2026 16:00'],
    ['today 8-10', 'hours 2 Nov 2026 09:00 – 2 Nov 2026 10:00'],
    ['30.11. 9-12', 'hours 30 Nov 2026 09:00 – 30 Nov 2026 12:00'],
    ['30.11. 09:00-12:30', 'hours 30 Nov 2026 09:00 – 30 Nov 2026 12:30'],
    ['2026-11-30 9 – 24:00', 'hours 30 Nov 2026 09:00 – 1 Dec 2026 00:00'],
    ['today 9am-5pm', 'hours 2 Nov 2026 09:00 – 2 Nov 2026 17:00'],
    ['9am – 5.30 pm', 'hours 2 Nov 2026 09:00 – 2 Nov 2026 17:30'],
    ['fri 9-5pm', 'hours 6 Nov 2026 09:00 – 6 Nov 2026 17:00'],
    ['fri 1-5pm', 'hours 6 Nov 2026 13:00 – 6 Nov 2026 17:00'],
    ['fri 12am-12pm', 'hours 6 Nov 2026 00:00 – 6 Nov 2026 12:00'],
    ['fri 11-1pm', 'hours 6 Nov 2026 11:00 – 6 Nov 2026 13:00'],
    ['fri 12:30-2pm', 'hours 6 Nov 2026 12:30 – 6 Nov 2026 14:00'],
    ['fri 9h-17h30', 'hours 6 Nov 2026 09:00 – 6 Nov 2026 17:30'],
    ['30.11. 9 to 12', 'hours 30 Nov 2026 09:00 – 30 Nov 2026 12:00'],
    ['5pm', 'hours 2 Nov 2026 17:00 – 3 Nov 2026 00:00'],
    ['tomorrow 17:30', 'hours 3 Nov 2026 17:30 – 4 Nov 2026 00:00'],
    ['30.11. 17h', 'hours 30 Nov 2026 17:00 – 1 Dec 2026 00:00'],
    ['30/11/2026', 'day 30 Nov 2026 00:00 – 1 Dec 2026 00:00'],
    ['fri 0-6:15', 'hours 6 Nov 2026 00:00 – 6 Nov 2026 06:15'],
  ])('“%s”: %s', (typed, meant) => {
    expect(read(typed)).toBe(meant)
  })

  it.each([
    'yesterday',
    'mo',
    '30',
    '9',
    '31.11.',
    '2027-02-29',
    '0 Nov',
    '13.13.',
    '30 Nox',
    'today 9',
    'today 25-26',
    'today 9:60-12',
    'today 24-24',
    'today today',
    '13pm',
    'today 9-13pm',
    '0am',
    '9:60am',
    '05/06/2026',
    '-1',
    '30.11.26 9-12-14',
    '🚗',
  ])('understands nothing by “%s”, and gives examples', (typed) => {
    expect(read(typed)).toMatch(/^I did not understand that time\. Try “today”, /)
  })

  it.each(['2026-11-01', '1.11.2026', 'today 7-9', '2026-10-25 9-12'])('“%s” has passed', (typed) => {
    expect(read(typed)).toMatch(/^That time has passed/)
  })

  it.each(['today 12-9', 'friday 9-9'])('“%s” ends before it begins', (typed) => {
    expect(read(typed)).toMatch(/^These hours end before they begin/)
  })
})

describe('goes by the clock of the reader', () => {
  it('where it is another day', () => {
    expect(read('tomorrow', new Date('2026-11-02T23:30Z'), 'Asia/Tokyo')).toBe(
      'day 4 Nov 2026 00:00 – 5 Nov 2026 00:00',
    )
    expect(read('today', new Date('2026-11-02T23:30Z'), 'America/Lima')).toBe(
      'rest 2 Nov 2026 18:30 – 3 Nov 2026 00:00',
    )
  })

  it('on the days on which it changes', () => {
    const hours = (typed: string) => {
      const when = readWhen(typed, BERLIN, new Date('2027-03-01T12:00Z'))
      return typeof when === 'string' ? when : (+when.window.endsAt - +when.window.startsAt) / 3_600_000
    }
    expect(hours('2027-03-28')).toBe(23)
    expect(hours('2027-10-31')).toBe(25)
    expect(hours('2027-10-31 0-12')).toBe(13)
  })

  it('whatever is typed, gives a window ahead or one line', () => {
    const word = fc.constantFrom(
      'today',
      'tomorrow',
      'fri',
      '30',
      'nov',
      '.',
      '-',
      '9',
      '12:30',
      '2026-11-30',
      ' ',
      'x',
      '–',
    )
    fc.assert(
      fc.property(
        fc.oneof(
          fc.string(),
          fc.array(word).map((words) => words.join('')),
        ),
        (typed) => {
          const when = readWhen(typed, BERLIN, NOW)
          if (typeof when === 'string') expect(when).toMatch(/^[^\n]{20,150}$/)
          else {
            expect(+when.window.startsAt).toBeGreaterThanOrEqual(+NOW)
            expect(+when.window.endsAt).toBeGreaterThan(+when.window.startsAt)
          }
        },
      ),
    )
  })
})

describe('an hour that comes twice, or never', () => {
  const OWN = process.env.TZ
  afterEach(() => {
    if (OWN === undefined) delete process.env.TZ
    else process.env.TZ = OWN
  })

  const moments = (typed: string, zone: string, now: string) => {
    const when = readWhen(typed, zone, new Date(now))
    return typeof when === 'string'
      ? when
      : `${when.window.startsAt.toISOString().slice(5, 16)} – ${when.window.endsAt.toISOString().slice(5, 16)}`
  }
  const OCTOBER = '2027-10-01T12:00Z'
  const MARCH = '2027-03-01T12:00Z'

  describe.each(['UTC', 'Europe/Berlin', 'Australia/Lord_Howe'])('in a process of %s', (processZone) => {
    it.each([
      ['31 Oct 2-3', 'Europe/Berlin', OCTOBER, '10-31T00:00 – 10-31T02:00'],
      ['31 Oct 1-2', 'Europe/Berlin', OCTOBER, '10-30T23:00 – 10-31T01:00'],
      ['31 Oct 2-2:30', 'Europe/Berlin', OCTOBER, '10-31T00:00 – 10-31T01:30'],
      ['28 Mar 1-3', 'Europe/Berlin', MARCH, '03-28T00:00 – 03-28T01:00'],
      ['4 Apr 1:45-3', 'Australia/Lord_Howe', MARCH, '04-03T14:45 – 04-03T16:30'],
      ['31 Oct 1-3', 'Antarctica/Troll', OCTOBER, '10-30T23:00 – 10-31T03:00'],
      ['14 Mar', 'America/Havana', MARCH, '03-14T05:00 – 03-15T04:00'],
    ])('cars %s in %s', (typed, zone, now, window) => {
      process.env.TZ = processZone
      expect(moments(typed, zone, now)).toBe(window)
    })

    it.each([
      ['28 Mar 2-3', 'Europe/Berlin', 'There is no 02:00 on that day: the clocks go forward over it, to 03:00.'],
      ['28 Mar 1-2:30', 'Europe/Berlin', 'There is no 02:30 on that day: the clocks go forward over it, to 03:00.'],
      ['28 Mar 1-2', 'Antarctica/Troll', 'There is no 01:00 on that day: the clocks go forward over it, to 03:00.'],
    ])('cars %s in %s', (typed, zone, words) => {
      process.env.TZ = processZone
      expect(moments(typed, zone, MARCH)).toContain(words)
    })
  })
})
