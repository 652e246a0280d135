import { describe, expect, test } from 'vitest'
import { noticeWords } from '../../../src/surfaces/view-models/notice-words.ts'
import { NOTICE_KINDS, someFacts } from '../email/notice-builders.ts'

const NOW = new Date('2025-10-30T14:12:00Z')
const BERLIN = 'Europe/Berlin'
const DUE = '2025-10-31T16:00:00.000Z'
const TRIP = 'Škoda Octavia (B-MP 102), Mon 3 Nov, 09:00 – 17:30, Dresden'
const ANNA = { isRequester: true }
const OTHER = { isRequester: false }

const CASES: [string, ...Parameters<typeof words>, { subject: string; headline: string; remarks: string[] }][] = [
  [
    'a request that is in',
    'booking_requested',
    { waitingFor: ['Mara Lindt'], dueAt: DUE },
    ANNA,
    {
      subject: 'Request #12',
      headline: 'We have your request #12',
      remarks: ['The car is held for you. Mara Lindt is asked to decide by Fri 31 Oct, 17:00.'],
    },
  ],
  [
    'the first ask',
    'approval_needed',
    { actorName: 'Anna Schmidt', waitingFor: ['Mara Lindt'], dueAt: DUE },
    OTHER,
    {
      subject: 'Anna Schmidt asks for a car',
      headline: 'Anna Schmidt (Sales) asks for a car (#12)',
      remarks: ['Please answer by Fri 31 Oct, 17:00.'],
    },
  ],
  [
    'the ask to HR, with what the manager said',
    'approval_needed',
    { actorName: 'Mara Lindt', comment: 'Fine with me.', waitingFor: ['Jo Meyer', 'Kim Novak'], dueAt: DUE },
    OTHER,
    {
      subject: 'Anna Schmidt asks for a car',
      headline: 'Anna Schmidt (Sales) asks for a car (#12)',
      remarks: [
        'Mara Lindt approved it: “Fine with me.”',
        'Please answer by Fri 31 Oct, 17:00. 2 people are asked; the first answer counts.',
      ],
    },
  ],
  [
    'an ask at short notice, to HR alone',
    'approval_needed',
    {
      actorName: 'Anna Schmidt',
      waitingFor: ['Jo Meyer'],
      dueAt: DUE,
      askedAt: '2025-11-03T06:30:00.000Z',
      skipReason: 'no_manager',
    },
    OTHER,
    {
      subject: 'Anna Schmidt asks for a car',
      headline: 'Anna Schmidt (Sales) asks for a car (#12)',
      remarks: [
        'Short notice: asked 1 h 30 min before departure.',
        'No manager is on record, so HR decides alone.',
        'Please answer by Fri 31 Oct, 17:00.',
      ],
    },
  ],
  [
    'an ask a day ahead',
    'approval_needed',
    { actorName: 'Anna Schmidt', waitingFor: ['Jo Meyer'], dueAt: DUE, askedAt: '2025-11-02T08:00:00.000Z' },
    OTHER,
    {
      subject: 'Anna Schmidt asks for a car',
      headline: 'Anna Schmidt (Sales) asks for a car (#12)',
      remarks: ['Please answer by Fri 31 Oct, 17:00.'],
    },
  ],
  [
    'half way',
    'manager_approved',
    { comment: 'Fine.', waitingFor: ['Jo Meyer', 'Kim Novak', 'Ines Costa'], dueAt: DUE },
    ANNA,
    {
      subject: 'Request #12 is with HR',
      headline: 'Mara Lindt approved your request #12',
      remarks: ['“Fine.”', 'HR is next. Jo Meyer and 2 others are asked to decide by Fri 31 Oct, 17:00.'],
    },
  ],
  [
    'approved, to the requester',
    'booking_approved',
    {},
    ANNA,
    { subject: 'Approved #12', headline: 'Your booking #12 is approved', remarks: ['Mara Lindt approved it.'] },
  ],
  [
    'approved, to a colleague coming along',
    'booking_approved',
    {},
    OTHER,
    {
      subject: 'Trip with Anna Schmidt',
      headline: 'You are on a trip with Anna Schmidt (#12)',
      remarks: [],
    },
  ],
  [
    'rejected',
    'booking_rejected',
    { comment: ' The train is faster. ' },
    ANNA,
    {
      subject: 'Rejected #12',
      headline: 'Mara Lindt rejected your request #12',
      remarks: ['“The train is faster.”'],
    },
  ],
  [
    'cancelled by the requester, to the requester',
    'booking_cancelled',
    { actorName: 'Anna Schmidt', wasApproved: true },
    ANNA,
    { subject: 'Cancelled #12', headline: 'You cancelled your booking #12', remarks: [] },
  ],
  [
    'cancelled by the requester, to somebody still asked',
    'booking_cancelled',
    { actorName: 'Anna Schmidt', wasApproved: false },
    OTHER,
    {
      subject: 'Cancelled #12',
      headline: 'Anna Schmidt cancelled request #12',
      remarks: ['There is nothing left to decide.'],
    },
  ],
  [
    'cancelled by somebody else, to the requester',
    'booking_cancelled',
    { actorName: 'Jo Meyer', wasApproved: true, comment: 'The car is in the garage.' },
    ANNA,
    {
      subject: 'Cancelled #12',
      headline: 'Jo Meyer cancelled your booking #12',
      remarks: ['“The car is in the garage.”'],
    },
  ],
  [
    'cancelled by the rules',
    'booking_cancelled',
    { actorName: null },
    ANNA,
    { subject: 'Cancelled #12', headline: 'Your request #12 is cancelled', remarks: [] },
  ],
]

function words(
  kind: (typeof NOTICE_KINDS)[number],
  facts: Parameters<typeof someFacts>[0],
  reader: { isRequester: boolean },
) {
  return noticeWords(kind, someFacts(facts), BERLIN, NOW, reader)
}

describe('noticeWords', () => {
  test.each(CASES)('%s', (_case, kind, facts, reader, expected) => {
    expect(words(kind, facts, reader)).toEqual({
      subject: `${expected.subject}: Škoda Octavia, Mon 3 Nov, 09:00 – 17:30`,
      headline: expected.headline,
      trip: TRIP,
      remarks: expected.remarks,
      lines: [TRIP, ...expected.remarks],
    })
  })

  test('shows every time in the zone of its reader', () => {
    const facts = someFacts({ dueAt: DUE, waitingFor: ['Mara Lindt'], actorName: 'Anna Schmidt' })
    const { subject, lines } = noticeWords('approval_needed', facts, 'Europe/Lisbon', NOW, OTHER)
    expect(subject).toContain('Mon 3 Nov, 08:00 – 16:30 (Lisbon time)')
    expect(lines).toEqual([
      'Škoda Octavia (B-MP 102), Mon 3 Nov, 08:00 – 16:30 (Lisbon time), Dresden',
      'Please answer by Fri 31 Oct, 16:00 (Lisbon time).',
    ])
  })

  test.each(NOTICE_KINDS)('%s: a line break in a name stays out of the subject', (kind) => {
    const facts = { requesterName: 'Anna\r\nBcc: all@example.com' }
    expect(words(kind, facts, ANNA).subject).not.toMatch(/[\r\n]/)
    expect(words(kind, facts, OTHER).subject).not.toMatch(/[\r\n]/)
  })

  test.each(NOTICE_KINDS)('%s: reads well when there is nothing to add', (kind) => {
    const bare = { actorName: null, comment: '  ', requesterDepartment: '' }
    for (const reader of [ANNA, OTHER]) {
      const { subject, headline, lines } = words(kind, bare, reader)
      for (const line of [subject, headline, ...lines]) {
        expect(line).not.toMatch(/null|undefined|“|\(\)|!|^\s|\s$| {2}/)
        expect(line).not.toBe('')
      }
    }
  })
})
