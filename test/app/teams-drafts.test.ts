import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { DraftForm } from '../../src/core/booking/draft.ts'
import { MOST_DRAFTS } from '../../src/core/booking/draft.ts'
import { createDrafts } from '../../src/store/drafts.ts'
import { buttonsOf, shownText, type TeamsPerson } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import { answerTo, formBelow, nowShown, textNow } from '../support/demo-in-teams.ts'
import { OCTAVIA, startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'
import { choicesIn, errorAt, keyOf, pressedWith, valuesIn } from '../support/teams-form.ts'
import { bookingsTo, whatStands } from '../support/what-stands.ts'

const clock = businessClock()
let company: TeamsCompany
let anna: TeamsPerson
let ben: TeamsPerson
let annaId: string
beforeAll(async () => {
  company = await startTeamsCompany(clock, ['anna', 'ben', 'mara'])
  ;({
    people: { anna, ben },
  } = company)
  annaId = await idOf('anna.schmidt@example.com')
})
afterAll(() => company.stop())
beforeEach(async () => {
  clock.nextWeek()
  await company.motorpool.database.sql`DELETE FROM drafts`
})

async function idOf(email: string): Promise<string> {
  const { id } = await company.motorpool.database.prisma.person.findUniqueOrThrow({ where: { email } })
  return id
}

const drafts = () =>
  company.motorpool.database.sql<{ requestKey: string }[]>`SELECT request_key AS "requestKey" FROM drafts`

/** A draft that was put aside on another platform, or when things were other than they are. */
async function leftBehind(form: DraftForm, requestKey: string = crypto.randomUUID()) {
  const { sql } = company.motorpool.database
  const draft = { id: crypto.randomUUID(), personId: annaId, requestKey, form, touchedAt: clock.now() }
  const limit = { most: MOST_DRAFTS, keptSince: new Date(0) }
  await createDrafts(sql, { changed: async () => undefined }).save(draft, limit)
  return requestKey
}

const continued = async () => formBelow(anna, await answerTo(anna, 'drafts'), 'Continue')

describe('a form', () => {
  it('is put aside half filled, says so, and asks nobody', async () => {
    const form = await answerTo(anna, 'book')
    const before = await whatStands(company.motorpool.database)
    const half = { return_date: '', return_time: '', passengers: '', destination: 'Dachau', details: 'Two *boxes*' }
    await anna.presses(form, 'Save as draft', half)
    expect(textNow(anna, form)).toMatch(/✅ Saved as draft, 08:00\. Write “drafts” to go on with it later\.$/)
    expect(valuesIn(nowShown(anna, form))).toMatchObject(half)
    expect(await whatStands(company.motorpool.database)).toEqual(before)
    const list = await answerTo(anna, 'drafts')
    expect(shownText(list)).toMatch(/^Your drafts\nDachau: from .*09:00\nSaved today 08:00, goes away on/)
    expect(valuesIn(await continued())).toMatchObject(half)
  })

  it('saved again and again is one draft, which the request takes away', async () => {
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Save as draft', { destination: 'Dannenberg' })
    await anna.presses(nowShown(anna, form), 'Save as draft', { destination: 'Delitzsch' })
    expect(await drafts()).toEqual([{ requestKey: `${annaId} ${keyOf(form)}` }])
    await anna.presses(nowShown(anna, form), 'Request car')
    expect(textNow(anna, form)).toMatch(/Request #\d+ is sent/)
    expect(await drafts()).toEqual([])
    expect(shownText(await answerTo(anna, 'drafts'))).toMatch(/^You have no drafts/)
    await anna.presses(form, 'Save as draft')
    expect(textNow(anna, form)).toMatch(/^⚠️ This form was saved before you changed it, as #\d+/)
    expect(await drafts()).toEqual([])
  })

  it('is filled in again with all that was chosen, keeps its key, and is one booking', async () => {
    const form = await answerTo(anna, 'book')
    const typed = {
      departure_time: '10:00',
      return_time: '16:30',
      passengers: '4',
      car: choicesIn(form, 'car')[OCTAVIA] ?? '',
      destination: 'Detmold',
      type: 'delivery',
      reason: 'site_visit',
      details: 'Kept',
      drivers: choicesIn(form, 'drivers')['Ben Koch (Sales)'] ?? '',
      companions: choicesIn(form, 'drivers')['Anna Schmidt (Sales)'] ?? '',
      other_companions: 'Kim, Jo',
    }
    await anna.presses(form, 'Save as draft', typed)
    const again = await continued()
    expect(valuesIn(again)).toMatchObject(typed)
    expect(keyOf(again)).toBe(keyOf(form))
    await anna.presses(again, 'Request car')
    await anna.presses(form, 'Request car', typed)
    expect(await bookingsTo(company.motorpool.database, 'Detmold')).toHaveLength(1)
    expect(await drafts()).toEqual([])
  })

  it('that a colleague was given is their own draft', async () => {
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Save as draft', { destination: 'Dillingen' })
    await pressedWith(company.connector, ben, form, 'form.save', {
      ...valuesIn(form),
      requestKey: keyOf(form),
      destination: 'Dinslaken',
    })
    expect(shownText(await answerTo(ben, 'drafts'))).toMatch(/^Your drafts\nDinslaken/)
    expect(shownText(await answerTo(anna, 'drafts'))).toMatch(/^Your drafts\nDillingen/)
  })

  it('is not put aside where there are too many already', async () => {
    for (let count = 0; count < MOST_DRAFTS; count += 1) await leftBehind({ destination: `Place ${count}` })
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Save as draft', { destination: 'Dresden' })
    expect(textNow(anna, form)).toMatch(/^⚠️ You have 20 drafts, and that is all there is room for/)
    expect(valuesIn(nowShown(anna, form))).toMatchObject({ destination: 'Dresden' })
  })
})

describe('a draft', () => {
  it('of another platform keeps its key, so that either form makes one booking', async () => {
    const at = (hours: number) => ({ at: new Date(+clock.now() + hours * 3600_000) })
    const key = await leftBehind({ starts: at(2), ends: at(4), destination: 'Düren', driverIds: [annaId] })
    const form = await continued()
    expect(valuesIn(form)).toMatchObject({ departure_time: '10:00', return_time: '12:00', drivers: annaId })
    await anna.presses(form, 'Save as draft', { details: 'More' })
    expect([...(await drafts())]).toEqual([{ requestKey: key }])
    await anna.presses(nowShown(anna, form), 'Request car')
    expect(await bookingsTo(company.motorpool.database, 'Düren')).toHaveLength(1)
    const { sql } = company.motorpool.database
    expect([...(await sql`SELECT request_key FROM bookings WHERE destination = 'Düren'`)]).toEqual([
      { request_key: key },
    ])
    expect(await drafts()).toEqual([])
  })

  it('opens with a word about people who are gone or unknown, and a car that is', async () => {
    const missing = '5e4e2c8e-5a0c-4d4e-8f1f-3a9f5a6f0b01'
    await leftBehind({
      destination: 'Dülmen',
      vehicleId: missing,
      companionIds: [missing],
      typedDrivers: 'Ben, Nobody',
    })
    const form = await continued()
    expect(shownText(form)).toMatch(
      /^⚠️ .*No colleague is called “Nobody”.*no longer in the directory|^⚠️ .*no longer in the directory/,
    )
    expect(shownText(form)).toMatch(/The car you chose is not free then, or too small/)
    expect(valuesIn(form)).toMatchObject({ car: 'any', companions: '', drivers: await idOf('ben.koch@example.com') })
  })

  it('whose departure is over by now says so at its field, and keeps its car', async () => {
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Save as draft', { destination: 'Duisburg', car: choicesIn(form, 'car')[OCTAVIA] ?? '' })
    clock.nextWeek()
    const again = await continued()
    expect(errorAt(again, 'departure_time')).toMatch(/The departure is in the past/)
    expect(valuesIn(again).car).toBe(choicesIn(form, 'car')[OCTAVIA])
    expect(shownText(again)).toMatch(/Which cars are free shows once the times are right/)
  })

  it('is discarded after one question, from an old list as well', async () => {
    await leftBehind({ destination: 'Düsseldorf' })
    const list = await answerTo(anna, 'drafts')
    const gone = 'Your drafts\nThis draft was sent or discarded.'
    await anna.presses(list, 'Discard it')
    expect(textNow(anna, list)).toBe(gone)
    expect(buttonsOf(nowShown(anna, list))).toEqual([])
    expect(await drafts()).toEqual([])
    await anna.presses(list, 'Discard it')
    expect(textNow(anna, list)).toBe(gone)
    expect(shownText(await answerTo(anna, 'drafts'))).toMatch(/^You have no drafts/)
    expect(await anna.presses(list, 'Continue')).toMatchObject({
      said: 'This draft is no longer there. Please start a new form.',
    })
  })

  it('of somebody else is neither opened nor discarded', async () => {
    await leftBehind({ destination: 'Secret place' })
    const list = await answerTo(anna, 'drafts')
    const [, draftId] = /"draftId":"([^"]+)"/.exec(JSON.stringify(list.activity)) ?? []
    for (const verb of ['draft.continue', 'draft.discard']) {
      const answer = await pressedWith(company.connector, ben, list, verb, { draftId })
      expect(JSON.stringify(answer)).not.toContain('Secret')
    }
    expect(await drafts()).toHaveLength(1)
  })

  it('goes away 30 days after it was last touched', async () => {
    await leftBehind({ destination: 'Dessau' })
    for (let week = 0; week < 5; week += 1) clock.nextWeek()
    expect(shownText(await answerTo(anna, 'drafts'))).toMatch(/^You have no drafts/)
  })

  it('is reached from the list of bookings', async () => {
    await leftBehind({ destination: 'Döbeln' })
    const list = await answerTo(anna, 'my bookings')
    expect(buttonsOf(list)).toContain('Your draft')
    const before = anna.sees().length
    await anna.presses(list, 'Your draft')
    expect(anna.sees().slice(before).map(shownText)).toEqual([expect.stringMatching(/^Your drafts\nDöbeln/)])
  })
})
