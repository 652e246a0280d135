import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import {
  answerTo,
  decidingButtons,
  expectWarned,
  formBelow,
  nowShown,
  teamsCardAbout,
  textNow,
  waitUntilShown,
} from '../support/demo-in-teams.ts'
import { startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'
import { bookingsTo, heldFor, statusOf } from '../support/what-stands.ts'

const clock = businessClock()
let company: TeamsCompany
let anna: TeamsPerson
let mara: TeamsPerson
beforeAll(async () => {
  company = await startTeamsCompany(clock, ['anna', 'mara', 'hanna'])
  ;({
    people: { anna, mara },
  } = company)
})
afterAll(() => company.stop())
beforeEach(() => clock.nextWeek())

describe('asking for a change', () => {
  it('sends it back with a note, which the form repeats; sent again, it goes back to who asked', async () => {
    const { asked } = await company.requested('Calau')
    expect(await mara.presses(asked, 'Ask for a change')).toMatchObject({
      errors: ['Please say what should be changed.'],
    })
    await expectWarned(mara, asked, () => mara.presses(asked, 'Ask for a change', { note: '  ' }), /Please/)
    await mara.presses(asked, 'Ask for a change', { note: 'Please take the *small* car' })
    expect(textNow(mara, asked)).toMatch(
      /Mara Lindqvist as manager asked for a change.*“Please take the \*small\* car”/,
    )
    expect(decidingButtons(nowShown(mara, asked))).toEqual([])

    const card = await teamsCardAbout(anna, 'Calau', /Please change or cancel it by/)
    const list = await answerTo(anna, 'my bookings')
    expect(shownText(list)).toMatch(/Mara Lindqvist asks for a change: “Please take the \*small\* car”/)
    const form = await formBelow(anna, card, 'Change')
    expect(shownText(form)).toMatch(
      /^Change request #\d+\nMara Lindqvist asks for a change: “Please take the \*small\* car”/,
    )
    await anna.presses(form, 'Send change', { details: 'The small one is too small' })
    expect(textNow(anna, form)).toMatch(/^#\d+ is sent again\n.*Waiting for Mara Lindqvist/)
    const again = await teamsCardAbout(mara, 'Calau', /Sent again by Anna Schmidt/)
    await waitUntilShown(mara, asked, /^Booking #\d+ has moved to a newer message below\.$/)
    await mara.presses(again, 'Approve')
    expect(await statusOf(company.motorpool.database, 'Calau')).toBe('pending_hr')
  })

  it('in the list of what waits, it takes the request off the list', async () => {
    await company.requested('Coesfeld')
    const list = await answerTo(mara, 'approvals')
    const isCoesfeld = (id: string) => (action: Record<string, unknown>) =>
      action.verb === 'booking.ask_for_change' && JSON.stringify(action.data).includes(id)
    const [booking] = await bookingsTo(company.motorpool.database, 'Coesfeld')
    const stepId = booking?.openStep ?? ''
    await mara.presses(list, isCoesfeld(stepId), { [`note-${stepId}`]: 'Another day?' })
    expect(await statusOf(company.motorpool.database, 'Coesfeld')).toBe('changes_requested')
    expect(textNow(mara, list)).toMatch(/^Nothing waits for your decision\n.*Coesfeld\. You asked for a change/)
    expect(decidingButtons(nowShown(mara, list))).toEqual([])
    expect(shownText(await answerTo(mara, 'approvals'))).toMatch(
      /Decided by you[\s\S]*Coesfeld\. You asked for a change/,
    )
  })

  it('twice is asked once, and the note of whoever comes later changes nothing', async () => {
    const { asked } = await company.requested('Cuxhaven')
    const note = { note: 'Another day?' }
    await Promise.all([mara.presses(asked, 'Ask for a change', note), mara.presses(asked, 'Ask for a change', note)])
    await mara.presses(asked, 'Ask for a change', note)
    expect(textNow(mara, asked)).toMatch(/^Anna Schmidt/)
    const [booking] = await bookingsTo(company.motorpool.database, 'Cuxhaven')
    const { sql } = company.motorpool.database
    const events = await sql`SELECT type FROM events WHERE booking_id = ${booking?.id ?? null}`
    expect(events.map(({ type }) => type)).toEqual(['booking.requested', 'step.changes_requested'])
  })

  it('is answered by cancelling as well, with a word why', async () => {
    const { asked } = await company.requested('Cottbus')
    await mara.presses(asked, 'Ask for a change', { note: 'Is it needed?' })
    const card = await teamsCardAbout(anna, 'Cottbus', /Please change or cancel/)
    await anna.presses(card, 'Cancel booking', { why: 'Not needed after all' })
    expect(await statusOf(company.motorpool.database, 'Cottbus')).toBe('cancelled')
    await mara.waitFor(/Anna Schmidt cancelled[\s\S]*Cottbus[\s\S]*Not needed after all/)
  })
})

describe('pressing at the same moment', () => {
  it.each([
    ['Dahme', 'Approve', {}],
    ['Dargun', 'Reject request', { reason: 'No' }],
    ['Daun', 'Ask for a change', { note: 'Another day?' }],
  ])(
    'of the requester and the approver one is first, and the other sees what happened (%s, %s)',
    async (place, button, typed) => {
      const { own, asked } = await company.requested(place)
      const form = await formBelow(anna, own, 'Change')
      const [, answered] = await Promise.all([
        anna.presses(form, 'Send change', { return_time: '19:30' }),
        mara.presses(asked, button, typed),
      ])
      await company.everythingSent()
      const [booking] = await bookingsTo(company.motorpool.database, place)
      const { sql } = company.motorpool.database
      const steps = await sql<{ status: string; isPressed: boolean }[]>`
        SELECT status::text, kind = 'manager' AND round = 1 AS "isPressed" FROM steps
        WHERE booking_id = ${booking?.id ?? null}`
      const wasFirst = steps.find(({ isPressed }) => isPressed)?.status !== 'superseded'
      if (!wasFirst) {
        // What was answered: by then the card has moved.
        expect(JSON.stringify(answered)).toMatch(/⚠️ Changed since you looked/)
        await teamsCardAbout(mara, place, /What was changed/)
      }
      if (wasFirst && button === 'Reject request') {
        expect(textNow(anna, form)).toMatch(/⚠️ Changed since you looked: Mara Lindqvist rejected it/)
      } else {
        expect(textNow(anna, form)).toMatch(/^#\d+ is (changed|sent again)/)
        expect(await heldFor(company.motorpool.database, place)).toEqual(['09:00 – 19:30'])
      }
      expect(steps.filter(({ status }) => status === 'open').length).toBe(booking?.status === 'rejected' ? 0 : 1)
    },
  )
})
