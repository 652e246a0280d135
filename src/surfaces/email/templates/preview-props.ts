import type { NoticeEmailProps } from './notice-email-props.ts'

/** A sample trip, to look at a template with. */
export function previewProps(facts: Partial<NoticeEmailProps['facts']> = {}): NoticeEmailProps {
  return {
    facts: {
      bookingId: '0b9d4a52-8d0e-4a58-9a77-5d7b3f4f2c11',
      number: 12,
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
      destination: 'Dresden, Prager Straße 10',
      type: 'business_trip',
      reason: 'client_meeting',
      details: 'We bring the demo kit, so the boot should be empty.',
      passengers: 3,
      travellers: [
        { kind: 'driver', name: 'Anna Schmidt' },
        { kind: 'companion', name: 'Ben Koch' },
      ],
      actorName: 'Anna Schmidt',
      comment: null,
      waitingFor: ['Mara Lindt'],
      dueAt: '2025-10-31T16:00:00.000Z',
      wasApproved: false,
      sequence: 1,
      ...facts,
    },
    reader: { name: 'Anna Schmidt', zone: 'Europe/Berlin', isRequester: true },
    chatUrl: 'https://example.slack.com/app_redirect?app=A012345',
    now: new Date('2025-10-30T14:12:00.000Z'),
  }
}
