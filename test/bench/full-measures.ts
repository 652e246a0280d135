import { createAbsences } from '../../src/store/absences.ts'
import { findMisfits } from '../../src/store/check-consistency.ts'
import { createDirectory } from '../../src/store/directory.ts'
import { createDirectoryChanges } from '../../src/store/directory-changes.ts'
import { createDrafts } from '../../src/store/drafts.ts'
import { createHomes } from '../../src/store/homes.ts'
import { createImportConsequences } from '../../src/store/import-consequences.ts'
import { createOutbox } from '../../src/store/outbox.ts'
import { createOverview } from '../../src/store/overview.ts'
import { createPressedCards } from '../../src/store/pressed-cards.ts'
import { FIRST_LOOK, readHome } from '../../src/surfaces/view-models/home.ts'
import { readApprovals, readTripList } from '../../src/surfaces/view-models/lists.ts'
import { percentile } from './figure.ts'
import type { FullCompany } from './full-company.ts'

const ROUNDS = 30
/** Each of ten connections plans a statement when it first runs it. */
const WARM_UP = 20
const AT_ONCE = 20
/** Mails that wait while the mail service is down. */
const WAITING = 200_000

export interface Measured {
  /** By what was done: the 95th percentile in milliseconds, and where it may take longer than a person waits, how long. */
  times: Record<string, { p95: number; goal?: number }>
  /** Bytes. */
  grownBy: number
}

type Act = () => Promise<unknown>

/** Does everything that must not cost what is past, again and again. */
export async function measureFull(company: FullCompany): Promise<Measured> {
  const times: Measured['times'] = {}
  await company.database.sql`CHECKPOINT`
  for (const [what, act] of Object.entries(await lookedAt(company))) times[what] = { p95: await slow(act) }
  const before = process.memoryUsage().rss
  for (const [what, act] of Object.entries(await lookedAt(company))) times[what] = { p95: await slow(act) }
  const grownBy = process.memoryUsage().rss - before
  for (const [what, act] of Object.entries(doneByItself(company))) times[what] = { p95: await slow(act, 10), goal: 500 }
  Object.assign(times, await besideWaitingMails(company))
  return { times, grownBy }
}

/** What somebody waits for: the manager, HR, the one who books for all, and any employee. */
async function lookedAt({ database, deps, employees, managers, hr }: FullCompany): Promise<Record<string, Act>> {
  const { sql } = database
  const overview = createOverview(database)
  const homes = createHomes(sql, () => {})
  const reads = { ...deps, overview, drafts: createDrafts(sql, homes), absences: createAbsences(sql, homes) }
  const ids = [employees[0], employees[1], managers[5], hr[0]].flatMap((id) => id ?? [])
  const people = await Promise.all(ids.map((id) => deps.store.findPerson(id)))
  const everybody = people.flatMap((person) => person ?? [])
  const each = (act: (person: (typeof everybody)[number]) => Promise<unknown>) => {
    let turn = 0
    return async () => {
      const person = everybody[turn++ % everybody.length]
      if (person) await act(person)
    }
  }
  const pressed = await sql<{ externalId: string; personId: string; bookingId: string }[]>`
    SELECT external_id AS "externalId", person_id AS "personId", booking_id AS "bookingId" FROM cards
    WHERE external_id LIKE 'live %' ORDER BY id LIMIT 500`
  const cards = createPressedCards(sql, () => {})
  let next = 0
  const press = async () => {
    const card = pressed[next++ % pressed.length]
    if (!card) throw new Error('no card can be pressed')
    const { externalId, personId, bookingId } = card
    await cards.pressed({
      platform: 'slack',
      externalId,
      personId,
      about: { bookingId },
      isOurs: true,
      hasChanged: false,
    })
    await deps.store.findBooking(bookingId)
  }
  return {
    'App Home': each((person) => readHome(reads, person, FIRST_LOOK)),
    approvals: each((person) => readApprovals({ overview, store: deps.store }, person, new Date())),
    mine: each((person) => readTripList({ overview, store: deps.store }, person, new Date())),
    'mine, older pages': each((person) => overview.history(person.id, 'cancelled', 3, 8)),
    'a press, 20 at once': () => Promise.all(Array.from({ length: AT_ONCE }, press)),
  }
}

/** What nobody waits for, though the database is busy with it. */
function doneByItself({ database, hr }: FullCompany): Record<string, Act> {
  const { sql } = database
  const directory = createDirectory(database)
  const decider = hr[0] ?? ''
  const account = { platform: 'slack', tenantId: 'T1', userId: 'U-hr' } as const
  const imported = createImportConsequences(database)
  const absences = createAbsences(
    sql,
    createHomes(sql, () => {}),
  )
  let turn = 0
  return {
    'linking an account': () => directory.linkAccount(decider, account, 'Europe/Berlin'),
    'a changed time zone': () => directory.zoneChanged(account, turn++ % 2 === 0 ? 'Asia/Tokyo' : 'Europe/Berlin'),
    'the nightly check': () => findMisfits(sql, new Date(), true),
    'bookings to ask about again': () => absences.concernedBookings(decider),
    'an import’s look at what is undecided': async () => {
      await createDirectoryChanges(sql).concernedBookings(new Date())
      await imported.channelsInUse()
      await imported.tripsOf([decider], new Date())
    },
  }
}

/** The mail service is down: what goes out elsewhere is claimed as if it were not, and so are the first mails. */
async function besideWaitingMails({ database: { sql } }: FullCompany): Promise<Measured['times']> {
  await sql`
    UPDATE deliveries SET status = 'pending', settled_at = NULL, due_at = now() - interval '1 hour'
    WHERE id IN (SELECT id FROM deliveries WHERE channel = 'email' AND status = 'sent' LIMIT ${WAITING})`
  await sql`VACUUM ANALYZE deliveries`
  const outbox = createOutbox(sql)
  const times = {
    'a claim of messages beside 200,000 mails that wait': {
      p95: await slow(() => outbox.claimDeliveries('slack', 10)),
    },
    'a claim of mails': { p95: await slow(() => outbox.claimDeliveries('email', 10)) },
    'a claim of cards': { p95: await slow(() => outbox.claimCards('slack', 10)) },
  }
  await sql`UPDATE deliveries SET status = 'sent', settled_at = now() WHERE status = 'pending'`
  await sql`VACUUM ANALYZE deliveries, cards`
  return times
}

async function slow(act: Act, rounds = ROUNDS): Promise<number> {
  for (let round = 0; round < WARM_UP; round++) await act()
  const times: number[] = []
  for (let round = 0; round < rounds; round++) {
    const start = performance.now()
    await act()
    times.push(performance.now() - start)
  }
  return percentile(times, 0.95)
}
