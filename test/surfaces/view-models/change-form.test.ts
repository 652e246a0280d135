import { describe, expect, it } from 'vitest'
import type { Booking } from '../../../src/core/booking/booking.ts'
import { tripOf } from '../../../src/core/booking/trip-change.ts'
import { changeFormWords } from '../../../src/surfaces/view-models/change-form.ts'
import { aBooking, anHrStep, aStep, BERLIN, decided, minutesAfter, NOW } from '../../support/builders.ts'

const words = (changes: Partial<Booking>) => changeFormWords(aBooking(changes), BERLIN, NOW)
const TRIP = { ...tripOf(aBooking()), destination: 'Leipzig' }
const dueAt = minutesAfter(NOW, 60)
const asked = (step = aStep()) => decided(step, { status: 'changes_requested', comment: 'Take the train.', dueAt })

describe('the form to change a booking', () => {
  it.each<[string, Partial<Booking>, string, RegExp]>([
    ['to be decided', {}, 'Change request', /^#12 starts again with the first approver, and its car stays held\./],
    ['with HR', { status: 'pending_hr' }, 'Change request', /^#12 starts again/],
    [
      'approved',
      { status: 'approved' },
      'Change booking',
      /^#12 stands as it is, with its car, until the change is approved\./,
    ],
    [
      'approved, with a change to be decided',
      { status: 'approved', change: { status: 'pending_hr', trip: TRIP } },
      'Change booking',
      /^#12 stands as it is until its change is approved\. The form shows the change you asked for/,
    ],
    [
      'approved, with a change that came to nothing',
      { status: 'approved', change: { status: 'rejected', trip: TRIP } },
      'Change booking',
      /^#12 stands as it is, with its car, until/,
    ],
  ])('that is %s says what that means', (_how, changes, title, meaning) => {
    const { title: shown, lines } = words(changes)
    expect(shown).toBe(title)
    expect(lines).toEqual([expect.stringMatching(meaning)])
    expect(lines[0]).toContain('a shorter trip within the same hours, who comes along and the details')
  })

  it('for which a change was asked shows who asked, until when, and to whom it goes', () => {
    expect(words({ status: 'changes_requested', steps: [asked()] })).toEqual({
      title: 'Change request',
      lines: [
        'Mara Lindt asks for a change: “Take the train.”',
        'Please answer by Mon 2 Nov, 10:00; after that, your request expires.',
        'What you send goes back to the manager; with another time, destination, car or purpose it starts again with the first approver.',
      ],
    })
  })

  it('for whose change another was asked stands whatever becomes of it', () => {
    const change = { status: 'changes_requested' as const, trip: TRIP }
    const { title, lines } = words({ status: 'approved', change, steps: [decided(aStep()), asked(anHrStep())] })
    expect(title).toBe('Change booking')
    expect(lines[1]).toBe(
      'Please answer by Mon 2 Nov, 10:00; after that, the change lapses and your booking stays as it is.',
    )
    expect(lines[2]).toMatch(/^What you send goes back to HR;/)
  })
})
