import { describe, expect, test } from 'vitest'
import type { NumberedFacts } from '../../../src/surfaces/view-models/notice-situation.ts'
import { noticeWords } from '../../../src/surfaces/view-models/notice-words.ts'
import { aTrip, LONGER, NOTICE_KINDS, someFacts } from '../email/notice-builders.ts'

const NOW = new Date('2025-10-30T14:12:00Z')
const BERLIN = 'Europe/Berlin'
const DUE = '2025-10-31T16:00:00.000Z'
const WINDOW = 'Mon 3 Nov, 09:00 – 17:30'
const LONG_WINDOW = 'Mon 3 Nov, 09:00 – 20:00'
const LONGER_LINE = `When: ${WINDOW}, 8 h 30 min → ${LONG_WINDOW}, 11 h`
const SHORTER_LINE = `When: ${LONG_WINDOW}, 11 h → ${WINDOW}, 8 h 30 min`
const ANNA = { isRequester: true }
const OTHER = { isRequester: false }

interface Expected {
  subject: string
  headline: string
  remarks: string[]
  /** Where it is not {@link WINDOW}. */
  window?: string
  changes?: string[]
}

const CASES: [string, ...Parameters<typeof words>, Expected][] = [
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
    'the ask for somebody who is away',
    'approval_needed',
    { actorName: 'Anna Schmidt', waitingFor: ['Tom Berg'], dueAt: DUE, askedFor: 'Mara Lindt' },
    OTHER,
    {
      subject: 'Anna Schmidt asks for a car',
      headline: 'Anna Schmidt (Sales) asks for a car (#12)',
      remarks: ['You are asked for Mara Lindt, who is away.', 'Please answer by Fri 31 Oct, 17:00.'],
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
    'cancelled because the requester has left, to their manager',
    'booking_cancelled',
    { actorName: null, wasApproved: true, requesterLeft: true },
    OTHER,
    {
      subject: 'Cancelled #12',
      headline: 'Anna Schmidt has left; their booking #12 was cancelled',
      remarks: [],
    },
  ],
  [
    'cancelled by the rules',
    'booking_cancelled',
    { actorName: null },
    ANNA,
    { subject: 'Cancelled #12', headline: 'Your request #12 is cancelled', remarks: [] },
  ],
  [
    'the ask about a change, for which somebody approved on behalf of another',
    'approval_needed',
    { proposed: LONGER, actorName: 'Tom Berg', onBehalfOf: 'Mara Lindt', comment: 'Fine.', dueAt: DUE },
    OTHER,
    {
      subject: 'Anna Schmidt asks for a change',
      headline: 'Anna Schmidt (Sales) asks for a change (#12)',
      window: LONG_WINDOW,
      changes: [LONGER_LINE],
      remarks: ['Tom Berg approved it for Mara Lindt: “Fine.”', 'Please answer by Fri 31 Oct, 17:00.'],
    },
  ],
  [
    'the ask about a request that was changed',
    'approval_needed',
    {
      former: aTrip({ destination: 'Leipzig', reason: 'training' }),
      actorName: 'Anna Schmidt',
      waitingFor: ['Mara Lindt'],
      dueAt: DUE,
    },
    OTHER,
    {
      subject: 'Anna Schmidt changed a request',
      headline: 'Anna Schmidt (Sales) changed a request (#12)',
      changes: ['Where: Leipzig → Dresden', 'Why: Business trip, training → Business trip, client meeting'],
      remarks: ['Please answer by Fri 31 Oct, 17:00.'],
    },
  ],
  [
    'the ask that went on',
    'approval_needed',
    { actorName: null, passedOnFrom: ['Mara Lindt'], waitingFor: ['Vera Boss'], dueAt: DUE },
    OTHER,
    {
      subject: 'Anna Schmidt asks for a car',
      headline: 'Anna Schmidt (Sales) asks for a car (#12)',
      remarks: ['Mara Lindt did not answer in time.', 'Please answer by Fri 31 Oct, 17:00.'],
    },
  ],
  [
    'a reminder about a change',
    'approval_reminder',
    { proposed: LONGER, actorName: null, waitingFor: ['Jo Meyer', 'Kim Novak'], dueAt: DUE },
    OTHER,
    {
      subject: 'Anna Schmidt is still waiting for your answer',
      headline: 'Anna Schmidt (Sales) is still waiting for your answer (#12)',
      window: LONG_WINDOW,
      changes: [LONGER_LINE],
      remarks: ['Please answer by Fri 31 Oct, 17:00. 2 people are asked; the first answer counts.'],
    },
  ],
  [
    'the last reminder to a manager',
    'approval_reminder',
    {
      actorName: null,
      waitingFor: ['Mara Lindt'],
      dueAt: DUE,
      isLastReminder: true,
      askedNext: { names: ['Vera Brandt'], asWell: false },
    },
    OTHER,
    {
      subject: 'Last reminder: Anna Schmidt is still waiting for your answer',
      headline: 'Last reminder: Anna Schmidt (Sales) is still waiting for your answer (#12)',
      remarks: ['Please answer by Fri 31 Oct, 17:00.', 'After Fri 31 Oct, 17:00 this goes to Vera Brandt.'],
    },
  ],
  [
    'the last reminder before HR is asked',
    'approval_reminder',
    { actorName: null, waitingFor: ['Mara Lindt'], dueAt: DUE, isLastReminder: true, askedNext: 'hr' },
    OTHER,
    {
      subject: 'Last reminder: Anna Schmidt is still waiting for your answer',
      headline: 'Last reminder: Anna Schmidt (Sales) is still waiting for your answer (#12)',
      remarks: ['Please answer by Fri 31 Oct, 17:00.', 'After Fri 31 Oct, 17:00 this goes to HR.'],
    },
  ],
  [
    'the last reminder to HR',
    'approval_reminder',
    {
      actorName: null,
      waitingFor: ['Jo Meyer'],
      dueAt: DUE,
      isLastReminder: true,
      askedNext: { names: ['Aydin Kaya'], asWell: true },
    },
    OTHER,
    {
      subject: 'Last reminder: Anna Schmidt is still waiting for your answer',
      headline: 'Last reminder: Anna Schmidt (Sales) is still waiting for your answer (#12)',
      remarks: ['Please answer by Fri 31 Oct, 17:00.', 'After Fri 31 Oct, 17:00 this also goes to Aydin Kaya.'],
    },
  ],
  [
    'the last reminder of all',
    'approval_reminder',
    {
      actorName: null,
      waitingFor: ['Jo Meyer'],
      dueAt: DUE,
      isLastReminder: true,
      askedNext: { names: [], asWell: true },
    },
    OTHER,
    {
      subject: 'Last reminder: Anna Schmidt is still waiting for your answer',
      headline: 'Last reminder: Anna Schmidt (Sales) is still waiting for your answer (#12)',
      remarks: [
        'Please answer by Fri 31 Oct, 17:00.',
        'Nobody else can be asked: without an answer, the request expires on Mon 3 Nov, 09:00.',
      ],
    },
  ],
  [
    'the next working day after the last deadline',
    'approval_reminder',
    { actorName: null, waitingFor: ['Jo Meyer'], dueAt: '2025-10-29T16:00:00.000Z' },
    OTHER,
    {
      subject: 'Overdue: Anna Schmidt is still waiting for your answer',
      headline: 'Overdue: Anna Schmidt (Sales) is still waiting for your answer (#12)',
      remarks: ['Overdue since Wed 29 Oct, 17:00.'],
    },
  ],
  [
    'a step that is overdue, to the requester',
    'step_overdue',
    { actorName: null, waitingFor: ['Jo Meyer', 'Kim Novak'], dueAt: '2025-10-29T16:00:00.000Z' },
    ANNA,
    {
      subject: 'Request #12 is overdue',
      headline: 'Nobody has answered your request #12 in time',
      remarks: [
        'An answer has been overdue since Wed 29 Oct, 17:00. Jo Meyer and Kim Novak are still asked, and reminded every working day.',
        'You can speak to one of them, or change or cancel your request. Without an answer, it expires on Mon 3 Nov, 09:00.',
      ],
    },
  ],
  [
    'a change that is overdue, shortly before the trip',
    'step_overdue',
    {
      proposed: LONGER,
      actorName: null,
      waitingFor: ['Jo Meyer'],
      dueAt: '2025-10-29T16:00:00.000Z',
      isLastReminder: true,
    },
    ANNA,
    {
      subject: 'Change of #12 is about to expire',
      headline: 'Your change of #12 is about to expire: nobody has answered yet',
      window: LONG_WINDOW,
      remarks: [
        'An answer has been overdue since Wed 29 Oct, 17:00. Jo Meyer is still asked.',
        'You can speak to Jo Meyer, or withdraw your change. Without an answer, it expires on Mon 3 Nov, 09:00, and your booking stays as it was.',
      ],
    },
  ],
  [
    'an overdue step whose people have all left',
    'step_overdue',
    { actorName: null, waitingFor: [], dueAt: '2025-10-29T16:00:00.000Z' },
    ANNA,
    {
      subject: 'Request #12 is overdue',
      headline: 'Nobody has answered your request #12 in time',
      remarks: [
        'An answer has been overdue since Wed 29 Oct, 17:00. Nobody who could decide is left: please speak to HR.',
        'You can speak to HR, or change or cancel your request. Without an answer, it expires on Mon 3 Nov, 09:00.',
      ],
    },
  ],
  [
    'the last reminder to change a request',
    'change_reminder',
    { actorName: 'Mara Lindt', comment: 'Take the small one', dueAt: DUE, isLastReminder: true },
    ANNA,
    {
      subject: 'Last reminder: #12 is waiting for your answer',
      headline: 'Last reminder: your request #12 is still waiting for your answer',
      remarks: [
        'Mara Lindt asked for a change: “Take the small one”',
        'Please change or cancel it by Fri 31 Oct, 17:00. The car stays held for you until then.',
        'After Fri 31 Oct, 17:00 your request expires, and the car is free for others.',
      ],
    },
  ],
  [
    'half way, of a change',
    'manager_approved',
    { proposed: LONGER, waitingFor: ['Jo Meyer'], dueAt: DUE, actorName: 'Tom Berg', onBehalfOf: 'Mara Lindt' },
    ANNA,
    {
      subject: 'Change of #12 is with HR',
      headline: 'Tom Berg (for Mara Lindt) approved your change of #12',
      window: LONG_WINDOW,
      remarks: ['HR is next. Jo Meyer is asked to decide by Fri 31 Oct, 17:00.'],
    },
  ],
  [
    'expired, to the requester',
    'booking_expired',
    { actorName: null },
    ANNA,
    {
      subject: 'Expired #12',
      headline: 'Your request #12 expired',
      remarks: ['You were asked for a change, and did not answer in time. The car is free for others.'],
    },
  ],
  [
    'expired at the departure, to the requester',
    'booking_expired',
    { actorName: null, startsAt: '2025-10-30T14:12:00.000Z', endsAt: '2025-10-30T15:12:00.000Z' },
    ANNA,
    {
      subject: 'Expired #12',
      headline: 'Your request #12 expired',
      window: 'Thu 30 Oct, 15:12 – 16:12',
      remarks: ['Nobody decided before the departure. The car is free for others.'],
    },
  ],
  [
    'expired, to somebody who was asked',
    'booking_expired',
    { actorName: null },
    OTHER,
    {
      subject: 'Expired #12',
      headline: 'The request #12 of Anna Schmidt expired',
      remarks: ['There is nothing left to decide.'],
    },
  ],
  [
    'changed at once, to the requester',
    'booking_changed',
    { former: LONGER, actorName: 'Anna Schmidt', wasApproved: true },
    ANNA,
    {
      subject: 'Changed #12',
      headline: 'You changed your booking #12',
      changes: [SHORTER_LINE],
      remarks: ['It needs no new approval.'],
    },
  ],
  [
    'changed at once, to a colleague',
    'booking_changed',
    { former: LONGER, actorName: 'Anna Schmidt', wasApproved: true },
    OTHER,
    {
      subject: 'Changed #12',
      headline: 'Your trip with Anna Schmidt was changed (#12)',
      changes: [SHORTER_LINE],
      remarks: [],
    },
  ],
  [
    'a change that is in',
    'change_requested',
    { proposed: LONGER, actorName: 'Anna Schmidt', waitingFor: ['Mara Lindt'], dueAt: DUE, wasApproved: true },
    ANNA,
    {
      subject: 'Change of #12',
      headline: 'We have your change of #12',
      window: LONG_WINDOW,
      changes: [LONGER_LINE],
      remarks: [
        'Your booking stands as it is until this is decided.',
        'Mara Lindt is asked to decide by Fri 31 Oct, 17:00.',
      ],
    },
  ],
  [
    'a changed request that is in',
    'change_requested',
    { former: LONGER, actorName: 'Anna Schmidt', waitingFor: ['Mara Lindt'], dueAt: DUE },
    ANNA,
    {
      subject: 'Changed request #12',
      headline: 'We have your changed request #12',
      changes: [SHORTER_LINE],
      remarks: ['The car is held for you.', 'Mara Lindt is asked to decide by Fri 31 Oct, 17:00.'],
    },
  ],
  [
    'a change that is approved',
    'change_approved',
    { former: LONGER, comment: 'Fine.', wasApproved: true },
    ANNA,
    {
      subject: 'Changed #12',
      headline: 'Your change of #12 is approved',
      changes: [SHORTER_LINE],
      remarks: ['Mara Lindt approved it: “Fine.”'],
    },
  ],
  [
    'a change that is approved, to a colleague',
    'change_approved',
    { former: LONGER, comment: 'Fine.', wasApproved: true },
    OTHER,
    {
      subject: 'Changed #12',
      headline: 'Your trip with Anna Schmidt was changed (#12)',
      changes: [SHORTER_LINE],
      remarks: [],
    },
  ],
  [
    'a change that is rejected',
    'change_rejected',
    { proposed: LONGER, comment: 'Too long.', wasApproved: true },
    ANNA,
    {
      subject: 'Change rejected, #12 stays',
      headline: 'Mara Lindt rejected your change of #12',
      remarks: ['“Too long.”', 'Your booking stands as it was.'],
    },
  ],
  [
    'a change that is withdrawn, to the requester',
    'change_withdrawn',
    { proposed: LONGER, actorName: 'Anna Schmidt', wasApproved: true },
    ANNA,
    {
      subject: 'Change withdrawn, #12 stays',
      headline: 'You withdrew your change of #12',
      remarks: ['Your booking stands as it was.'],
    },
  ],
  [
    'a change that is withdrawn, to somebody who was asked',
    'change_withdrawn',
    { proposed: LONGER, actorName: 'Anna Schmidt', wasApproved: true },
    OTHER,
    {
      subject: 'Change withdrawn, #12 stays',
      headline: 'Anna Schmidt withdrew the change of #12',
      remarks: ['There is nothing left to decide.'],
    },
  ],
  [
    'a change that nobody decided',
    'change_expired',
    { proposed: { ...LONGER, startsAt: '2025-10-30T14:00:00.000Z' }, actorName: null, wasApproved: true },
    ANNA,
    {
      subject: 'Change expired, #12 stays',
      headline: 'Your change of #12 expired',
      remarks: ['Nobody decided before the departure. Your booking stands as it was.'],
    },
  ],
  [
    'a change that expired, to somebody who was asked',
    'change_expired',
    { proposed: LONGER, actorName: null, wasApproved: true },
    OTHER,
    {
      subject: 'Change expired, #12 stays',
      headline: 'The change of #12 by Anna Schmidt expired',
      remarks: ['There is nothing left to decide.'],
    },
  ],
  [
    'back for a change',
    'changes_requested',
    { comment: 'Please take the small one.', dueAt: DUE },
    ANNA,
    {
      subject: '#12 is back for a change',
      headline: 'Mara Lindt asks you to change your request #12',
      remarks: [
        '“Please take the small one.”',
        'Please change or cancel it by Fri 31 Oct, 17:00. The car stays held for you until then.',
      ],
    },
  ],
  [
    'a change that is back',
    'changes_requested',
    { proposed: LONGER, comment: 'Shorter, please.', dueAt: DUE, onBehalfOf: 'Vera Boss', wasApproved: true },
    ANNA,
    {
      subject: '#12 is back for a change',
      headline: 'Mara Lindt (for Vera Boss) asks you to adjust your change of #12',
      window: LONG_WINDOW,
      remarks: [
        '“Shorter, please.”',
        'Please change or withdraw it by Fri 31 Oct, 17:00. Until then both trips stay held for you; your booking stands as it is.',
      ],
    },
  ],
  [
    'a reminder to answer',
    'change_reminder',
    { comment: 'Please take the small one.', dueAt: DUE },
    ANNA,
    {
      subject: '#12 is waiting for your answer',
      headline: 'Your request #12 is still waiting for your answer',
      remarks: [
        'Mara Lindt asked for a change: “Please take the small one.”',
        'Please change or cancel it by Fri 31 Oct, 17:00. The car stays held for you until then.',
      ],
    },
  ],
  [
    'no longer aboard: of the trip that they knew',
    'trip_left',
    { former: LONGER, actorName: 'Anna Schmidt', wasApproved: true },
    OTHER,
    {
      subject: 'No longer with Anna Schmidt',
      headline: 'You no longer come along with Anna Schmidt (#12)',
      window: LONG_WINDOW,
      remarks: [],
    },
  ],
  [
    'passed on to the manager’s manager',
    'step_escalated',
    { actorName: null, passedOnFrom: ['Mara Lindt'], waitingFor: ['Vera Boss'], dueAt: DUE },
    ANNA,
    {
      subject: 'Request #12 went on',
      headline: 'Your request #12 went on to Vera Boss',
      remarks: ['Mara Lindt did not answer in time. Vera Boss is asked to decide by Fri 31 Oct, 17:00.'],
    },
  ],
  [
    'the admins are asked as well',
    'step_escalated',
    {
      actorName: null,
      passedOnFrom: ['Jo Meyer', 'Kim Novak'],
      waitingFor: ['Jo Meyer', 'Kim Novak', 'Aydin Kaya'],
      proposed: LONGER,
      dueAt: DUE,
    },
    ANNA,
    {
      subject: 'Change of #12 went on',
      headline: 'Aydin Kaya is asked about your change of #12 as well',
      window: LONG_WINDOW,
      remarks: ['Jo Meyer and Kim Novak did not answer in time. Aydin Kaya is asked to decide by Fri 31 Oct, 17:00.'],
    },
  ],
  [
    'closed without an answer',
    'step_unanswered',
    { actorName: null, passedOnFrom: ['Vera Boss'], waitingFor: ['Jo Meyer'], dueAt: DUE },
    ANNA,
    {
      subject: 'Request #12 is with HR',
      headline: 'Your request #12 went on to HR',
      remarks: ['Vera Boss did not answer in time. Jo Meyer is asked to decide by Fri 31 Oct, 17:00.'],
    },
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
    const { subject, headline, remarks, window = WINDOW, changes = [] } = expected
    const trip = `Škoda Octavia (B-MP 102), ${window}, Dresden`
    expect(words(kind, facts, reader)).toEqual({
      subject: `${subject}: Škoda Octavia, ${window}`,
      headline,
      trip,
      remarks,
      changes: expect.objectContaining({ length: changes.length }),
      lines: [trip, ...changes, ...remarks],
    })
  })

  test.each(['booking_changed', 'change_approved'] as const)(
    '%s tells companions neither why the trip is made nor the note of who asked for it',
    (kind) => {
      const former = aTrip({ ...LONGER, details: 'Pick up the divorce papers', reason: 'training' })
      expect(words(kind, { former, details: 'At the lawyer’s' }, OTHER).changes.map(({ label }) => label)).toEqual([
        'When',
      ])
      expect(words(kind, { former }, ANNA).changes.map(({ label }) => label)).toEqual(['When', 'Why', 'Note'])
      expect(words('approval_needed', { former }, OTHER).changes).toHaveLength(3)
    },
  )

  test('tells namesakes apart: what somebody of the requester’s name did, and who was asked before', () => {
    const namesake = { requesterId: 'anna', actorId: 'other', actorName: 'Anna Schmidt', wasApproved: true }
    expect(words('booking_cancelled', namesake, ANNA).headline).toBe('Anna Schmidt cancelled your booking #12')
    expect(words('approval_needed', namesake, OTHER).remarks).toContain('Anna Schmidt approved it.')
    expect(words('approval_needed', { ...namesake, former: LONGER }, OTHER).subject).toMatch(
      /^Anna Schmidt asks for a car/,
    )
    const renamed = { ...namesake, actorId: 'anna', actorName: 'Anna Berg' }
    expect(words('booking_cancelled', renamed, ANNA).headline).toBe('You cancelled your booking #12')
    const passedOn = { passedOnFrom: ['Ben Koch'], newlyAsked: ['Ben Koch'], waitingFor: ['Ben Koch'] }
    expect(words('step_escalated', passedOn, ANNA).headline).toBe('Your request #12 went on to Ben Koch')
  })

  test('says that another colleague of the same name comes along', () => {
    const former = aTrip({ travellers: [{ kind: 'driver', name: 'Ben Koch', personId: 'ben-of-hr' }] })
    const travellers = [{ kind: 'driver' as const, name: 'Ben Koch', personId: 'ben' }]
    expect(words('booking_changed', { former, travellers }, ANNA).changes).toEqual([
      {
        label: 'Who',
        was: '2 people: Ben Koch (driver)',
        is: '2 people: Ben Koch (driver), somebody else of the same name',
      },
    ])
  })

  test('what a nightly look found is a list, whichever trip it is told with', () => {
    const findings: NumberedFacts['findings'] = [
      { number: 7, finding: 'car_not_held' },
      { number: 7, finding: 'no_card' },
      { number: 12, finding: 'never_due' },
    ]
    const { subject, headline, changes, lines } = words('check_found', { findings, proposed: LONGER }, OTHER)
    expect(subject).toBe('Motorpool’s nightly check: 2 bookings')
    expect(headline).toBe('The nightly check found what does not fit: 2 bookings')
    expect(changes).toEqual([])
    expect(lines).toEqual([
      '#7: its car is not held for it.',
      '#7: somebody is asked, and has no card to answer on.',
      '#12: no deadline or end of it will ever be seen to.',
    ])
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
