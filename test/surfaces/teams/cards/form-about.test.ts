import { describe, expect, it } from 'vitest'
import {
  formData,
  newRequest,
  readFormAbout,
  requestKeyOf,
  requestWithKey,
} from '../../../../src/surfaces/teams/cards/form-about.ts'

const KEY = '5e4e2c8e-5a0c-4d4e-8f1f-3a9f5a6f0b01'
const anna = 'e7dd9d42-2773-43a7-a885-3d1fb0466c20'
const ben = '7ab371d5-2574-4c78-ba10-6648aa87d63a'

describe('what a form is about', () => {
  it.each([newRequest(), requestWithKey(KEY, anna), { kind: 'change', bookingId: 'booking' } as const])(
    'comes back with a press: %j',
    (about) => {
      expect(readFormAbout(formData(about))).toEqual(about)
    },
  )

  it.each([[{}], [{ requestKey: 'key' }], [{ requestKey: 7 }], [{ bookingId: 7 }]])('is lost in %j', (data) => {
    expect(readFormAbout(data)).toBeNull()
  })
})

describe('the key of a request', () => {
  it.each([
    ['of a form of Teams', `${anna} ${KEY}`],
    ['of a form that was put aside elsewhere', KEY],
  ])('%s stays what it was', (_whose, key) => {
    expect(requestKeyOf(requestWithKey(key, anna), anna)).toBe(key)
  })

  it.each([`${anna} ${KEY}`, KEY])('is another in the hands of a colleague: %s', (key) => {
    expect(requestKeyOf(requestWithKey(key, anna), ben)).toBe(`${ben} ${KEY}`)
  })
})
