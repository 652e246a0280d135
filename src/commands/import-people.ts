import type { Deadlines } from '../core/approval/deadlines.ts'
import { type Reasking, reaskStep } from '../core/approval/reask-step.ts'
import { OPTIONAL_PEOPLE_COLUMNS, PEOPLE_COLUMNS, type PeoplePlan } from '../core/people/import-people.ts'
import { type Database, openDatabase } from '../store/database.ts'
import { createImportConsequences } from '../store/import-consequences.ts'
import { importPeople } from '../store/import-people.ts'
import { createStore } from '../store/store.ts'
import { importedWords, numbersPhrase, refusedWords } from './import-words.ts'
import { readTable } from './read-table.ts'
import { CommandRefused, explained, onDatabase } from './run-command.ts'

await explained(async () => {
  const columns = { required: PEOPLE_COLUMNS, optional: OPTIONAL_PEOPLE_COLUMNS }
  const table = await readTable(process.argv[2], columns, 'npm run import:people -- people.csv')
  await onDatabase('import:people', async (url, { companyTimeZone, deadlines }) => {
    const database = openDatabase(url, 4)
    try {
      const decision = await importPeople(database.prisma, table, companyTimeZone, new Date())
      if (decision.kind === 'refused') throw new CommandRefused(refusedWords(table.fileName, decision.problems))
      const words = importedWords({ one: 'person', many: 'people' }, decision.plan)
      for (const line of [...words, ...(await consequences(database, deadlines, decision.plan))]) console.log(line)
    } finally {
      await database.close()
    }
  })
})

/** Open steps that ask somebody who left are asked anew, also those that an import which was killed left behind. */
async function consequences(database: Database, deadlines: Deadlines, { changed }: PeoplePlan): Promise<string[]> {
  const { undecidedBookings, channelsInUse, tripsOf } = createImportConsequences(database)
  const deps = { store: createStore(database), now: () => new Date(), deadlines, channels: await channelsInUse() }
  const lines: string[] = []
  for (const bookingId of await undecidedBookings(deps.now())) {
    const words = reaskedWords(await reaskStep(deps, { bookingId }))
    if (words) lines.push(words)
  }
  const left = changed.filter(({ before, after }) => before.active && !after.active).map(({ after }) => after.id)
  for (const { name, numbers } of await tripsOf(left, deps.now())) {
    lines.push(`Warning: ${name} is no longer active and still has ${numbersPhrase(numbers)}: an admin can cancel.`)
  }
  return lines
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
