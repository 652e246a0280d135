import type { Person } from './person.ts'

/** Whose bookings somebody may cancel: their own and, for admins, everybody's. */
export function mayCancelFor({ id, role }: Pick<Person, 'id' | 'role'>, requesterId: string): boolean {
  return id === requesterId || role === 'admin'
}
