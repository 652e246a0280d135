import { BookingError } from '../booking-error.ts'
import type { Store } from '../ports.ts'
import type { Person } from './person.ts'

/**
 * The person who acts, as the directory knows them now.
 * @throws BookingError `person_not_found`, `person_inactive`
 */
export async function requireActivePerson(store: Pick<Store, 'findPerson'>, personId: string): Promise<Person> {
  return activePerson(await store.findPerson(personId))
}

/** @throws BookingError `person_not_found`, `person_inactive` */
export function activePerson(person: Person | null): Person {
  if (!person) throw new BookingError('person_not_found', {})
  if (!person.active) throw new BookingError('person_inactive', {})
  return person
}
