import { describe, expect, it } from 'vitest'
import {
  chosenPassengers,
  chosenTime,
  chosenVehicle,
  draftFrom,
  readForm,
  requestFrom,
} from '../../../src/surfaces/slack/form-state.ts'
import { OPENED } from '../../../src/surfaces/view-models/list-look.ts'

const KEY = '2f6a1d0c-9b3e-4c57-8d21-6e0f4b7a9c35'
const ZOE = '0b9d4a52-8d0e-4a58-9a77-5d7b3f4f2c11'
const BEN = '5e4e2c8e-5a0c-4d4e-8f1f-3a9f5a6f0b01'
const JO = '7c1f7e4e-2b0d-4f3a-9c5e-1d2e3f4a5b6c'
const START = 1_793_865_600
const END = 1_793_896_200

const option = (value: string) => ({ text: { type: 'plain_text', text: value }, value })
const chosen = (...values: string[]) => ({ type: 'multi_static_select', selected_options: values.map(option) })
const one = (value: string) => ({ type: 'static_select', selected_option: option(value) })
const time = (at: number | null) => ({ type: 'datetimepicker', selected_date_time: at })
const typed = (value: string | null) => ({ type: 'plain_text_input', value })

const FILLED = {
  'departure.0': { request_form_changed: time(START) },
  'return.2': { request_form_changed: time(END) },
  'passengers.0': { request_form_changed: { type: 'number_input', value: '3' } },
  'car.1': { car: one(ZOE) },
  'destination.0': { destination: typed('Dresden') },
  'type.0': { type: one('delivery') },
  'reason.0': { reason: one('training') },
  'details.0': { details: typed('Two boxes.') },
  'drivers.0': { people_options: chosen(BEN) },
  'companions.0': { people_options: chosen(JO) },
  'other_companions.0': { other_companions: typed('Zoe; Al, Kim\nBo') },
}
const metadata = { requestKey: KEY, window: [START, END], revisions: { return: 2, car: 1 } }
const sent = (values: unknown, private_metadata = JSON.stringify(metadata)) => ({ private_metadata, state: { values } })
const form = (changes: Record<string, unknown> = {}) => readForm(sent({ ...FILLED, ...changes }))
const without = (...blocks: string[]) =>
  readForm(sent(Object.fromEntries(Object.entries(FILLED).filter(([block]) => !blocks.includes(block)))))

describe('requestFrom', () => {
  it('reads every field', () => {
    expect(requestFrom(form(), 'anna')).toEqual({
      requestKey: KEY,
      requesterId: 'anna',
      window: { startsAt: new Date(START * 1000), endsAt: new Date(END * 1000) },
      passengers: 3,
      vehicleId: ZOE,
      destination: 'Dresden',
      type: 'delivery',
      reason: 'training',
      details: 'Two boxes.',
      driverIds: [BEN],
      companionIds: [JO],
      otherCompanions: ['Zoe', 'Al, Kim', 'Bo'],
    })
  })

  it('takes a field that was left empty for empty', () => {
    const empty = form({
      'destination.0': { destination: typed(null) },
      'details.0': { details: typed(null) },
      'drivers.0': { people_options: chosen() },
      'companions.0': { people_options: { type: 'multi_external_select', selected_options: null } },
      'other_companions.0': { other_companions: typed(null) },
      'car.1': { car: one('any') },
    })
    expect(requestFrom(empty, 'anna')).toMatchObject({
      destination: '',
      details: '',
      driverIds: [],
      companionIds: [],
      otherCompanions: [],
      vehicleId: null,
    })
  })

  it('takes a field that is not there for empty', () => {
    const bare = without('car.1', 'destination.0', 'details.0', 'drivers.0', 'companions.0', 'other_companions.0')
    expect(requestFrom(bare, 'anna')).toMatchObject({ vehicleId: null, destination: '', driverIds: [] })
  })

  it.each(['departure.0', 'return.2'])('a missing time is no date: %s', (block) => {
    for (const incomplete of [without(block), form({ [block]: { request_form_changed: time(null) } })]) {
      const { window } = requestFrom(incomplete, 'anna')
      expect(Number.isNaN(+(block === 'return.2' ? window.endsAt : window.startsAt))).toBe(true)
    }
  })

  it.each([
    ['a car that is no id', { 'car.1': { car: one('zoe') } }],
    ['a driver that is no id', { 'drivers.0': { people_options: chosen('ben') } }],
    ['a companion that is no id', { 'companions.0': { people_options: chosen("'; DROP TABLE people") } }],
    ['a type there is not', { 'type.0': { type: one('joyride') } }],
    ['a reason there is not', { 'reason.0': { reason: one('none') } }],
  ])('refuses what no form of ours offers: %s', (_case, changes) => {
    expect(() => requestFrom(form(changes), 'anna')).toThrow(expect.objectContaining({ name: 'UnreadableForm' }))
  })
})

describe('draftFrom', () => {
  it('keeps every field as it stands', () => {
    expect(draftFrom(form())).toEqual({
      starts: { at: new Date(START * 1000) },
      ends: { at: new Date(END * 1000) },
      passengers: '3',
      vehicleId: ZOE,
      destination: 'Dresden',
      type: 'delivery',
      reason: 'training',
      details: 'Two boxes.',
      driverIds: [BEN],
      companionIds: [JO],
      otherCompanions: 'Zoe; Al, Kim\nBo',
    })
  })

  it('takes a form of which nothing is filled in', () => {
    expect(draftFrom(readForm(sent({})))).toEqual({
      passengers: '',
      vehicleId: null,
      destination: '',
      details: '',
      driverIds: [],
      companionIds: [],
      otherCompanions: '',
    })
  })

  it('leaves out what is no choice of ours', () => {
    const odd = form({ 'type.0': { type: one('joyride') }, 'departure.0': { request_form_changed: time(null) } })
    expect(draftFrom(odd)).not.toHaveProperty('type')
    expect(draftFrom(odd)).not.toHaveProperty('starts')
  })
})

describe('readForm, of what a form carries', () => {
  it('takes a form that was opened by an earlier version', () => {
    expect(form().metadata).toEqual({ ...metadata, changes: null, savedAt: null })
  })

  it('knows which booking it changes', () => {
    const changes = { bookingId: BEN, list: { name: 'mine', look: OPENED, responseUrl: 'https://hooks.example/1' } }
    const read = readForm(sent(FILLED, JSON.stringify({ ...metadata, changes, savedAt: 1 })))
    expect(read.metadata).toEqual({ ...metadata, changes, savedAt: 1 })
  })
})

describe('chosenPassengers', () => {
  const passengers = (value: string | null) =>
    chosenPassengers(form({ 'passengers.0': { request_form_changed: { type: 'number_input', value } } }))

  it.each([
    ['1', 1],
    [' 12 ', 12],
    ['007', 7],
    ['0', 0],
    ['999', 999],
  ])('%j is %d', (value, expected) => {
    expect(passengers(value)).toBe(expected)
  })

  it.each([null, '', 'two', '2.5', '-1', '1e3', '0x2', '1234', '٣', '2 people'])('%j is no whole number', (value) => {
    expect(passengers(value)).toBeNaN()
  })
})

it('chosenVehicle: null is any suitable one', () => {
  expect(chosenVehicle(form())).toBe(ZOE)
  expect(chosenVehicle(form({ 'car.1': { car: one('any') } }))).toBeNull()
  expect(chosenVehicle(form({ 'car.1': { car: { type: 'static_select', selected_option: null } } }))).toBeNull()
})

it('chosenTime: null is none', () => {
  expect(chosenTime(form(), 'departure')).toBe(START)
  expect(chosenTime(form({ 'return.2': { request_form_changed: time(null) } }), 'return')).toBeNull()
})

describe('readForm', () => {
  it('knows where each field stands now, for its error', () => {
    expect(form().blockId('return')).toBe('return.2')
    expect(form().blockId('companions')).toBe('companions.0')
    expect(without('car.1').blockId('car')).toBe('car.0')
  })

  it('leaves alone what is not a field', () => {
    expect(requestFrom(form({ answer: { x: typed('?') }, 'departures.0': { x: time(1) } }), 'anna').passengers).toBe(3)
    expect(form({ 'departures.0': { x: time(1) } }).blockId('departure')).toBe('departure.0')
  })

  it.each([
    ['no metadata', sent(FILLED, '')],
    ['metadata of something else', sent(FILLED, '{"stepId":"1"}')],
    ['an empty request key', sent(FILLED, JSON.stringify({ ...metadata, requestKey: '' }))],
    ['no state', sent(undefined)],
    ['a value of a wrong kind', sent({ ...FILLED, 'departure.0': { x: time('soon' as unknown as number) } })],
  ])('refuses %s', (_case, view) => {
    expect(() => readForm(view)).toThrow()
  })
})
