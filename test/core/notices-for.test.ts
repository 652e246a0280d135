import { describe, expect, it } from 'vitest'
import type { Booking } from '../../src/core/booking/booking.ts'
import type { Notice } from '../../src/core/notification/notice.ts'
import {
  approvedNotices,
  askNotices,
  cancelledNotices,
  chatPlatformOf,
  leaverNotices,
  managerApprovedNotices,
  rejectedNotices,
  requestedNotices,
  type Telling,
  wantedCards,
} from '../../src/core/notification/notices-for.ts'
import type { ChatPlatform, Person } from '../../src/core/people/person.ts'
import {
  ANNA,
  AYDIN,
  aBooking,
  anEvent,
  anHrStep,
  aPerson,
  aStep,
  BEN,
  decided,
  HANNA,
  JO,
  MARA,
} from '../support/builders.ts'

const EVERYTHING: Telling['channels'] = { chat: ['slack'], email: true }
const gone = (person: Person): Person => ({ ...person, active: false })
const lastSeen = (platform: ChatPlatform | null) => aPerson({ lastSeen: platform && { platform, timeZone: null } })

function telling(booking: Booking, changes: Partial<Telling> = {}): Telling {
  const said = { actorName: HANNA.name, comment: null, wasApproved: false }
  return { channels: EVERYTHING, event: anEvent(), booking, said, ...changes }
}

/** Who is told what, where: "Anna Schmidt booking_approved slack+email". */
function told(notices: Notice[]): string[] {
  const everybody = [ANNA, AYDIN, BEN, HANNA, JO, MARA]
  return notices.map(({ personId, kind, deliveries }) => {
    const name = everybody.find((person) => person.id === personId)?.name ?? personId
    return `${name}: ${kind}, ${deliveries.map(({ channel }) => channel).join(' + ')}`
  })
}

const wasApproved = { actorName: ANNA.name, comment: null, wasApproved: true }
const byAnna = anEvent({ type: 'booking.cancelled', actor: ANNA })
const byAydin = anEvent({ type: 'booking.cancelled', actor: AYDIN })
const byNobody = anEvent({ type: 'booking.cancelled', actor: null })
const ofALeaver = aBooking({
  status: 'approved',
  requester: gone(ANNA),
  travellers: [gone(ANNA), BEN].map((person) => ({ kind: 'driver', person, name: person.name })),
})
const withoutHr = aBooking({ status: 'pending_hr', steps: [decided(aStep()), anHrStep({ asks: [] })] })
const withoutTheInactive = aBooking({
  requester: gone(ANNA),
  travellers: [
    { kind: 'driver', person: gone(ANNA), name: ANNA.name },
    { kind: 'companion', person: gone(BEN), name: BEN.name },
  ],
  steps: [aStep({ asks: [{ person: gone(MARA), onBehalfOf: null }] })],
})

describe('who is told what, and where', () => {
  it.each<[string, Notice[], string[]]>([
    [
      'requested: the requester and the manager by mail, for in chat their cards appear',
      requestedNotices(telling(aBooking())),
      ['Anna Schmidt: booking_requested, email', 'Mara Lindt: approval_needed, email'],
    ],
    [
      'approved by the manager: the requester, and everybody in HR by mail',
      managerApprovedNotices(telling(aBooking({ status: 'pending_hr' }))),
      [
        'Anna Schmidt: manager_approved, slack + email',
        'Hanna Weber: approval_needed, email',
        'Jo Meyer: approval_needed, email',
      ],
    ],
    [
      'approved: the requester, once though she drives, and whoever comes along',
      approvedNotices(telling(aBooking({ status: 'approved' }))),
      ['Anna Schmidt: booking_approved, slack + email', 'Ben Koch: booking_approved, slack + email'],
    ],
    [
      'rejected: the requester',
      rejectedNotices(telling(aBooking({ status: 'rejected' }))),
      ['Anna Schmidt: booking_rejected, slack + email'],
    ],
    [
      'cancelled by the requester before it was approved: those who were asked; she herself by mail alone',
      cancelledNotices(telling(aBooking({ status: 'pending_hr' }), { event: byAnna })),
      [
        'Anna Schmidt: booking_cancelled, email',
        'Mara Lindt: booking_cancelled, slack + email',
        'Hanna Weber: booking_cancelled, slack + email',
        'Jo Meyer: booking_cancelled, slack + email',
      ],
    ],
    [
      'cancelled once it was approved: those who were coming along, too',
      cancelledNotices(telling(aBooking({ status: 'approved' }), { event: byAnna, said: wasApproved })),
      [
        'Anna Schmidt: booking_cancelled, email',
        'Mara Lindt: booking_cancelled, slack + email',
        'Hanna Weber: booking_cancelled, slack + email',
        'Jo Meyer: booking_cancelled, slack + email',
        'Ben Koch: booking_cancelled, slack + email',
      ],
    ],
    [
      'cancelled by an admin: the requester in chat as well, the admin not at all',
      cancelledNotices(telling(aBooking(), { event: byAydin })),
      ['Anna Schmidt: booking_cancelled, slack + email', 'Mara Lindt: booking_cancelled, slack + email'],
    ],
    [
      'cancelled because the requester has left: those who were asked, those who come along, and the manager, once',
      leaverNotices([MARA])(telling(ofALeaver, { event: byNobody, said: wasApproved })),
      ['Mara Lindt', 'Hanna Weber', 'Jo Meyer', 'Ben Koch'].map((name) => `${name}: booking_cancelled, slack + email`),
    ],
    [
      'cancelled because the requester has left: the admins, where there is no manager',
      leaverNotices([AYDIN])(telling({ ...ofALeaver, steps: [] }, { event: byNobody })),
      ['Aydin Kaya: booking_cancelled, slack + email'],
    ],
    ['nobody is asked where no step is open', askNotices(telling(aBooking({ status: 'approved' }))), []],
    ['a step that asks nobody tells nobody', askNotices(telling(withoutHr)), []],
    [
      'nobody who has left is ever told',
      [requestedNotices, managerApprovedNotices, approvedNotices, rejectedNotices, cancelledNotices].flatMap(
        (notices) => notices(telling(withoutTheInactive, { said: wasApproved })),
      ),
      [],
    ],
  ])('%s', (_case, notices, expected) => {
    expect(told(notices)).toEqual(expected)
  })

  it('each person once, whatever they are in it', () => {
    const maraInEverything = aBooking({
      requester: MARA,
      travellers: [{ kind: 'driver', person: MARA, name: MARA.name }],
      steps: [aStep(), anHrStep({ asks: [MARA, MARA].map((person) => ({ person, onBehalfOf: null })) })],
    })
    for (const notices of [approvedNotices, cancelledNotices]) {
      expect(notices(telling(maraInEverything, { said: wasApproved })).map((notice) => notice.personId)).toEqual([
        'mara',
      ])
    }
    expect(askNotices(telling({ ...maraInEverything, steps: maraInEverything.steps.slice(1) }))).toHaveLength(1)
  })

  it('a guest without an entry in the directory is told nothing', () => {
    const booking = aBooking({ travellers: [{ kind: 'companion', person: null, name: 'Zoe' }] })
    expect(told(approvedNotices(telling(booking)))).toEqual(['Anna Schmidt: booking_approved, slack + email'])
  })
})

describe('the channels of a company', () => {
  const approved = aBooking({ status: 'approved', travellers: [] })

  it.each<[string, Telling['channels'], string]>([
    ['chat and mail', { chat: ['slack'], email: true }, 'slack + email'],
    ['chat alone', { chat: ['slack'], email: false }, 'slack'],
    ['mail alone', { chat: [], email: true }, 'email'],
    ['none', { chat: [], email: false }, ''],
  ])('%s', (_case, channels, expected) => {
    expect(told(approvedNotices(telling(approved, { channels })))).toEqual([
      `Anna Schmidt: booking_approved, ${expected}`,
    ])
  })

  it.each<[string, ChatPlatform | null, ChatPlatform[], ChatPlatform | null]>([
    ['where they were last seen', 'teams', ['slack', 'teams'], 'teams'],
    ['the first platform for somebody never seen', null, ['slack', 'teams'], 'slack'],
    ['the first platform where theirs is no longer used', 'teams', ['slack'], 'slack'],
    ['none where there is none', 'slack', [], null],
  ])('a message goes %s', (_case, seen, chat, platform) => {
    expect(chatPlatformOf(lastSeen(seen), { chat, email: true })).toBe(platform)
  })
})

describe('what a notice carries', () => {
  it('the step it asks to decide, so that it falls away with it', () => {
    expect(requestedNotices(telling(aBooking())).map((notice) => notice.stepId)).toEqual([null, 'manager-step'])
  })

  it('when it was asked for, and why the manager was left out', () => {
    const skipped = aStep({ status: 'skipped', skipReason: 'no_manager', asks: [], dueAt: null })
    const alone = aBooking({ status: 'pending_hr', steps: [skipped, anHrStep()] })
    const facts = (booking: Booking) => requestedNotices(telling(booking)).map((notice) => notice.facts)
    expect(facts(alone)).toHaveLength(3)
    for (const one of facts(alone)) {
      expect(one).toMatchObject({ askedAt: '2026-11-02T08:00:00.000Z', skipReason: 'no_manager' })
    }
    const again = { ...alone, round: 2, steps: [...alone.steps, aStep({ round: 2 })] }
    for (const one of [...facts(aBooking()), ...facts(again)]) expect(one).not.toHaveProperty('skipReason')
  })

  it('the facts as they are now, and ids of its own', () => {
    const booking = aBooking({ status: 'pending_hr', version: 4 })
    const said = { actorName: MARA.name, comment: 'Fine.', wasApproved: false }
    const notices = managerApprovedNotices(telling(booking, { said }))
    for (const notice of notices) {
      expect(notice).toMatchObject({ eventId: 'event', facts: { ...said, sequence: 4, destination: 'Dresden' } })
      expect(notice.facts).toMatchObject({
        startsAt: '2026-11-05T08:00:00.000Z',
        endsAt: '2026-11-05T16:30:00.000Z',
        waitingFor: [HANNA.name, JO.name],
        dueAt: '2026-11-03T08:00:00.000Z',
        travellers: [
          { kind: 'driver', name: ANNA.name },
          { kind: 'companion', name: BEN.name },
        ],
      })
      expect(JSON.parse(JSON.stringify(notice.facts))).toEqual(notice.facts)
    }
    const ids = notices.flatMap((notice) => [notice.id, ...notice.deliveries.map((delivery) => delivery.id)])
    expect(new Set(ids).size).toBe(7)
  })
})

describe('wantedCards', () => {
  const cards = (booking: Booking, channels = EVERYTHING) =>
    wantedCards(booking, channels).map(({ personId, platform, kind }) => `${personId}: ${kind}, ${platform}`)
  const inTeams = { ...MARA, lastSeen: { platform: 'teams', timeZone: null } } as const

  it.each<[string, Booking, string[]]>([
    ['the requester and the manager', aBooking(), ['anna: request, slack', 'mara: manager_approval, slack']],
    [
      'the requester and everybody in HR; what the manager has stays',
      aBooking({ status: 'pending_hr' }),
      ['anna: request, slack', 'hanna: hr_approval, slack', 'jo: hr_approval, slack'],
    ],
    ['the requester alone once it is decided', aBooking({ status: 'approved' }), ['anna: request, slack']],
  ])('%s', (_case, booking, expected) => {
    expect(cards(booking)).toEqual(expected)
  })

  it('each where they were last seen, and none without a platform', () => {
    const booking = aBooking({ steps: [aStep({ asks: [{ person: inTeams, onBehalfOf: null }] })] })
    const both: Telling['channels'] = { chat: ['slack', 'teams'], email: true }
    expect(cards(booking, both)).toEqual(['anna: request, slack', 'mara: manager_approval, teams'])
    expect(cards(booking, { chat: [], email: true })).toEqual([])
  })
})
