import type { DueDelivery } from '../../../src/core/notification/delivery.ts'
import type { NoticeKind, TripFacts } from '../../../src/core/notification/notice.ts'
import type { NoticeToRender } from '../../../src/surfaces/email/render-notice.ts'
import type { NumberedFacts } from '../../../src/surfaces/view-models/notice-situation.ts'

export const NOTICE_KINDS = Object.keys({
  booking_requested: true,
  approval_needed: true,
  manager_approved: true,
  booking_approved: true,
  booking_rejected: true,
  booking_cancelled: true,
  booking_expired: true,
  booking_changed: true,
  change_requested: true,
  change_approved: true,
  change_rejected: true,
  change_withdrawn: true,
  change_expired: true,
  changes_requested: true,
  trip_left: true,
  approval_reminder: true,
  change_reminder: true,
  step_escalated: true,
  step_unanswered: true,
  step_overdue: true,
  delivery_failed: true,
  check_found: true,
} satisfies Record<NoticeKind, true>) as NoticeKind[]

/** Anna's trip to Dresden on 3 November, 09:00 to 17:30 in Berlin. */
export function someFacts(changes: Partial<NumberedFacts> = {}): NumberedFacts {
  return {
    bookingId: '0b9d4a52-8d0e-4a58-9a77-5d7b3f4f2c11',
    number: 12,
    requesterId: 'anna',
    requesterName: 'Anna Schmidt',
    requesterDepartment: 'Sales',
    vehicle: {
      name: 'Škoda Octavia',
      licensePlate: 'B-MP 102',
      seats: 5,
      siteName: 'Berlin',
      siteTimeZone: 'Europe/Berlin',
    },
    startsAt: '2025-11-03T08:00:00.000Z',
    endsAt: '2025-11-03T16:30:00.000Z',
    destination: 'Dresden',
    type: 'business_trip',
    reason: 'client_meeting',
    details: '',
    passengers: 2,
    travellers: [
      { kind: 'driver', name: 'Anna Schmidt', personId: 'anna' },
      { kind: 'companion', name: 'Ben Koch', personId: 'ben' },
    ],
    actorName: 'Mara Lindt',
    comment: null,
    waitingFor: [],
    dueAt: null,
    wasApproved: false,
    sequence: 3,
    ...changes,
  }
}

/** The trip of {@link someFacts}, changed so. */
export function aTrip(changes: Partial<TripFacts> = {}): TripFacts {
  const { vehicle, startsAt, endsAt, destination, type, reason, details, passengers, travellers } = someFacts()
  return { vehicle, startsAt, endsAt, destination, type, reason, details, passengers, travellers, ...changes }
}

/** Two hours and a half longer than {@link someFacts}: until 20:00 in Berlin. */
export const LONGER = aTrip({ endsAt: '2025-11-03T19:00:00.000Z' })

export function aNotice(kind: NoticeKind, changes: Partial<NoticeToRender> = {}): NoticeToRender {
  return {
    kind,
    facts: someFacts(),
    reader: {
      personId: 'anna',
      name: 'Anna Schmidt',
      email: 'anna@example.com',
      zone: 'Europe/Berlin',
      isRequester: true,
    },
    from: { name: 'Motorpool', email: 'cars@example.com' },
    chat: { platform: 'slack', url: 'https://example.slack.com/app' },
    now: new Date('2025-10-30T14:12:00Z'),
    ...changes,
  }
}

export function aDelivery(changes: Partial<DueDelivery> = {}): DueDelivery {
  return {
    id: '5e4e2c8e-5a0c-4d4e-8f1f-3a9f5a6f0b01',
    channel: 'email',
    attempt: 1,
    failures: 0,
    triedSince: null,
    bookingEndedAt: null,
    acts: ['everything', 'posting'],
    kind: 'booking_approved',
    facts: someFacts(),
    isRequester: true,
    recipient: {
      personId: 'p1',
      name: 'Anna Schmidt',
      email: 'anna@example.com',
      zone: 'Europe/Berlin',
      platform: null,
      account: null,
    },
    createdAt: new Date('2025-10-30T14:12:00Z'),
    ...changes,
  }
}
