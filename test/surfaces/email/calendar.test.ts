import { describe, expect, test } from 'vitest'
import type { NoticeKind } from '../../../src/core/notification/notice.ts'
import { type CalendarMethod, calendarFile, calendarMethod } from '../../../src/surfaces/email/calendar.ts'
import type { NumberedFacts } from '../../../src/surfaces/view-models/notice-situation.ts'
import { NOTICE_KINDS, someFacts } from './notice-builders.ts'

const ANNA = { name: 'Anna Schmidt', email: 'anna@example.com' }
const CARS = { name: 'Motorpool', email: 'cars@example.com' }
const AT = new Date('2025-10-30T14:12:00Z')

function file(method: 'REQUEST' | 'CANCEL', facts: Partial<NumberedFacts> = {}, reader = ANNA, organizer = CARS) {
  return calendarFile(someFacts(facts), method, reader, organizer, AT)
}

/** Content lines, unfolded. https://www.rfc-editor.org/rfc/rfc5545#section-3.1 */
function lines(text: string): string[] {
  return text.replaceAll('\r\n ', '').split('\r\n').slice(0, -1)
}

describe('calendarFile', () => {
  test('puts the trip into the calendar, in UTC, without the note, which the mail leaves out as well', () => {
    expect(lines(file('REQUEST', { details: 'Demo kit; bring, please' }))).toEqual([
      'BEGIN:VCALENDAR',
      'VERSION:2.0',
      'PRODID:-//Motorpool//Motorpool//EN',
      'METHOD:REQUEST',
      'BEGIN:VEVENT',
      'UID:booking-0b9d4a52-8d0e-4a58-9a77-5d7b3f4f2c11@motorpool',
      'SEQUENCE:3',
      'DTSTAMP:20251030T141200Z',
      'DTSTART:20251103T080000Z',
      'DTEND:20251103T163000Z',
      'SUMMARY:Škoda Octavia (B-MP 102): Dresden',
      'LOCATION:Dresden',
      'DESCRIPTION:Booking #12\\nCar: Škoda Octavia (B-MP 102)\\, at Berlin\\nWho: Anna Schmidt (driver)\\, Ben Koch',
      'ORGANIZER;CN="Motorpool":mailto:cars@example.com',
      'ATTENDEE;ROLE=REQ-PARTICIPANT;PARTSTAT=ACCEPTED;RSVP=FALSE;CN="Anna Schmidt":MAILTO:anna@example.com',
      'STATUS:CONFIRMED',
      'END:VEVENT',
      'END:VCALENDAR',
    ])
  })

  test('takes it out again: the same UID, the higher SEQUENCE, what RFC 5546 asks of CANCEL', () => {
    const request = lines(file('REQUEST', { sequence: 3 }))
    const cancel = lines(file('CANCEL', { sequence: 4 }))
    expect(cancel.filter((line) => !request.includes(line))).toEqual([
      'METHOD:CANCEL',
      'SEQUENCE:4',
      'STATUS:CANCELLED',
    ])
  })

  test('a trip over the change of the clocks keeps its true length', () => {
    const text = file('REQUEST', { startsAt: '2025-10-25T22:00:00.000Z', endsAt: '2025-10-26T02:00:00.000Z' })
    expect(lines(text)).toContain('DTSTART:20251025T220000Z')
    expect(lines(text)).toContain('DTEND:20251026T020000Z')
  })

  test('lines end in CRLF and are at most 75 octets long, whatever is in them', () => {
    const text = file('REQUEST', { destination: `🚗 Łódź ${'ß'.repeat(3000)} عربي` })
    expect(text.endsWith('END:VCALENDAR\r\n')).toBe(true)
    expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/)
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75)
    expect(text.replaceAll('\r\n ', '')).toContain('ß'.repeat(3000))
    expect(text).not.toContain('�')
  })

  test.each(['\r\n', '\n', '\r'])('nothing that was typed becomes a line of its own (%j)', (lineBreak) => {
    const evil = `x${lineBreak}ATTENDEE:mailto:boss@example.com${lineBreak}END:VEVENT`
    const facts = { destination: evil, travellers: [{ kind: 'driver' as const, name: evil }] }
    const text = file('REQUEST', facts, { ...ANNA, name: evil }, { ...CARS, name: `a"b;${evil}` })
    const starts = text.split(/\r\n|\r|\n/).filter((line) => /^(ATTENDEE|END)/.test(line))
    expect(starts).toEqual([expect.stringMatching(/^ATTENDEE;ROLE/), 'END:VEVENT', 'END:VCALENDAR'])
    const organizer = lines(text).find((line) => line.startsWith('ORGANIZER'))
    expect(organizer?.match(/"/g)).toHaveLength(2)
  })
})

describe('calendarMethod', () => {
  const requester = { personId: 'anna', name: 'Anna Schmidt', isRequester: true }
  const colleague = { personId: 'ben', name: 'Ben Koch', isRequester: false }
  const approver = { personId: 'mara', name: 'Mara Lindt', isRequester: false }
  /** In HR, and of the same name as the companion. */
  const namesake = { personId: 'ben-of-hr', name: 'Ben Koch', isRequester: false }

  test.each(NOTICE_KINDS)('%s', (kind) => {
    const methods: Partial<Record<NoticeKind, CalendarMethod>> = {
      booking_approved: 'REQUEST',
      booking_changed: 'REQUEST',
      change_approved: 'REQUEST',
      booking_cancelled: 'CANCEL',
      trip_left: 'CANCEL',
    }
    const expected = methods[kind] ?? null
    for (const reader of [requester, colleague]) {
      expect(calendarMethod(kind, someFacts({ wasApproved: true }), reader)).toBe(expected)
    }
  })

  test('cancels nothing that was never put there', () => {
    expect(calendarMethod('booking_cancelled', someFacts({ wasApproved: false }), requester)).toBeNull()
    expect(calendarMethod('booking_cancelled', someFacts({ wasApproved: true }), approver)).toBeNull()
    expect(calendarMethod('booking_cancelled', someFacts({ wasApproved: true }), namesake)).toBeNull()
  })

  test('of facts from before people’s ids were kept, cancels the requester’s entry and guesses nobody else’s', () => {
    const travellers = [{ kind: 'companion', name: 'Ben Koch' } as const]
    const old = someFacts({ wasApproved: true, travellers })
    expect(calendarMethod('booking_cancelled', old, requester)).toBe('CANCEL')
    expect(calendarMethod('booking_cancelled', old, colleague)).toBeNull()
  })
})
