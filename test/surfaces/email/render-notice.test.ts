import { beforeAll, describe, expect, test } from 'vitest'
import { renderNotice } from '../../../src/surfaces/email/render-notice.ts'
import { aNotice, LONGER, NOTICE_KINDS, someFacts } from './notice-builders.ts'

// The first rendering loads React's server renderer.
beforeAll(async () => {
  await renderNotice(aNotice('booking_requested'))
}, 30_000)

describe.each(NOTICE_KINDS)('%s', (kind) => {
  test('says what happened in HTML and in text, and links into the chat once', async () => {
    const { subject, html, text } = await renderNotice(aNotice(kind))
    expect(html).toContain(`<title>${subject}</title>`)
    expect(html.match(/href="([^"]*)"/g)).toEqual(['href="https://example.slack.com/app"'])
    expect(text).toContain('Open in Slack https://example.slack.com/app')
    expect(text).not.toMatch(/<\w|null|undefined|\[object/)
  })

  test('says Teams where the reader’s chat is there', async () => {
    const url = 'https://teams.microsoft.com/l/chat/0/0?users=28:app'
    const { text } = await renderNotice(aNotice(kind, { chat: { platform: 'teams', url } }))
    expect(text).toContain(`Open in Teams ${url}`)
  })

  test('has no link where there is no chat address', async () => {
    const { html, text } = await renderNotice(aNotice(kind, { chat: null }))
    expect(html).not.toContain('href=')
    expect(text).not.toContain('Open in Slack')
  })
})

/** A nightly look is about no trip. */
const ABOUT_A_TRIP = NOTICE_KINDS.filter((kind) => kind !== 'check_found')

describe.each(ABOUT_A_TRIP)('%s', (kind) => {
  test('says the trip in HTML and in text', async () => {
    const { html, text } = await renderNotice(aNotice(kind))
    for (const fact of ['Mon 3 Nov, 09:00 – 17:30', '8 h 30 min', 'Škoda Octavia (B-MP 102)', 'Dresden', 'Ben Koch']) {
      expect(html).toContain(fact)
      expect(text).toContain(fact)
    }
    expect(text).toContain('Where: Dresden\n')
  })

  test('shows what people typed as they typed it, and runs none of it', async () => {
    const long = 'ä'.repeat(3000)
    const evil = `<script>alert(1)</script> & "<img src=x onerror=1>" 🚗 שלום ${long}`
    const facts = someFacts({
      requesterName: `Anna ${evil}`,
      requesterDepartment: evil,
      destination: evil,
      details: evil,
      comment: evil,
      actorName: evil,
      waitingFor: [evil],
      travellers: [{ kind: 'driver', name: evil }],
      vehicle: { ...someFacts().vehicle, name: evil, licensePlate: evil, siteName: evil },
    })
    const { html, text } = await renderNotice(aNotice(kind, { facts }))
    expect(html).not.toMatch(/<script|<img/i)
    expect(html).toContain('&lt;script&gt;alert(1)&lt;/script&gt; &amp; ')
    expect(html).toContain(`🚗 שלום ${long}`)
    expect(text).toContain(evil)
  })

  test('lets every typed text find its own direction', async () => {
    const facts = someFacts({ destination: 'תל אביב', comment: 'שלום', actorName: 'דנה' })
    const { html } = await renderNotice(aNotice(kind, { facts }))
    expect(html).toMatch(/<td[^>]*dir="auto"[^>]*>תל אביב</)
  })

  test('reads from left to right whoever it is about, their names apart', async () => {
    const named = { actorName: 'أمل', onBehalfOf: 'רות', waitingFor: ['נועה'], passedOnFrom: ['יעל'] }
    const names = { requesterName: 'דנה כהן', requesterDepartment: 'מכירות', ...named }
    const facts = someFacts({ ...names, comment: 'שלום', undelivered: { name: 'נועה', channel: 'slack' } })
    for (const isRequester of [true, false]) {
      const reader = { ...aNotice(kind).reader, isRequester }
      const { html } = await renderNotice(aNotice(kind, { facts, reader }))
      const said = [...html.matchAll(/<(h1|p)[^>]*class="(?:headline|text)"[^>]*>.*?<\/\1>/gs)].map(([block]) => block)
      expect(said.length).toBeGreaterThan(0)
      for (const block of said) {
        if (/>“[^“]*”</.test(block)) expect(block).toContain('dir="auto"')
        else expect(block.replaceAll(/<bdi>.*?<\/bdi>/gs, '')).not.toMatch(/[\u0590-\u06ff]|dir="auto"/)
      }
    }
  })

  test('is the same, byte for byte, each time', async () => {
    const first = await renderNotice(aNotice(kind))
    await new Promise((resolve) => setTimeout(resolve, 5))
    expect(await renderNotice(aNotice(kind))).toEqual(first)
  })

  test('shows times in the zone of its reader', async () => {
    const reader = { ...aNotice(kind).reader, zone: 'America/New_York' }
    const { subject, html, text } = await renderNotice(aNotice(kind, { reader }))
    for (const part of [subject, html, text]) expect(part).toContain('Mon 3 Nov, 03:00 – 11:30 (New York time)')
  })
})

test('a comment keeps its lines', async () => {
  const facts = someFacts({ comment: 'Take the train.\nIt is faster.' })
  const { html, text } = await renderNotice(aNotice('booking_rejected', { facts }))
  expect(html).toContain('“Take the train.<br/>It is faster.”')
  expect(text).toMatch(/^Mara Lindt rejected your request #12\n\n“Take the train.\nIt is faster.”\n\nWhen: Mon 3 Nov/)
})

test('only who decides reads why, and the details', async () => {
  const facts = someFacts({ details: 'Demo kit in the boot.' })
  const asked = await renderNotice(aNotice('approval_needed', { facts }))
  expect(asked.text).toContain('Why: Business trip, client meeting\nNote: Demo kit in the boot.')
  const told = await renderNotice(aNotice('booking_approved', { facts }))
  expect(told.text).not.toContain('Demo kit')
})

describe('a change', () => {
  const noted = { ...LONGER, details: 'Two stops.\nשלום & <b>all</b>' }

  test('stands old beside new, and what is told there is not told again', async () => {
    const facts = someFacts({ proposed: noted, actorName: 'Anna Schmidt', dueAt: '2025-10-31T16:00:00.000Z' })
    const { html, text } = await renderNotice(aNotice('approval_needed', { facts }))
    const old = 'Mon 3 Nov, 09:00 – 17:30, 8 h 30 min'
    expect(text).toContain(`When: ${old} → Mon 3 Nov, 09:00 – 20:00, 11 h\n`)
    expect(text).toContain('Note: no note → Two stops.\nשלום & <b>all</b>\n')
    expect(text.match(/^When:/gm)).toHaveLength(1)
    expect(text.match(/^Note:/gm)).toHaveLength(1)
    expect(text.match(/^Why: Business trip, client meeting$/gm)).toHaveLength(1)
    expect(html).toContain('>Asked for<')
    expect(html).toMatch(/<td[^>]*dir="auto"[^>]*>Two stops\.<br\/>שלום &amp; &lt;b&gt;all&lt;\/b&gt;</)
  })

  test('in force is not asked for', async () => {
    const { html } = await renderNotice(aNotice('change_approved', { facts: someFacts({ former: LONGER }) }))
    expect(html).toContain('>Before<')
    expect(html).not.toContain('>Asked for<')
  })

  test('that came to nothing leaves the trip as it was', async () => {
    const facts = someFacts({ proposed: LONGER, comment: 'Too long.', wasApproved: true })
    const { html, text, attachments } = await renderNotice(aNotice('change_rejected', { facts }))
    expect(text).toContain('When: Mon 3 Nov, 09:00 – 17:30\n8 h 30 min')
    expect(html).not.toContain('20:00')
    expect(attachments).toEqual([])
  })
})

describe('the calendar file', () => {
  const cancelled = someFacts({ wasApproved: true })
  const mara = {
    personId: 'mara',
    name: 'Mara Lindt',
    email: 'mara@example.com',
    zone: 'Europe/Berlin',
    isRequester: false,
  }

  test.each([
    ['booking_approved', aNotice('booking_approved'), 'REQUEST'],
    ['booking_changed', aNotice('booking_changed', { facts: someFacts({ former: LONGER }) }), 'REQUEST'],
    ['change_approved', aNotice('change_approved', { facts: someFacts({ former: LONGER }) }), 'REQUEST'],
    ['trip_left', aNotice('trip_left', { facts: someFacts({ former: LONGER }) }), 'CANCEL'],
    ['booking_cancelled', aNotice('booking_cancelled', { facts: cancelled }), 'CANCEL'],
  ] as const)('goes with %s', async (_kind, notice, method) => {
    const { attachments, text } = await renderNotice(notice)
    expect(attachments).toEqual([
      {
        filename: 'booking-12.ics',
        contentType: `text/calendar; charset=utf-8; method=${method}`,
        content: expect.stringContaining(`METHOD:${method}\r\n`),
      },
    ])
    expect(text).toContain('The attached file')
  })

  test('has the trip as it is now; for whoever is no longer aboard, the one that they knew', async () => {
    const facts = someFacts({ former: LONGER, sequence: 7 })
    const contents = await Promise.all(
      (['change_approved', 'trip_left'] as const).map(async (kind) => {
        const { attachments } = await renderNotice(aNotice(kind, { facts }))
        return attachments[0]?.content ?? ''
      }),
    )
    expect(contents[0]).toContain('DTEND:20251103T163000Z')
    expect(contents[1]).toContain('DTEND:20251103T190000Z')
    for (const content of contents) {
      expect(content).toContain('UID:booking-0b9d4a52-8d0e-4a58-9a77-5d7b3f4f2c11@motorpool')
      expect(content).toContain('SEQUENCE:7')
    }
  })

  test.each([
    ['a request that was never approved', aNotice('booking_cancelled')],
    ['somebody who had only been asked', aNotice('booking_cancelled', { facts: cancelled, reader: mara })],
    ['a rejection', aNotice('booking_rejected')],
    ['a request that expired', aNotice('booking_expired')],
    ['a change that is only asked for', aNotice('change_requested', { facts: someFacts({ proposed: LONGER }) })],
    ['a change that expired', aNotice('change_expired', { facts: someFacts({ proposed: LONGER }) })],
    ['a change that was withdrawn', aNotice('change_withdrawn', { facts: someFacts({ proposed: LONGER }) })],
  ])('does not go with %s', async (_case, notice) => {
    const { attachments, text } = await renderNotice(notice)
    expect(attachments).toEqual([])
    expect(text).not.toContain('attached')
  })
})
