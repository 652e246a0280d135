import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cardAbout, cardsAbout, requestCar, waitUntilTold } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import type { SlackModal } from '../support/slack-modal.ts'
import { type SlackPerson, textOf } from '../support/slack-person.ts'
import { waitUntil } from '../support/wait-until.ts'

const clock = businessClock('2027-04-05T06:00:00Z')
let motorpool: TestMotorpool
let anna: SlackPerson
let ben: SlackPerson
let mara: SlackPerson
let hanna: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now })
  anna = motorpool.person('anna')
  ben = motorpool.person('ben')
  mara = motorpool.person('mara')
  hanna = motorpool.person('hanna')
  for (const person of [anna, ben, mara]) await person.opensHome()
})
afterAll(() => motorpool.stop())
beforeEach(() => clock.nextWeek())
afterEach(async () => {
  for (const person of [mara, ben, hanna]) {
    const form = await awayForm(person)
    const end = form.buttons().find((label) => /^I am/.test(label))
    if (end) {
      await form.press(end)
      await form.waitFor(/Welcome back|not going away/)
    }
    await form.close()
  }
})

const inHours = (hours: number) => new Date(+clock.now() + hours * 3600 * 1000)
const WHO = 'Who stands in for you'

async function awayForm(person: SlackPerson): Promise<SlackModal> {
  await person.types('/book-car away')
  const form = await person.openModal()
  await waitUntil(() => form.labels().includes('From'), 'the form itself')
  return form
}

async function goesAway(
  person: SlackPerson,
  standIn: string,
  from = inHours(0),
  until = inHours(48),
): Promise<SlackModal> {
  const form = await awayForm(person)
  await form.fill('From', from)
  await form.fill('Until', until)
  await form.fill(WHO, standIn)
  expect(await form.submit()).toEqual({ ok: true })
  return form
}

describe('the form to be away', () => {
  it('suggests now until next Monday morning, and offers everybody else', async () => {
    const form = await awayForm(mara)
    expect(form.title()).toBe('Away')
    expect([form.value('From'), form.value('Until'), form.value(WHO)]).toEqual([clock.now(), inHours(7 * 24 + 1), null])
    const offered = await form.options(WHO)
    expect(offered).toContain('Ben Koch (Sales)')
    expect(offered.join()).not.toContain('Mara')
    expect(form.text()).toContain('go to the colleague who stands in for you')
    expect(await form.submit()).toMatchObject({ ok: false, fieldErrors: { [WHO]: expect.any(String) } })
  })

  it.each([
    ['an end before the beginning', { Until: -1 }, { Until: 'The end has to be after the beginning.' }],
    ['an end in the past', { From: -5, Until: -1 }, { Until: 'That was over at 07:00. Please choose a later end.' }],
    ['more than a year', { Until: 400 * 24 }, { Until: 'You can be away for 366 days at most.' }],
  ])('says at its field what is wrong: %s', async (_what, hours, expected) => {
    const form = await awayForm(mara)
    await form.fill(WHO, 'Ben Koch')
    for (const [label, at] of Object.entries(hours)) await form.fill(label, inHours(at))
    expect(await form.submit()).toEqual({ ok: false, fieldErrors: expected })
    expect(form.isOpen()).toBe(true)
  })

  it('refuses a circle, and somebody who has left, where they were chosen', async () => {
    await goesAway(ben, 'Mara Lindqvist')
    const form = await awayForm(mara)
    await form.fill(WHO, 'Ben Koch')
    expect(await form.submit()).toEqual({
      ok: false,
      fieldErrors: { [WHO]: 'Ben Koch is away then too, and you stand in for them. Please choose somebody else.' },
    })
    await form.fill(WHO, 'Hanna Weber')
    const { prisma } = motorpool.database
    await prisma.person.update({ where: { email: hanna.email }, data: { active: false } })
    try {
      expect(await form.submit()).toMatchObject({
        fieldErrors: { [WHO]: expect.stringContaining('no longer in the directory') },
      })
    } finally {
      await prisma.person.update({ where: { email: hanna.email }, data: { active: true } })
    }
  })

  it('is not opened with more words: the list of words is', async () => {
    await mara.types('/book-car away tomorrow')
    await waitUntilTold(mara, /I did not understand “tomorrow”[\s\S]*`\/book-car away`/)
  })
})

describe('somebody who is away', () => {
  it('has what waits go to their stand-in at once, and come back after', async () => {
    await requestCar(anna, 'Aachen')
    await cardAbout(mara, 'Aachen', /Please answer by/)
    const done = await goesAway(mara, 'Ben Koch')
    expect(done.text()).toMatch(/You are away until .*, 08:00\. Ben Koch stands in for you\./)
    const bens = await cardAbout(ben, 'Aachen', /Please answer by/)
    expect(textOf(bens)).toContain('Mara Lindqvist')
    await waitUntil(() => cardsAbout(mara, 'Aachen')[0]?.buttons().length === 0, 'no button to be left')
    await ben.waitForHome(/You stand in for Mara Lindqvist until .*, 08:00\./)

    const home = await mara.waitForHome(/You are away until .*, 08:00\. Ben Koch stands in for you\./)
    await mara.press(home, 'I am back')
    expect((await mara.openModal()).text()).toContain('Welcome back.')
    await waitUntil(() => cardsAbout(mara, 'Aachen')[0]?.buttons().length === 4, 'her buttons to be back')
    await mara.waitForHome(/^(?![\s\S]*You are away)/)
    await ben.waitForHome(/^(?![\s\S]*You stand in)/)
    await mara.press(home, 'I am back')
    const told = await mara.openModal()
    expect(told.text()).toContain('You were not away any more: nothing has changed.')
  })

  it('has it decided on their behalf, which the requester reads', async () => {
    await goesAway(mara, 'Ben Koch')
    await requestCar(anna, 'Bonn')
    await ben.press(await cardAbout(ben, 'Bonn', /Please answer by/), 'Approve')
    await cardAbout(anna, 'Bonn', /Approved by Ben Koch.*Mara Lindqvist/)
  })

  it('finds what they set in the form, and changes it', async () => {
    await goesAway(mara, 'Ben Koch', inHours(24), inHours(48))
    await mara.waitForHome(/You will be away from .*, 08:00 until .*, 08:00\. Ben Koch stands in for you\./)
    const form = await awayForm(mara)
    expect(form.text()).toMatch(/^Away\n\*You will be away from/)
    expect([form.value('From'), form.value('Until'), form.value(WHO)]).toEqual([
      inHours(24),
      inHours(48),
      'Ben Koch (Sales)',
    ])
    await form.fill(WHO, 'Hanna Weber')
    expect(await form.submit()).toEqual({ ok: true })
    const home = await mara.waitForHome(/Hanna Weber stands in for you/)
    await mara.press(home, 'Change')
    const again = await mara.openModal()
    expect(again.value(WHO)).toContain('Hanna Weber')
    await again.press('I am staying')
    await again.waitFor('You are not going away. Requests keep coming to you.')
    await mara.waitForHome(/^(?![\s\S]*You will be away)/)
  })

  it('opens the form from the Home', async () => {
    const home = await mara.waitForHome(/I am away …/)
    await mara.press(home, 'I am away …')
    expect((await mara.openModal()).title()).toBe('Away')
  })
})

describe('the form to be away, in a company that is too big for a list', () => {
  it('searches whom to choose', async () => {
    const { prisma } = motorpool.database
    const { siteId } = await prisma.person.findUniqueOrThrow({ where: { email: anna.email } })
    const many = Array.from({ length: 100 }, (_, index) => ({
      email: `p${index}@example.com`,
      name: `Person ${index}`,
      siteId,
    }))
    await prisma.person.createMany({ data: many })
    try {
      const form = await awayForm(mara)
      await form.fill(WHO, 'Ben Koch')
      expect(await form.submit()).toEqual({ ok: true })
      await form.waitFor('Ben Koch stands in for you.')
      expect((await awayForm(mara)).value(WHO)).toBe('Ben Koch (Sales)')
    } finally {
      await prisma.person.deleteMany({ where: { email: { in: many.map(({ email }) => email) } } })
    }
  })
})
