import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { activityFrom } from '../support/bot-connector/activities.ts'
import { buttonsOf, shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import {
  answerTo,
  decidingButtons,
  expectWarned,
  formBelow,
  nowShown,
  requestInTeams,
  teamsCardAbout,
  textNow,
  waitUntilShown,
} from '../support/demo-in-teams.ts'
import { OCTAVIA, startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'
import { choicesIn, errorAt, pressedWith, valuesIn } from '../support/teams-form.ts'
import { bookingsTo, heldFor, statusOf, whatStands } from '../support/what-stands.ts'

const clock = businessClock()
let company: TeamsCompany
let anna: TeamsPerson
let ben: TeamsPerson
let mara: TeamsPerson
let hanna: TeamsPerson
beforeAll(async () => {
  company = await startTeamsCompany(clock, ['anna', 'ben', 'mara', 'hanna'])
  ;({
    people: { anna, ben, mara, hanna },
  } = company)
})
afterAll(() => company.stop())
beforeEach(() => clock.nextWeek())

/** What happens next happens a minute later. */
const later = () => clock.set(new Date(+clock.now() + 60_000))

describe('changing a request', () => {
  it('opens the form filled in, says what it means, and asks anew with old beside new', async () => {
    const { own, asked } = await company.requested('Ahlen', {
      passengers: '3',
      details: 'Two boxes',
      other_companions: 'Kim',
    })
    const form = await formBelow(anna, own, 'Change')
    expect(shownText(form)).toMatch(/^Change request #\d+\n#\d+ starts again with the first approver/)
    expect(valuesIn(form)).toMatchObject({
      departure_time: '09:00',
      return_time: '17:00',
      passengers: '3',
      car: choicesIn(form, 'car')[OCTAVIA],
      destination: 'Ahlen',
      details: 'Two boxes',
      drivers: choicesIn(form, 'drivers')['Anna Schmidt (Sales)'],
      other_companions: 'Kim',
    })
    expect(buttonsOf(form)).not.toContain('Save as draft')

    await anna.presses(form, 'Send change', { return_time: '19:00' })
    expect(textNow(anna, form)).toMatch(/^#\d+ is changed\nŠkoda Octavia, .*09:00 – 19:00\. Waiting for Mara Lindqvist/)
    const card = await teamsCardAbout(mara, 'Ahlen', /What was changed/)
    expect(shownText(card)).toMatch(/When\n.*09:00 – 17:00.* → .*09:00 – 19:00/)
    await company.everythingSent()
    await expectWarned(mara, asked, () => mara.presses(asked, 'Approve'), /Changed since you looked/)
    expect(await statusOf(company.motorpool.database, 'Ahlen')).toBe('pending_manager')
    await mara.presses(nowShown(mara, asked), 'Approve')
    expect(await statusOf(company.motorpool.database, 'Ahlen')).toBe('pending_hr')
  })

  it('changes who comes along without asking anybody anew', async () => {
    const { own, asked } = await company.requested('Ansbach', { passengers: '2' })
    const form = await formBelow(anna, own, 'Change')
    const { 'Ben Koch (Sales)': companions = '' } = choicesIn(form, 'companions')
    await anna.presses(form, 'Send change', { companions })
    await waitUntilShown(mara, asked, /Ben Koch/)
    await mara.presses(asked, 'Approve')
    expect(await statusOf(company.motorpool.database, 'Ansbach')).toBe('pending_hr')
  })

  it('says what is wrong at its field, keeps what was typed, and changes nothing', async () => {
    const { own } = await company.requested('Apolda')
    const form = await formBelow(anna, own, 'Change')
    const before = await whatStands(company.motorpool.database)
    await anna.presses(form, 'Send change', { return_time: '', destination: ' ', passengers: '', details: 'Kept' })
    const refused = nowShown(anna, form)
    expect(errorAt(refused, 'return_time')).toMatch(/Please choose a day and a time/)
    expect(errorAt(refused, 'destination')).toMatch(/Please fill this in/)
    expect(errorAt(refused, 'passengers')).toMatch(/a whole number from 1 to 99/)
    expect(valuesIn(refused)).toMatchObject({ details: 'Kept', destination: '' })
    await anna.presses(refused, 'Send change', { return_time: '16:00', destination: 'Apolda', passengers: '9' })
    expect(errorAt(nowShown(anna, form), 'car')).toMatch(/Škoda Octavia has 5 seats/)
    expect(await whatStands(company.motorpool.database)).toEqual(before)
  })

  it('offers its own car, and not those of others', async () => {
    const { own } = await company.requested('Arnstadt')
    const form = await formBelow(anna, own, 'Change')
    const { [OCTAVIA]: octavia = '', 'Smart EQ fortwo (B-MP 2002E), 2 seats': smart = '' } = choicesIn(form, 'car')
    expect(valuesIn(form).car).toBe(octavia)
    await requestInTeams(ben, 'Bautzen', { car: smart })
    await anna.presses(form, 'Show free cars', { return_time: '18:00' })
    const refreshed = nowShown(anna, form)
    expect(valuesIn(refreshed)).toMatchObject({ car: octavia, return_time: '18:00' })
    expect(Object.values(choicesIn(refreshed, 'car'))).not.toContain(smart)
    expect(shownText(refreshed)).toMatch(/^Change request #\d+\n#\d+ starts again/)
  })

  it('from the list opens the same form, and leaves the list as it is', async () => {
    await company.requested('Aschaffenburg')
    const list = await answerTo(anna, 'my bookings')
    const form = await formBelow(anna, list, 'Change')
    expect(valuesIn(form)).toMatchObject({ destination: 'Aschaffenburg' })
    expect(textNow(anna, list)).toMatch(/^Your next trip/)
  })

  it('a press and a form that Teams brings twice count once', async () => {
    const { own } = await company.requested('Aue')
    const [booking] = await bookingsTo(company.motorpool.database, 'Aue')
    const { connector } = company
    const press = activityFrom(anna.user, connector.serviceUrl, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: own.id,
      value: { action: { type: 'Action.Execute', verb: 'booking.change', data: { bookingId: booking?.id } } },
    })
    const before = anna.sees().length
    await Promise.all([connector.deliver(press), connector.deliver(press)])
    expect(anna.sees()).toHaveLength(before + 1)
    const form = await anna.waitFor(/^Change request/)
    await Promise.all([
      anna.presses(form, 'Send change', { return_time: '18:30' }),
      anna.presses(form, 'Send change', { return_time: '18:30' }),
    ])
    await anna.presses(form, 'Send change', { return_time: '18:30' })
    expect(textNow(anna, form)).toMatch(/^#\d+ (is changed|says that already)/)
    const { sql } = company.motorpool.database
    const events = await sql`SELECT FROM events WHERE booking_id = ${booking?.id ?? null} AND type = 'booking.changed'`
    expect(events).toHaveLength(1)
  })

  it.each([
    ['booking.change', 'x', /no longer exists/],
    ['form.submit', 'x', /no longer exists/],
    ['form.refresh', 'x', /no longer exists/],
    ['booking.change', 'Secret', /Only the person who asked for this car/],
    ['form.submit', 'Secret', /Only the person who asked for this car/],
    ['form.refresh', 'Secret', /Only the person who asked for this car/],
    ['change.withdraw', 'Secret', /Only the person who asked for this car/],
  ])('%s of a booking that is not theirs (%s) shows nothing and changes nothing', async (verb, what, words) => {
    const { own } = await company.requested(`${what} place ${verb}`)
    const [booking] = await bookingsTo(company.motorpool.database, `${what} place ${verb}`)
    const bookingId = what === 'x' ? 'x' : booking?.id
    const before = await whatStands(company.motorpool.database)
    const answer = await pressedWith(company.connector, ben, own, verb, { ...valuesIn(own), bookingId })
    expect(JSON.stringify(answer)).toMatch(words)
    expect(JSON.stringify(answer)).not.toContain('place')
    expect(await whatStands(company.motorpool.database)).toEqual(before)
  })
})

describe('changing what is approved', () => {
  it('leaves it as it stands until the change is approved', async () => {
    const { own } = await company.approved('Bebra')
    const form = await formBelow(anna, own, 'Change')
    expect(shownText(form)).toMatch(/^Change booking #\d+\n#\d+ stands as it is, with its car, until/)
    await anna.presses(form, 'Send change', { return_time: '19:00' })
    expect(textNow(anna, form)).toMatch(
      /^The change of #\d+ is sent, and until it is approved the booking stands as it is/,
    )
    expect(await statusOf(company.motorpool.database, 'Bebra')).toBe('approved')
    expect(await heldFor(company.motorpool.database, 'Bebra')).toEqual(['09:00 – 19:00'])
    const card = await waitUntilShown(anna, own, /You asked for a change/)
    expect(buttonsOf(card)).toContain('Withdraw change')
    expect(valuesIn(await formBelow(anna, card, 'Change'))).toMatchObject({ return_time: '19:00' })

    await mara.presses(await teamsCardAbout(mara, 'Bebra', /What would change/), 'Approve')
    await hanna.presses(await teamsCardAbout(hanna, 'Bebra', /What would change[\s\S]*Please answer by/), 'Approve')
    await waitUntilShown(anna, own, /Change approved by Hanna Weber/)
    expect(textNow(anna, own)).toMatch(/09:00 – 19:00/)
  })

  it('is withdrawn once it is asked for, after one question, and approves nothing any more', async () => {
    const { own } = await company.approved('Belzig')
    await anna.presses(await formBelow(anna, own, 'Change'), 'Send change', { return_time: '20:00' })
    const asked = await teamsCardAbout(mara, 'Belzig', /What would change/)
    const card = await waitUntilShown(anna, own, /You asked for a change/)
    await company.everythingSent()
    later()
    await anna.presses(card, 'Withdraw change')
    expect(textNow(anna, own)).toMatch(/Change withdrawn by Anna Schmidt/)
    expect(buttonsOf(nowShown(anna, own))).not.toContain('Withdraw change')
    expect(await heldFor(company.motorpool.database, 'Belzig')).toEqual(['09:00 – 17:00'])
    await company.everythingSent()
    const before = await whatStands(company.motorpool.database)
    await anna.presses(card, 'Withdraw change')
    expect(textNow(anna, own)).not.toContain('⚠️')
    await expectWarned(mara, asked, () => mara.presses(asked, 'Approve'), /Changed since you looked/)
    expect(await whatStands(company.motorpool.database)).toEqual(before)
    expect(decidingButtons(nowShown(mara, asked))).toEqual([])
  })

  it('is withdrawn from the list, which then shows that it stands', async () => {
    const { own } = await company.approved('Bensheim')
    await anna.presses(await formBelow(anna, own, 'Change'), 'Send change', { return_time: '20:00' })
    const list = await answerTo(anna, 'my bookings')
    expect(shownText(list)).toMatch(/You asked for a change\. When: .*17:00.* → .*20:00/)
    await anna.presses(list, 'Withdraw change')
    expect(textNow(anna, list)).toMatch(/^Your next trip\n[^\n]*Bensheim\. Approved/)
    expect(textNow(anna, list)).not.toMatch(/You asked for a change/)
  })

  it('needs nobody for a shorter trip', async () => {
    const { own } = await company.approved('Bernau')
    const form = await formBelow(anna, own, 'Change')
    await anna.presses(form, 'Send change', { return_time: '12:00' })
    expect(textNow(anna, form)).toMatch(/^#\d+ is changed\n.*09:00 – 12:00\. It needs no approval\./)
    expect(await heldFor(company.motorpool.database, 'Bernau')).toEqual(['09:00 – 12:00'])
  })

  it('comes too late for a form that lies open over the departure: it gives way to the reason', async () => {
    const { own } = await company.approved('Brilon')
    const form = await formBelow(anna, own, 'Change')
    const before = clock.now()
    clock.set(new Date(+before + 3 * 3600 * 1000))
    try {
      await anna.presses(form, 'Send change', { return_time: '20:00' })
      expect(textNow(anna, form)).toMatch(/^⚠️ Too late: the departure was at 09:00\.$/)
      await anna.presses(form, 'Show free cars')
      expect(textNow(anna, form)).toMatch(/^⚠️ Too late/)
    } finally {
      clock.set(before)
    }
  })
})
