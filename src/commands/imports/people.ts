import { type Followed, followDirectory } from '../../core/approval/follow-directory.ts'
import type { Reasking } from '../../core/approval/reask-step.ts'
import { UnreadableBooking } from '../../core/booking/unreadable-booking.ts'
import { PEOPLE_COLUMNS, type PeopleColumn, type PeoplePlan } from '../../core/people/import-people.ts'
import { claimOfImport, createDirectoryChanges } from '../../store/directory-changes.ts'
import { createImportConsequences, type Place } from '../../store/import-consequences.ts'
import { importPeople } from '../../store/import-people.ts'
import { createStore } from '../../store/store.ts'
import type { Import, Importing } from './import-table.ts'
import { importedWords, numbersPhrase } from './import-words.ts'

export const people: Import<PeopleColumn, PeoplePlan> = {
  command: 'import:people',
  example: 'people.csv',
  columns: PEOPLE_COLUMNS,
  write: importPeople,
  finish: async (plan, importing) => {
    const lines = [...importedWords({ one: 'person', many: 'people' }, plan), ...(await consequences(plan, importing))]
    await createDirectoryChanges(importing.database.sql).settle(claimOfImport(importing.at))
    return lines
  },
}

/**
 * Brings bookings in line with the directory, also those that an import left behind which was killed. If this one is killed,
 * the schedule does it.
 */
async function consequences({ changed }: PeoplePlan, { database, deadlines }: Importing): Promise<string[]> {
  const { channelsInUse, tripsOf, placesOf, lastDeciders } = createImportConsequences(database)
  const deps = { store: createStore(database), now: () => new Date(), deadlines, channels: await channelsInUse() }
  const lines: string[] = []
  for (const bookingId of await createDirectoryChanges(database.sql).concernedBookings(deps.now())) {
    try {
      const words = followedWords(await followDirectory(deps, { bookingId }))
      if (words) lines.push(words)
    } catch (error) {
      if (!(error instanceof UnreadableBooking)) throw error
      lines.push(`Warning: ${error.message}, and nobody was asked again: run npm run doctor.`)
    }
  }
  const left = changed.filter(({ before, after }) => before.active && !after.active).map(({ after }) => after.id)
  for (const { name, numbers } of await tripsOf(left, deps.now())) {
    lines.push(`Warning: ${name} has left while on a trip: ${numbersPhrase(numbers)} keeps its car until it ends.`)
  }
  for (const place of await placesOf(left, deps.now())) lines.push(placeWords(place))
  lines.push(...lastDecidersWords(await lastDeciders()))
  return lines
}

/** "Warning: Ben Koch has left, and was to drive on #12 of Anna Schmidt." */
function placeWords({ name, kind, number, requesterName }: Place): string {
  const what = kind === 'driver' ? 'drive' : 'come along'
  return `Warning: ${name} has left, and was to ${what} on #${number} of ${requesterName}: please tell them.`
}

function lastDecidersWords({ hr, admins }: { hr: number; admins: number }): string[] {
  if (hr > 0) return []
  return admins > 0
    ? ['Warning: nobody has the role hr: the admins take the last decision.']
    : ['Warning: nobody has the role hr or admin, so nobody can take the last decision: import somebody who has.']
}

function followedWords(followed: Followed): string | null {
  if (followed.outcome !== 'cancelled') return reaskedWords(followed)
  return `#${followed.number} is cancelled, for ${followed.requesterName} has left: its car is free.`
}

function reaskedWords({ number, outcome, newlyAsked }: Reasking): string | null {
  const now = newlyAsked.length > 0 ? newlyAsked.join(', ') : 'those who remain'
  switch (outcome) {
    case 'as_it_was':
      return null
    case 'reasked':
      return `#${number} is asked anew: ${now}`
    case 'skipped':
    case 'unanswered':
      return `#${number} has no manager to ask any more, and goes to HR: ${now}`
    case 'nobody_left':
      return `Warning: #${number} has nobody left who could decide: give its requester a manager, or name somebody in HR.`
  }
}
