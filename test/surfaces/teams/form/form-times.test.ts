import { expect, it } from 'vitest'
import { noTimeWords, windowOf } from '../../../../src/surfaces/teams/form/form-times.ts'

const window = (zone: string, date: string, from: string, until: string) => {
  const { startsAt, endsAt } = windowOf({ date, time: from }, { date, time: until }, zone)
  return `${startsAt.toISOString().slice(11, 16)} – ${endsAt.toISOString().slice(11, 16)}`
}

it.each([
  ['Australia/Lord_Howe', '2027-04-04', '01:45', '12:00', '14:45 – 01:30'],
  ['Australia/Lord_Howe', '2027-04-04', '00:15', '01:45', '13:15 – 15:15'],
  ['Antarctica/Troll', '2026-10-25', '01:30', '02:30', '23:30 – 02:30'],
  ['Europe/Berlin', '2026-10-25', '02:45', '02:15', '00:45 – 01:15'],
  ['Europe/Berlin', '2026-10-26', '00:00', '24:00', '23:00 – 23:00'],
])('in %s on %s, a trip from %s to %s takes in both of a time that comes twice', (zone, date, from, until, moments) => {
  expect(window(zone, date, from, until)).toBe(moments)
})

it.each([
  ['Europe/Berlin', '2027-03-28', '02:30', 'There is no 02:30 on that day: the clocks go forward over it, to 03:00.'],
  [
    'Australia/Lord_Howe',
    '2026-10-04',
    '02:10',
    'There is no 02:10 on that day: the clocks go forward over it, to 02:30.',
  ],
  ['Europe/Berlin', '2027-02-30', '02:30', '“2027-02-30” could not be read as a day. Write it as in “2026-11-30”.'],
  ['Europe/Berlin', '2027-02-20', 'soon', '“soon” could not be read as a time. Write it as in “09:30”.'],
  ['Europe/Berlin', '2027-02-20', '', 'Please choose a day and a time.'],
])('in %s, %s %s is refused with the reason that is true', (zone, date, time, words) => {
  expect(noTimeWords({ date, time }, zone)).toContain(words)
})
