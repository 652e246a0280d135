import { describe, expect, it } from 'vitest'
import { DEADLINES } from '../../../src/core/approval/deadlines.ts'
import type { DraftForm } from '../../../src/core/booking/draft.ts'
import { draftEntry, savedWords } from '../../../src/surfaces/view-models/draft-words.ts'
import { ANNA, aPerson, BERLIN, minutesAfter, NOW } from '../../support/builders.ts'

const at = (minutes: number) => ({ at: minutesAfter(NOW, minutes) })
const entry = (form: DraftForm, person = ANNA) =>
  draftEntry(
    { id: 'draft', personId: person.id, requestKey: 'key', form, createdAt: NOW, touchedAt: minutesAfter(NOW, -60) },
    person,
    { now: NOW, deadlines: DEADLINES },
  )

describe('a draft in a list', () => {
  it.each<[DraftForm, string]>([
    [{}, 'No destination yet'],
    [{ destination: '  ' }, 'No destination yet'],
    [{ destination: ' Hamburg ' }, 'Hamburg'],
    [{ destination: 'Hamburg', passengers: '2' }, 'Hamburg: 2 people'],
    [{ destination: 'Hamburg', passengers: 'two' }, 'Hamburg'],
    [{ starts: at(60), ends: at(540), passengers: '1' }, 'No destination yet: Mon 2 Nov, 10:00 – 18:00, 1 person'],
    [{ destination: 'Hamburg', starts: at(60) }, 'Hamburg: from Mon 2 Nov, 10:00'],
    [{ destination: 'Hamburg', ends: at(60) }, 'Hamburg: until Mon 2 Nov, 10:00'],
  ])('says what is in it: %o', (form, text) => {
    expect(entry(form).text).toBe(text)
  })

  it('says when it was saved, and when it goes away', () => {
    expect(entry({}).kept).toBe('Saved today 08:00, goes away on Wed 2 Dec')
  })

  it('goes by the clock of its reader', () => {
    const far = aPerson({ timeZone: 'America/New_York' })
    const { text, kept } = entry({ destination: 'Hamburg', starts: at(60) }, far)
    expect(text).toBe('Hamburg: from Mon 2 Nov, 04:00 (New York time)')
    expect(kept).toBe('Saved today 02:00, goes away on Wed 2 Dec')
  })
})

it('a form that was put aside says when', () => {
  expect(savedWords(minutesAfter(NOW, 62), BERLIN)).toBe('Saved as draft, 10:02')
})
