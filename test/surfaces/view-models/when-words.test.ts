import { TZDate } from '@date-fns/tz'
import { format } from 'date-fns'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
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
