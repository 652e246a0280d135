import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cancelBooking, cardAbout, change, openForm, requestCar } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { type SlackCompany, startSlackCompany } from '../support/slack-company.ts'
import type { SlackModal } from '../support/slack-modal.ts'
import { type SlackPerson, textOf } from '../support/slack-person.ts'
import { heldFor } from '../support/what-stands.ts'

const clock = businessClock('2027-04-05T06:00:00Z')
let company: SlackCompany
let anna: SlackPerson
let ben: SlackPerson
let mara: SlackPerson
let hanna: SlackPerson
beforeAll(async () => {
  company = await startSlackCompany(clock)
  ;({
    people: { anna, ben, mara, hanna },
  } = company)
  for (const person of [anna, ben, mara, hanna]) await person.opensHome()
})
afterAll(() => company.motorpool.stop())

/** Each on a Monday at 08:00 of its own. */
let monday = clock.now()
beforeEach(() => {
  monday = new Date(+monday + 14 * 24 * 3600_000)
  clock.set(monday)
})

const inHours = (hours: number) => new Date(+clock.now() + hours * 3600_000)
const later = (hours = 1) => company.until(inHours(hours))
/** Thursday 09:00: far enough away for nothing to be short of time. */
const thursday = () => new Date(+monday + (3 * 24 + 1) * 3600_000)

async function changes(destination: string, fillings: Record<string, Parameters<SlackModal['fill']>[1]>) {
  await anna.press(await cardAbout(anna, destination), 'Change')
  const form = await anna.openModal()
  for (const [label, filling] of Object.entries(fillings)) await form.fill(label, filling)
  expect(await form.submit()).toEqual({ ok: true })
  await later()
}

/** Asks for it until this hour of the day. */
async function comesBack(destination: string, hour: number) {
  await anna.press(await cardAbout(anna, destination), 'Change')
  const form = await anna.openModal()
  await change(form, 'Return', new Date(+thursday() + (hour - 9) * 3600_000))
  expect(await form.submit()).toEqual({ ok: true })
  await later()
}

async function says(person: SlackPerson, destination: string, button: string, label: string, words: string) {
  await person.press(await cardAbout(person, destination), button)
  const modal = await person.openModal()
  await modal.fill(label, words)
  expect(await modal.submit()).toEqual({ ok: true })
  await later()
}

async function approves(person: SlackPerson, destination: string) {
  await person.press(await cardAbout(person, destination, /Please answer by/), 'Approve')
  await later()
}

const APPROVED = ['Approved by Mara Lindqvist as manager', 'Approved by Hanna Weber for HR']
const OWNERS = '[Change | Cancel]'
const DECIDERS = '[Approve | Approve with a comment | Ask for a change | Reject]'

/** The owner's card and those of both approvers say the same of what became of it; only the owner's has buttons. */
async function everybodySees(destination: string, lines: string[], buttons = OWNERS) {
  expect(await company.cardOf(anna, destination)).toEqual(buttons ? [...lines, buttons] : lines)
  for (const person of [mara, hanna]) expect(await company.cardOf(person, destination)).toEqual(lines)
}

describe('a change of what is approved', () => {
  it('is made at once where it matters to nobody who decides', async () => {
    await company.approved('Aalen', thursday())
    await later()
    await changes('Aalen', { Passengers: 2, Companions: ['Ben Koch'] })
    await everybodySees('Aalen', [...APPROVED, 'Changed by Anna Schmidt'])
    expect(await company.calendarOf(anna, 'Aalen')).toEqual(['REQUEST until 17:00', 'REQUEST until 17:00'])
    expect(await company.calendarOf(ben, 'Aalen')).toEqual(['REQUEST until 17:00'])
    expect(await company.toldOf(ben, 'Aalen')).toEqual({
      chat: ['You are on a trip with Anna Schmidt (#n)'],
      mails: ['Trip with Anna Schmidt'],
    })
  })

  it('is refused, approved and withdrawn, and what stands is what everybody sees', async () => {
    await company.approved('Bonn', thursday())
    await later()
    await comesBack('Bonn', 19)
    expect(await company.cardOf(anna, 'Bonn')).toEqual([
      ...APPROVED,
      expect.stringMatching(/^The change is waiting for Mara Lindqvist, by Tue .* 09:00$/),
      '[Change | Withdraw change | Cancel]',
    ])
    expect(await heldFor(company.motorpool.database, 'Bonn')).toEqual(['09:00 – 19:00'])
    await says(mara, 'Bonn', 'Reject', 'Reason', 'Too long')
    const refused = 'Change rejected by Mara Lindqvist as manager: “Too long”. The booking stands as it was.'
    await everybodySees('Bonn', [...APPROVED, refused])
    await anna.waitForHome(/09:00 – 17:00, .*Bonn\. Approved\n/)
    expect(await heldFor(company.motorpool.database, 'Bonn')).toEqual(['09:00 – 17:00'])

    await comesBack('Bonn', 19)
    await approves(mara, 'Bonn')
    await approves(hanna, 'Bonn')
    await everybodySees('Bonn', [...APPROVED, ...APPROVED.map((line) => line.replace('Approved', 'Change approved'))])

    await comesBack('Bonn', 21)
    await anna.press(await cardAbout(anna, 'Bonn'), 'Withdraw change')
    await everybodySees('Bonn', [...APPROVED, 'Change withdrawn by Anna Schmidt. The booking stands as it was.'])
    await anna.waitForHome(/09:00 – 19:00, .*Bonn\. Approved\n/)
    expect(await heldFor(company.motorpool.database, 'Bonn')).toEqual(['09:00 – 19:00'])

    await cancelBooking(anna, await cardAbout(anna, 'Bonn'), 'The fair is off')
    expect(await company.calendarOf(anna, 'Bonn')).toEqual([
      'REQUEST until 17:00',
      'REQUEST until 19:00',
      'CANCEL until 19:00',
    ])
    const asked = 'Anna Schmidt asks for a change'
    expect(await company.toldOf(mara, 'Bonn')).toEqual({
      chat: ['Anna Schmidt withdrew the change of #n', 'Anna Schmidt cancelled booking #n'],
      mails: ['Anna Schmidt asks for a car', asked, asked, asked, 'Change withdrawn, #n stays', 'Cancelled #n'],
    })
    expect(await company.toldOf(anna, 'Bonn')).toEqual({
      chat: [
        'Mara Lindqvist approved your request #n',
        'Your booking #n is approved',
        'Mara Lindqvist rejected your change of #n',
        'Mara Lindqvist approved your change of #n',
        'Your change of #n is approved',
      ],
      mails: [
        'Request #n',
        'Request #n is with HR',
        'Approved #n',
        'Change of #n',
        'Change rejected, #n stays',
        'Change of #n',
        'Change of #n is with HR',
        'Changed #n',
        'Change of #n',
        'Change withdrawn, #n stays',
        'Cancelled #n',
      ],
    })
  })
})

describe('a change of what still waits', () => {
  it('keeps the answers where it matters to nobody who decides, and asks anew where it does', async () => {
    await company.requested('Celle', thursday())
    await later()
    await approves(mara, 'Celle')
    await changes('Celle', { Passengers: 2 })
    expect((await company.cardOf(hanna, 'Celle')).slice(0, 2)).toEqual([APPROVED[0], 'Changed by Anna Schmidt'])

    await comesBack('Celle', 19)
    expect(await company.cardOf(hanna, 'Celle')).toEqual([
      'Changed by Anna Schmidt: asked anew',
      expect.stringMatching(/^Waiting for Mara Lindqvist, by/),
    ])
    expect((await company.cardOf(mara, 'Celle')).at(-1)).toBe(DECIDERS)
    expect(textOf(await cardAbout(mara, 'Celle'))).toMatch(/When: .*17:00.* → .*19:00/)
    await hanna.waitForHome(/^(?![\s\S]*Celle)/)
    await approves(mara, 'Celle')
    await approves(hanna, 'Celle')
    await everybodySees('Celle', ['Changed by Anna Schmidt: asked anew', ...APPROVED])
    expect(await company.toldOf(mara, 'Celle')).toEqual({
      chat: [],
      mails: ['Anna Schmidt asks for a car', 'Anna Schmidt changed a request'],
    })
    expect(await company.calendarOf(anna, 'Celle')).toEqual(['REQUEST until 19:00'])
  })
})

describe('a request that HR sends back', () => {
  it('is changed by its owner, goes back to HR alone, and is approved', async () => {
    await company.requested('Düren', thursday())
    await approves(mara, 'Düren')
    await says(hanna, 'Düren', 'Ask for a change', 'What should be changed?', 'Take Ben along')
    const sentBack = [APPROVED[0] ?? '', 'Hanna Weber for HR asked for a change: “Take Ben along”']
    expect(await company.cardOf(anna, 'Düren')).toEqual([
      ...sentBack,
      expect.stringMatching(/^Please change or cancel it by Tue .* The car stays held for you until then\.$/),
      OWNERS,
    ])
    for (const person of [mara, hanna]) {
      const [waiting, ...none] = (await company.cardOf(person, 'Düren')).slice(2)
      expect([waiting, none]).toEqual([expect.stringMatching(/^Waiting for Anna Schmidt to change it, by Tue/), []])
    }
    await anna.waitForHome(/Düren[\s\S]*Take Ben along/)
    await changes('Düren', { Passengers: 2, Companions: ['Ben Koch'] })
    expect((await company.cardOf(mara, 'Düren')).slice(2)).toEqual([
      'Sent again by Anna Schmidt',
      expect.stringMatching(/^Waiting for HR \(Hanna Weber\), by/),
    ])
    await approves(hanna, 'Düren')
    await everybodySees('Düren', [...sentBack, 'Sent again by Anna Schmidt', APPROVED[1] ?? ''])
    expect((await company.toldOf(anna, 'Düren')).chat).toEqual([
      'Mara Lindqvist approved your request #n',
      'Your booking #n is approved',
    ])
    expect((await company.toldOf(hanna, 'Düren')).chat).toEqual([])
    expect((await company.toldOf(mara, 'Düren')).chat).toEqual([])
    expect(await company.calendarOf(ben, 'Düren')).toEqual(['REQUEST until 17:00'])
  })
})

describe('a request that nobody answers', () => {
  it('is reminded of, passed on, and expires at the departure; its car is free again', async () => {
    const { aydin } = company.people
    await company.requested('Essen', inHours(25))
    await company.until(inHours(6))
    await company.until(inHours(6))
    await company.until(inHours(11))
    const missed = expect.stringMatching(/^Mara Lindqvist did not answer by Tue .* 07:00$/)
    expect(await company.cardOf(anna, 'Essen')).toEqual([
      missed,
      expect.stringMatching(/^Waiting for HR \(Hanna Weber\), by Tue .* 07:15$/),
      OWNERS,
    ])
    await later(0.25)
    expect((await company.cardOf(aydin, 'Essen')).at(-1)).toBe(DECIDERS)
    expect((await (await openForm(ben)).options('Car')).join()).not.toContain('Škoda')
    await company.until(inHours(1.75))

    const missedToo = expect.stringMatching(/^Nobody answered by Tue .* 07:15, so the admins are asked too$/)
    const expired = [missed, missedToo, 'Expired: nobody decided before the departure']
    await everybodySees('Essen', expired, '')
    expect(await company.cardOf(aydin, 'Essen')).toEqual(expired)
    expect(await company.toldOf(anna, 'Essen')).toEqual({
      chat: [
        'Your request #n went on to HR',
        'Aydin Kaya is asked about your request #n as well',
        'Your request #n expired',
      ],
      mails: ['Request #n', 'Request #n is with HR', 'Request #n went on', 'Expired #n'],
    })
    expect(await company.toldOf(mara, 'Essen')).toEqual({
      chat: [],
      mails: ['Anna Schmidt asks for a car', 'Anna Schmidt is still waiting for your answer', 'Last reminder'],
    })
    for (const person of [hanna, aydin]) {
      expect(await company.toldOf(person, 'Essen')).toEqual({
        chat: ['The request #n of Anna Schmidt expired'],
        mails: ['Anna Schmidt asks for a car', 'Expired #n'],
      })
      await person.opensHome()
      await person.waitForHome(/^(?![\s\S]*Waiting for you)/)
    }
    expect(await company.calendarOf(anna, 'Essen')).toEqual([])
    await anna.waitForHome(/Essen\. Expired/)
    await requestCar(ben, 'Erfurt', { Car: 'Škoda Octavia' })
  })
})
