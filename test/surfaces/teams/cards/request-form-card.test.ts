import { describe, expect, it } from 'vitest'
import { readFormAbout } from '../../../../src/surfaces/teams/cards/form-about.ts'
import { bytesOf, LIMITS } from '../../../../src/surfaces/teams/cards/limits.ts'
import { type RequestFormModel, requestFormCard } from '../../../../src/surfaces/teams/cards/request-form-card.ts'
import {
  FORM_INPUTS,
  type FormFields,
  readFormFields,
} from '../../../../src/surfaces/teams/cards/request-form-fields.ts'
import { choosablePeople } from '../../../../src/surfaces/teams/cards/request-form-inputs.ts'
import { withNotice } from '../../../../src/surfaces/teams/cards/words-card.ts'
import type { FormField } from '../../../../src/surfaces/view-models/refusal-words.ts'
import { TORN } from '../../slack/typed-texts.ts'
import { inputOf, inputsOf, problemsOf, sentBy, textsOf } from './read-card.ts'
import { LONG_TEXTS, TELLING_TEXTS } from './typed-texts.ts'

const ANNA = { personId: crypto.randomUUID(), label: 'Anna Schmidt (Sales)' }
const BEN = { personId: crypto.randomUUID(), label: 'Ben Koch (Sales)' }
const ZOE = { vehicleId: crypto.randomUUID(), siteName: 'Berlin', label: 'Renault Zoe (B-MP 7), 4 seats' }
const times = <T>(count: number, make: () => T): T[] => Array.from({ length: count }, make)

const FIELDS: FormFields = {
  departure_date: '2026-11-05',
  departure_time: '09:00',
  return_date: '2026-11-05',
  return_time: '17:30',
  passengers: '2',
  car: ZOE.vehicleId,
  destination: 'Dresden',
  type: 'delivery',
  reason: 'training',
  details: 'Two boxes.\nAnd a third.',
  drivers: `${ANNA.personId},${BEN.personId}`,
  companions: BEN.personId,
  other_companions: 'Kim, Lee',
}
const EMPTY = readFormFields({})

function aForm(changes: Partial<RequestFormModel> = {}): RequestFormModel {
  return {
    about: { kind: 'request', requestKey: 'key', keyHolder: null },
    title: 'Book a car',
    lines: [],
    fields: FIELDS,
    cars: [ZOE],
    people: [ANNA, BEN],
    errors: {},
    remark: null,
    zoneNote: null,
    saved: null,
    ...changes,
  }
}

describe('what stands in the form comes back', () => {
  it.each(['Request car', 'Show free cars', 'Save as draft'])('with “%s”', (title) => {
    const sent = sentBy(requestFormCard(aForm()), title)
    expect(sent).toMatchObject({ requestKey: 'key', passengers: 2 })
    expect(readFormFields(sent)).toEqual(FIELDS)
  })

  it('when names are typed because people are too many', () => {
    const fields = { ...FIELDS, drivers: 'Anna Schmidt, ben@example.com', companions: '' }
    expect(readFormFields(sentBy(requestFormCard(aForm({ fields, people: null })), 'Request car'))).toEqual(fields)
  })

  it.each(TELLING_TEXTS)('%j', (typed) => {
    const fields = { ...FIELDS, destination: typed, details: typed, other_companions: typed }
    expect(readFormFields(sentBy(requestFormCard(aForm({ fields })), 'Request car'))).toEqual(fields)
  })

  it.each<[string, Partial<FormFields>, Partial<FormFields>]>([
    ['a car that is not free', { car: crypto.randomUUID() }, { car: 'any' }],
    ['somebody who is not there', { drivers: `${BEN.personId},nobody` }, { drivers: BEN.personId }],
    ['no day, no time', { departure_date: '5.11.', departure_time: '9' }, { departure_date: '', departure_time: '' }],
    ['no number', { passengers: 'two' }, { passengers: '' }],
    ['no such type', { type: 'fun' }, { type: 'business_trip' }],
  ])('but for %s', (_case, changes, expected) => {
    const card = requestFormCard(aForm({ fields: { ...FIELDS, ...changes } }))
    expect(problemsOf(card)).toEqual([])
    expect(readFormFields(sentBy(card, 'Request car'))).toEqual({ ...FIELDS, ...expected })
  })
})

describe('readFormFields', () => {
  it.each<[string, unknown]>([
    ['nothing', undefined],
    ['null', null],
    ['a text', 'passengers'],
    ['a list', ['passengers']],
    ['other things', { stepId: 'one', toString: 'x' }],
    ['what is no text', { passengers: null, car: {}, details: ['x'], destination: true, drivers: Number.NaN }],
  ])('of %s is empty', (_case, data) => {
    expect(readFormFields(data)).toEqual(Object.fromEntries(FORM_INPUTS.map((id) => [id, ''])))
  })

  it('takes a number for its digits', () => {
    expect(readFormFields({ passengers: 3 }).passengers).toBe('3')
    expect(readFormFields({ passengers: '3' }).passengers).toBe('3')
  })
})

describe('requestFormCard', () => {
  it.each<[string, Partial<RequestFormModel>]>([
    ['filled in', {}],
    ['empty', { fields: EMPTY }],
    ['with no car free', { cars: [] }],
    ['with a remark and a zone', { remark: '3 cars are free: Thu 5 Nov.', zoneNote: 'Times are Lisbon time.' }],
    ['when people are too many', { people: null }],
  ])('%s', (_case, changes) => {
    expect(problemsOf(requestFormCard(aForm(changes)))).toEqual([])
  })

  it('requires nothing of the client, so that a half-filled form can be put aside', () => {
    const card = requestFormCard(aForm({ fields: EMPTY }))
    expect(inputsOf(card).filter((input) => input.isRequired)).toEqual([])
    expect(inputOf(card, 'destination')).toMatchObject({ label: 'Destination (required)', maxLength: 150 })
  })

  it('shows free cars right above them, and requests one at the end, both with the key of the form', () => {
    const card = requestFormCard(aForm())
    const data = { requestKey: 'key' }
    expect(card.actions).toMatchObject([
      { verb: 'form.submit', style: 'positive', data },
      { verb: 'form.save', data },
    ])
    const refresh = card.body.findIndex(({ type }) => type === 'ActionSet')
    expect(card.body[refresh]).toMatchObject({ actions: [{ verb: 'form.refresh', data: { requestKey: 'key' } }] })
    expect(card.body[refresh + 1]?.id).toBe('car')
  })

  it('for a change says what that means, names its booking with every press, and is no draft', () => {
    const lines = ['#12 stands as it is until the change is approved.']
    const about = { kind: 'change', bookingId: 'booking' } as const
    const card = requestFormCard(aForm({ about, title: 'Change booking #12', lines }))
    expect(problemsOf(card)).toEqual([])
    expect(textsOf(card).slice(0, 2)).toEqual(['Change booking #12', ...lines])
    expect(card.actions).toMatchObject([{ title: 'Send change', verb: 'form.submit', data: { bookingId: 'booking' } }])
    expect(readFormAbout(sentBy(card, 'Show free cars'))).toEqual(about)
  })

  it('says at its end that it was put aside', () => {
    const card = requestFormCard(aForm({ saved: 'Saved as draft, 09:00.' }))
    expect(textsOf(card).at(-1)).toBe('✅ Saved as draft, 09:00.')
  })

  it('offers any suitable car first', () => {
    expect(inputOf(requestFormCard(aForm({ fields: EMPTY })), 'car')).toMatchObject({
      value: 'any',
      choices: [
        { title: 'Any suitable car', value: 'any' },
        { title: ZOE.label, value: ZOE.vehicleId },
      ],
    })
  })

  it('says below the cars what the form has to say about them', () => {
    const text = textsOf(
      requestFormCard(aForm({ cars: [], remark: 'No car with 2 or more seats is free then.' })),
    ).join()
    expect(text).toContain('No car with 2 or more seats is free then.')
  })

  it.each<[FormField, string]>([
    ['departure', 'departure_time'],
    ['return', 'return_time'],
    ['passengers', 'passengers'],
    ['car', 'car'],
    ['destination', 'destination'],
    ['details', 'details'],
    ['drivers', 'drivers'],
    ['companions', 'companions'],
    ['other_companions', 'other_companions'],
  ])('says what is wrong with %s right below it', (field, id) => {
    const { body } = requestFormCard(aForm({ errors: { [field]: 'This is <wrong>.' } }))
    const wrong = body.findIndex((element) => JSON.stringify(element).includes('This is <wrong>.'))
    expect(body[wrong]).toMatchObject({ type: 'RichTextBlock', inlines: [{ color: 'attention' }] })
    expect(inputsOf({ body: body.slice(wrong - 1, wrong) }).at(-1)?.id).toBe(id)
  })
})

describe.each(LONG_TEXTS)('the form at its longest, of %s', (_case, typed) => {
  const cars = times(250, () => ({ vehicleId: crypto.randomUUID(), siteName: typed(50), label: typed(150) }))
  const everybody = times(99, () => ({ personId: crypto.randomUUID(), label: typed(250) }))
  const few = everybody.slice(0, 15)
  const typedIn = {
    car: cars.at(-1)?.vehicleId ?? '',
    destination: typed(150),
    details: typed(3000),
    other_companions: typed(1000),
  }
  const errors = { car: typed(400), drivers: typed(400) }
  const ids = few.map(({ personId }) => personId).join(',')

  it.each([
    ['with colleagues to choose from', few, ids],
    ['with more of them than fit', everybody, typed(600)],
    ['with their names', null, typed(600)],
  ])('%s', (_people, people, named) => {
    const fields = { ...FIELDS, ...typedIn, drivers: named, companions: named }
    const lines = [typed(1100), typed(200), typed(200)]
    const card = requestFormCard(aForm({ cars, people, errors, fields, lines, remark: typed(400) }))
    expect(problemsOf(card)).toEqual([])
    expect(bytesOf(card)).toBeLessThanOrEqual(LIMITS.card)
    expect(bytesOf(withNotice(card, typed(1000)))).toBeLessThan(27_000)
    expect(JSON.stringify(card)).not.toMatch(TORN)
    expect(readFormFields(sentBy(card, 'Request car')).drivers === named).toBe(true)
    expect(readFormFields(sentBy(card, 'Request car'))).toMatchObject(typedIn)
  })
})

it('lists colleagues as long as both lists leave room for the rest', () => {
  const people = (count: number) => times(count, () => ({ ...ANNA, personId: crypto.randomUUID() }))
  expect(choosablePeople(people(45))).toHaveLength(45)
  expect(choosablePeople(people(60))).toBeNull()
  expect(choosablePeople(null)).toBeNull()
})
