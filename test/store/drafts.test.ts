import { addDays, addMilliseconds, addMinutes } from 'date-fns'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import {
  type Draft,
  type DraftDeps,
  type DraftForm,
  type Drafts,
  discardDraft,
  draftsOf,
  findDraft,
  MOST_DRAFTS,
  pruneDrafts,
  saveDraft,
} from '../../src/core/booking/draft.ts'
import type { Refusal } from '../../src/core/booking-error.ts'
import { createDrafts } from '../../src/store/drafts.ts'
import { createHomes } from '../../src/store/homes.ts'
import { type Company, NOW, openCompany, orRefusal, refusalOf, trip } from '../support/company.ts'
import { linkSlack } from '../support/link-slack.ts'

describe('drafts', () => {
  let company: Company
  let drafts: Drafts
  let woken: number
  beforeAll(async () => {
    company = await openCompany()
    const { sql } = company.database
    const wake = () => {
      woken += 1
    }
    drafts = createDrafts(sql, createHomes(sql, wake))
  })
  afterAll(() => company.close())
  beforeEach(async () => {
    await company.database
      .sql`WITH d AS (DELETE FROM drafts), c AS (DELETE FROM cards), h AS (DELETE FROM driver_holds) DELETE FROM vehicle_holds`
    woken = 0
  })

  const at = (now: Date): DraftDeps => ({ ...company.deps, now: () => now, drafts })
  const key = () => crypto.randomUUID()
  const save = (about: { by?: string; requestKey?: string; form?: DraftForm } = {}, now = NOW): Promise<Draft> => {
    const { by = 'Anna', requestKey = key(), form = {} } = about
    return saveDraft(at(now), { personId: company.personId(by), requestKey, form })
  }
  const listed = async (by = 'Anna', now = NOW) => draftsOf(at(now), company.personId(by))
  const stored = () => company.database.prisma.draft.count()
  const isSaved = (answer: Draft | Refusal): answer is Draft => !('code' in answer)

  const openHome = async (who: string) => {
    await linkSlack(company, who)
    await createHomes(company.database.sql, () => undefined).wanted(company.personId(who))
  }
  const homes = async () => {
    const cards = await company.database.prisma.card.findMany({ where: { kind: 'home' }, include: { person: true } })
    return Object.fromEntries(cards.map(({ person, wantedVersion }) => [person.name, wantedVersion]))
  }

  const FULL: Required<DraftForm> = {
    starts: { at: new Date('2030-03-05T08:00:00Z') },
    ends: { date: '2030-03-05', time: '' },
    passengers: 'three',
    vehicleId: null,
    destination: 'Köln 😀',
    type: 'delivery',
    reason: 'training',
    details: 'line\nand "line"',
    driverIds: [key()],
    companionIds: [],
    typedDrivers: 'Ben, somebody',
    typedCompanions: '',
    otherCompanions: 'Max;',
  }

  it.each<[string, DraftForm]>([
    ['nothing', {}],
    ['everything', FULL],
    ['a car', { vehicleId: key() }],
    ['half', { destination: 'Kiel', starts: { date: '', time: '09:00' } }],
  ])('comes back as it was left, with %s in it', async (_what, form) => {
    const requestKey = key()
    const saved = await save({ requestKey, form })
    expect(saved).toEqual({
      id: expect.any(String),
      personId: company.personId('Anna'),
      requestKey,
      form,
      createdAt: NOW,
      touchedAt: NOW,
    })
    expect(await findDraft(at(NOW), { personId: saved.personId, draftId: saved.id })).toEqual(saved)
    expect(await listed()).toEqual([saved])
  })

  it('is replaced whole when its form is put aside again, and stays the same draft', async () => {
    const first = await save({ form: FULL })
    const again = await save({ requestKey: first.requestKey, form: { destination: 'Kiel' } }, addMinutes(NOW, 5))
    expect(again).toEqual({ ...first, form: { destination: 'Kiel' }, touchedAt: addMinutes(NOW, 5) })
    expect(await listed()).toEqual([again])
  })

  it('is one draft, however often one form is put aside at the same moment', async () => {
    const requestKey = key()
    const saved = await Promise.all([1, 2, 3, 4, 5, 6].map((n) => save({ requestKey, form: { passengers: `${n}` } })))
    expect(new Set(saved.map(({ id }) => id)).size).toBe(1)
    expect(await listed()).toHaveLength(1)
  })

  it('is listed by when it was last touched, newest first', async () => {
    const old = await save()
    const newer = await save({}, addMinutes(NOW, 1))
    await save({ by: 'Ben' }, addMinutes(NOW, 2))
    expect((await listed()).map(({ id }) => id)).toEqual([newer.id, old.id])
    await save({ requestKey: old.requestKey }, addMinutes(NOW, 3))
    expect((await listed()).map(({ id }) => id)).toEqual([old.id, newer.id])
  })

  it('holds no car and asks nobody', async () => {
    await save({ form: { ...FULL, vehicleId: company.vehicleId('Škoda Octavia') } })
    const { prisma } = company.database
    expect([await prisma.vehicleHold.count(), await prisma.ask.count(), await prisma.notification.count()]).toEqual([
      0, 0, 0,
    ])
    expect(await company.request({ by: 'Ben', car: 'Škoda Octavia' })).toMatchObject({ status: 'pending_manager' })
  })

  it('is nobody else’s: not to open, not to write over, not to discard', async () => {
    const annas = await save({ form: { destination: 'Kiel' } })
    const ben = { personId: company.personId('Ben'), draftId: annas.id }
    const notFound = { code: 'draft_not_found', facts: {} }
    expect(await refusalOf(findDraft(at(NOW), ben))).toEqual(notFound)
    expect(await refusalOf(save({ by: 'Ben', requestKey: annas.requestKey }))).toEqual(notFound)
    await discardDraft(at(NOW), ben)
    expect(await listed('Ben')).toEqual([])
    expect(await listed()).toEqual([annas])
  })

  it('is the first one’s of two people who use one key at the same moment', async () => {
    for (let round = 0; round < 10; round += 1) {
      const requestKey = key()
      const answers = await Promise.all(['Anna', 'Ben'].map((by) => orRefusal(save({ by, requestKey }))))
      expect(answers.filter(isSaved)).toHaveLength(1)
      expect(answers).toContainEqual({ code: 'draft_not_found', facts: {} })
      await company.database.prisma.draft.deleteMany()
    }
  })

  it.each(['', 'no id', "'; DROP TABLE drafts --"])('has no id like %j', async (draftId) => {
    const personId = company.personId('Anna')
    expect(await refusalOf(findDraft(at(NOW), { personId, draftId }))).toMatchObject({ code: 'draft_not_found' })
    await discardDraft(at(NOW), { personId, draftId })
  })

  it('is gone once discarded, and stays gone', async () => {
    const { id: draftId, personId } = await save()
    await discardDraft(at(NOW), { personId, draftId })
    await discardDraft(at(NOW), { personId, draftId })
    expect(await listed()).toEqual([])
    expect(await refusalOf(findDraft(at(NOW), { personId, draftId }))).toMatchObject({ code: 'draft_not_found' })
  })

  it('of somebody who has left, or was never there, is not saved', async () => {
    const id = await company.hire('Nina Gone')
    await company.database.prisma.person.update({ where: { id }, data: { active: false } })
    expect(await refusalOf(save({ by: 'Nina' }))).toMatchObject({ code: 'person_inactive' })
    const nobody = saveDraft(at(NOW), { personId: key(), requestKey: key(), form: {} })
    expect(await refusalOf(nobody)).toMatchObject({ code: 'person_not_found' })
    expect(await refusalOf(save({ form: { details: 'x'.repeat(30_000) } }))).toMatchObject({ code: 'draft_too_long' })
    expect(await stored()).toBe(0)
  })

  describe('a form that was sent', () => {
    it('makes no draft, and says which booking it made, to its requester alone', async () => {
      const requestKey = key()
      const { number, window } = await company.request({ requestKey })
      const facts = { number, window, siteZone: 'Europe/Berlin' }
      expect(await refusalOf(save({ requestKey }))).toEqual({ code: 'requested_already', facts })
      expect(await refusalOf(save({ by: 'Ben', requestKey }))).toEqual({ code: 'draft_not_found', facts: {} })
      expect(await stored()).toBe(0)
    })

    it('is no draft even where it was put aside at the moment it was sent', async () => {
      for (let round = 0; round < 10; round += 1) {
        const requestKey = key()
        const form = { requestKey, window: trip(100 + round, 101 + round) }
        const [draft] = await Promise.all([orRefusal(save({ requestKey })), company.request(form)])
        expect(await listed()).toEqual([])
        if (!isSaved(draft)) continue
        const found = findDraft(at(NOW), { personId: draft.personId, draftId: draft.id })
        expect(await refusalOf(found)).toMatchObject({ code: 'draft_not_found' })
      }
    })
  })

  describe(`more than ${MOST_DRAFTS}`, () => {
    it('are refused, however many are saved at the same moment; the others still take what is new', async () => {
      const requestKeys = Array.from({ length: MOST_DRAFTS + 5 }, key)
      const answers = await Promise.all(requestKeys.map((requestKey) => orRefusal(save({ requestKey }))))
      expect(answers.filter(isSaved)).toHaveLength(MOST_DRAFTS)
      const refused = { code: 'too_many_drafts', facts: { most: MOST_DRAFTS } }
      expect(answers.filter((answer) => !isSaved(answer))).toEqual(Array.from({ length: 5 }, () => refused))

      const [one] = await listed()
      const again = await save({ requestKey: one?.requestKey, form: { destination: 'Kiel' } })
      expect(again).toMatchObject({ id: one?.id, form: { destination: 'Kiel' } })
      expect(await save({ by: 'Ben' })).toMatchObject({ personId: company.personId('Ben') })
      await discardDraft(at(NOW), { personId: again.personId, draftId: again.id })
      await save()
      expect(await listed()).toHaveLength(MOST_DRAFTS)
    })

    it('are no matter of those that have gone away', async () => {
      for (let n = 0; n < MOST_DRAFTS; n += 1) await save()
      await save({}, addDays(NOW, 31))
      expect(await listed('Anna', addDays(NOW, 31))).toHaveLength(1)
    })
  })

  describe('that nobody has touched for thirty days', () => {
    const THEN = addDays(NOW, 30)
    const LATER = addMilliseconds(THEN, 1)

    it('are not there any more, even before they are pruned', async () => {
      const { id: draftId, personId, requestKey } = await save()
      expect(await listed('Anna', THEN)).toHaveLength(1)
      expect(await listed('Anna', LATER)).toEqual([])
      expect(await refusalOf(findDraft(at(LATER), { personId, draftId }))).toMatchObject({ code: 'draft_not_found' })
      expect(await pruneDrafts(at(THEN), 10)).toBe(0)
      await save({ requestKey }, THEN)
      expect(await listed('Anna', LATER)).toHaveLength(1)
      expect(await pruneDrafts(at(LATER), 10)).toBe(0)
    })

    it('are pruned so many at a time, the oldest first', async () => {
      for (let minute = 0; minute < 5; minute += 1)
        await save({ form: { passengers: `${minute}` } }, addMinutes(NOW, minute))
      expect(await pruneDrafts(at(addMinutes(THEN, 4)), 3)).toBe(3)
      expect((await listed()).map(({ form }) => form.passengers)).toEqual(['4', '3'])
      expect(await pruneDrafts(at(addMinutes(THEN, 4)), 3)).toBe(1)
      expect(await stored()).toBe(1)
    })

    it('are pruned once, by ten at the same moment, and none that was touched meanwhile', async () => {
      const saved = await Promise.all(Array.from({ length: MOST_DRAFTS }, () => save()))
      await Promise.all(Array.from({ length: MOST_DRAFTS }, () => save({ by: 'Ben' })))
      const kept = saved[0]
      const [touched, ...pruned] = await Promise.all([
        save({ requestKey: kept?.requestKey }, LATER),
        ...Array.from({ length: 10 }, () => pruneDrafts(at(LATER), 7)),
      ])
      pruned.push(await pruneDrafts(at(LATER), 100))
      const gone = pruned.reduce((sum, count) => sum + count, 0)
      expect(2 * MOST_DRAFTS - gone).toBe(touched.id === kept?.id ? 1 : 0)
      expect(await listed('Anna', LATER)).toEqual([touched])
    })
  })

  describe('the Home of those who have opened theirs', () => {
    beforeEach(async () => {
      await openHome('Anna')
      await openHome('Ben')
    })

    it('is drawn anew when they save and when they discard, and nobody else’s', async () => {
      const { id: draftId, personId } = await save()
      expect(await homes()).toEqual({ 'Anna Schmidt': 2, 'Ben Koch': 1 })
      await discardDraft(at(NOW), { personId, draftId })
      expect(await homes()).toEqual({ 'Anna Schmidt': 3, 'Ben Koch': 1 })
      expect(woken).toBe(2)
    })

    it('is drawn anew for a press on a draft that is gone: it is behind', async () => {
      await discardDraft(at(NOW), { personId: company.personId('Anna'), draftId: key() })
      expect(await homes()).toMatchObject({ 'Anna Schmidt': 2 })
    })

    it('is left alone by what is refused', async () => {
      const { requestKey } = await save({ by: 'Ben' })
      await refusalOf(save({ requestKey }))
      expect(await homes()).toEqual({ 'Anna Schmidt': 1, 'Ben Koch': 2 })
    })

    it('is drawn anew once by a prune, where something went', async () => {
      await save()
      await save()
      await save({ by: 'Mara' })
      expect(await pruneDrafts(at(addDays(NOW, 31)), 10)).toBe(3)
      expect(await homes()).toEqual({ 'Anna Schmidt': 4, 'Ben Koch': 1 })
      const before = woken
      expect(await pruneDrafts(at(addDays(NOW, 31)), 10)).toBe(0)
      expect(woken).toBe(before)
    })
  })

  it.each<[string, object, DraftForm]>([
    ['fields that are no more', { colour: 'red', destination: 'Kiel' }, { destination: 'Kiel' }],
    ['another type', { passengers: 3, type: 'pilgrimage', driverIds: 'Ben', details: 'x' }, { details: 'x' }],
    ['another moment', { starts: '2030-03-05', ends: { at: 'soon' }, details: 'x' }, { details: 'x' }],
    ['a car that is none', { vehicleId: 'any', destination: 'Kiel' }, { destination: 'Kiel' }],
  ])('of an older version still opens, with %s', async (_what, older, form) => {
    const { id, personId } = await save()
    const { prisma } = company.database
    await prisma.draft.update({ where: { id }, data: { form: older } })
    expect((await findDraft(at(NOW), { personId, draftId: id })).form).toEqual(form)
  })
})
