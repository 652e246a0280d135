import { describe, expect, it } from 'vitest'
import { type AwayModel, awayCard, readAwayFields } from '../../../../src/surfaces/teams/cards/away-card.ts'
import { draftListCard } from '../../../../src/surfaces/teams/cards/draft-list-card.ts'
import { bytesOf, LIMITS } from '../../../../src/surfaces/teams/cards/limits.ts'
import { actionsOf, inputOf, inputsOf, problemsOf, sentBy, textsOf, titlesOf } from './read-card.ts'
import { LONG_TEXTS, TELLING_TEXTS } from './typed-texts.ts'

const aDraft = (draftId: string, text = 'Hamburg: Mon 9 Nov, 09:00 – 17:00, 2 people') => ({
  draftId,
  text,
  kept: 'Saved today 09:00, goes away on Wed 2 Dec',
})

describe('draftListCard', () => {
  it('continues each at once, and asks once before it discards one', () => {
    const card = draftListCard({ drafts: [aDraft('one'), aDraft('two')], more: 0 })
    expect(problemsOf(card)).toEqual([])
    expect(textsOf(card).slice(0, 3)).toEqual(['Your drafts', aDraft('').text, aDraft('').kept])
    expect(actionsOf(card)).toMatchObject([
      { title: 'Continue', verb: 'draft.continue', data: { draftId: 'one' } },
      { title: 'Discard', card: { actions: [{ verb: 'draft.discard', data: { draftId: 'one' } }] } },
      { title: 'Continue', data: { draftId: 'two' } },
      { title: 'Discard', card: { actions: [{ data: { draftId: 'two' } }] } },
    ])
    expect(textsOf(card)).toContain('Discard this draft?')
  })

  it('says so when there are none', () => {
    expect(textsOf(draftListCard({ drafts: [], more: 0 }))[0]).toBe('You have no drafts')
    expect(problemsOf(draftListCard({ drafts: [], more: 0 }))).toEqual([])
  })

  it.each(LONG_TEXTS)('of twenty as long as they may be, of %s, as many as fit', (_case, typed) => {
    const drafts = Array.from({ length: 20 }, (_, index) => aDraft(`${index}`, typed(400)))
    const card = draftListCard({ drafts, more: 0 })
    expect(problemsOf(card)).toEqual([])
    expect(bytesOf(card)).toBeLessThanOrEqual(LIMITS.card)
    const shown = titlesOf(card).filter((title) => title === 'Continue').length
    expect(shown).toBeGreaterThan(9)
    if (shown < 20) expect(textsOf(card).at(-1)).toBe(`1–${shown} of 20`)
  })
})

const BEN = { personId: '7ab371d5-2574-4c78-ba10-6648aa87d63a', label: 'Ben Koch (Sales)' }
const FIELDS = {
  from_date: '2026-11-02',
  from_time: '09:00',
  until_date: '2026-11-09',
  until_time: '09:00',
  stand_in: '',
}
const away = 'You are away until Mon 9 Nov, 09:00. Ben Koch stands in for you.'
const aForm = (changes: Partial<NonNullable<AwayModel['form']>> = {}) => ({
  fields: FIELDS,
  errors: {},
  people: [BEN],
  zoneNote: null,
  ...changes,
})

describe('awayCard', () => {
  it.each<[string, AwayModel, string[]]>([
    ['nothing set', { lines: [], end: null, form: aForm() }, ['Save']],
    ['away', { lines: [away], end: 'I am back', form: null }, ['I am back', 'Change']],
    ['away, and changing it', { lines: [away], end: 'I am back', form: aForm() }, ['Save', 'I am back']],
    ['names typed', { lines: [], end: null, form: aForm({ people: null }) }, ['Save']],
    ['another zone', { lines: [], end: null, form: aForm({ zoneNote: '(Lisbon time)' }) }, ['Save']],
  ])('%s', (_case, model, titles) => {
    const card = awayCard(model)
    expect(problemsOf(card)).toEqual([])
    expect(titlesOf(card)).toEqual(titles)
    expect(textsOf(card).slice(0, 1 + model.lines.length)).toEqual(['Away', ...model.lines])
    expect(inputsOf(card).filter(({ isRequired }) => isRequired)).toEqual([])
  })

  it.each([[''], [BEN.personId]])('gives back what stands in it (%j)', (standIn) => {
    const card = awayCard({ lines: [], end: null, form: aForm({ fields: { ...FIELDS, stand_in: standIn } }) })
    expect(readAwayFields(sentBy(card, 'Save'))).toEqual({ ...FIELDS, stand_in: standIn })
  })

  it.each(TELLING_TEXTS.filter((text) => !text.includes('\n')))('gives back %j as typed', (typed) => {
    const card = awayCard({
      lines: [],
      end: null,
      form: aForm({ people: null, fields: { ...FIELDS, stand_in: typed } }),
    })
    expect(readAwayFields(sentBy(card, 'Save')).stand_in).toBe(typed)
  })

  it.each([
    ['from', 'from_time'],
    ['until', 'until_time'],
    ['stand_in', 'stand_in'],
  ])('says what is wrong with %s right below it', (field, id) => {
    const { body } = awayCard({ lines: [], end: null, form: aForm({ errors: { [field]: 'Wrong.' } }) })
    const wrong = body.findIndex((element) => JSON.stringify(element).includes('Wrong.'))
    expect(inputsOf({ body: body.slice(wrong - 1, wrong) }).at(-1)?.id).toBe(id)
  })

  it('has nobody chosen at first', () => {
    const card = awayCard({ lines: [], end: null, form: aForm() })
    expect(inputOf(card, 'stand_in')).not.toHaveProperty('value')
  })

  it.each([
    ['nothing', {}],
    ['what is no text', { from_date: 7, stand_in: { id: 1 }, until_time: null }],
  ])('reads %s as empty', (_what, data) => {
    expect(Object.values(readAwayFields(data))).toEqual(['', '', '', '', ''])
  })
})
