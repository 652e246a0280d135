import { DEADLINES } from '../../../src/core/approval/deadlines.ts'
import type { Deps } from '../../../src/core/ports.ts'
import { createAbsences } from '../../../src/store/absences.ts'
import { createChoices } from '../../../src/store/choices.ts'
import type { Database } from '../../../src/store/database.ts'
import { createDirectory } from '../../../src/store/directory.ts'
import { createDirectoryChanges } from '../../../src/store/directory-changes.ts'
import { createDrafts } from '../../../src/store/drafts.ts'
import { createDueBookings } from '../../../src/store/due-bookings.ts'
import { createHandledActivities } from '../../../src/store/handled-activities.ts'
import { createHomes } from '../../../src/store/homes.ts'
import { createImportConsequences } from '../../../src/store/import-consequences.ts'
import { createMisfits } from '../../../src/store/misfits.ts'
import { createOutbox } from '../../../src/store/outbox.ts'
import { createOverview } from '../../../src/store/overview.ts'
import { createPastMessages } from '../../../src/store/past-messages.ts'
import { createPressedCards } from '../../../src/store/pressed-cards.ts'
import { createStore } from '../../../src/store/store.ts'

/** Everything of the store that the running service calls; notes what was called. */
export function storeParts(database: Database) {
  const { sql } = database
  const uncalled = new Set<string>()
  const noted = <T extends object>(part: string, object: T): T => {
    for (const name of Object.keys(object)) uncalled.add(`${part}.${name}`)
    return new Proxy(object, {
      get: (target, name, receiver) => {
        uncalled.delete(`${part}.${String(name)}`)
        return Reflect.get(target, name, receiver)
      },
    })
  }
  const homes = noted(
    'homes',
    createHomes(sql, () => {}),
  )
  const deps: Deps = {
    store: noted('store', createStore(database)),
    now: () => new Date(),
    deadlines: DEADLINES,
    channels: { chat: ['slack'], email: true },
  }
  return {
    prisma: database.prisma,
    deps,
    homes,
    overview: noted('overview', createOverview(database)),
    cards: noted(
      'cards',
      createPressedCards(sql, () => {}),
    ),
    outbox: noted('outbox', createOutbox(sql)),
    directory: noted('directory', createDirectory(database)),
    absences: noted('absences', createAbsences(sql, homes)),
    drafts: noted('drafts', createDrafts(sql, homes)),
    due: noted('due', createDueBookings(sql)),
    choices: noted('choices', createChoices(database)),
    activities: noted('activities', createHandledActivities(sql)),
    directoryChanges: noted('directoryChanges', createDirectoryChanges(sql)),
    imports: noted('imports', createImportConsequences(database)),
    past: noted('past', createPastMessages(sql)),
    misfits: noted('misfits', createMisfits(sql, true)),
    /** What nobody has called yet, as "part.function". */
    uncalled: () => [...uncalled].sort(),
  }
}

export type StoreParts = ReturnType<typeof storeParts>
