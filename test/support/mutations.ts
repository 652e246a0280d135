import fc from 'fast-check'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
export type Body = { [key: string]: Json }

/** Values that no field expects everywhere: other types, ids that are none, text that no database keeps. */
const STRANGE: fc.Arbitrary<Json> = fc.oneof(
  fc.constantFrom<Json>(null, true, false, 0, -1, 1e300, '', ' ', [], {}, [null], { id: null }, { id: 7 }),
  fc.constantFrom<Json>(
    'x',
    '00000000-0000-0000-0000-000000000000',
    'a\u0000b',
    '\ud800',
    'ß'.repeat(300),
    '__proto__',
  ),
  fc.uuid(),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.integer(),
)

/** Such a body with up to three of its parts, at any depth, replaced or taken away. */
export function mutated(bodies: readonly Body[]): fc.Arbitrary<Body> {
  return fc
    .tuple(
      fc.constantFrom(...bodies),
      fc.array(fc.tuple(fc.nat(), fc.option(STRANGE, { nil: undefined })), { minLength: 1, maxLength: 3 }),
    )
    .map(([body, changes]) => {
      const copy = structuredClone(body)
      for (const [which, value] of changes) {
        const places = placesIn(copy)
        const place = places[which % places.length]
        if (!place) continue
        if (value === undefined) Reflect.deleteProperty(place.holder, place.key)
        // A copy: put in twice, a value could be changed into one that holds itself.
        else Reflect.set(place.holder, place.key, structuredClone(value))
      }
      return copy
    })
}

function placesIn(value: Json): { holder: object; key: string }[] {
  if (value === null || typeof value !== 'object') return []
  return Object.entries(value).flatMap(([key, inside]) => [{ holder: value, key }, ...placesIn(inside)])
}
