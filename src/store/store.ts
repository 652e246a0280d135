import type { Deciders } from '../core/approval/approvers.ts'
import type { Person } from '../core/people/person.ts'
import type { Store } from '../core/ports.ts'
import { alertOnce } from './admin-alerts.ts'
import { commitSurely } from './commit-surely.ts'
import type { Database } from './database.ts'
import { decisionSituation } from './decision-situation.ts'
import { personOf } from './documents.ts'
import { findBooking } from './find-bookings.ts'
import { type DecidersDocument, decidersFor, requestSituation, toDeciders } from './request-situation.ts'
import { siteOutlook } from './site-outlook.ts'
import { doneSurely } from './surely.ts'
import { uuidOrNull } from './uuid-or-null.ts'

const FIND_PERSON = `SELECT ${personOf('$1::uuid')} AS person`
const FIND_DECIDERS = `SELECT ${decidersFor('$1::uuid')}`

/** The store as core asks for it. Nobody has to ask again because a connection broke. */
export function createStore({ sql }: Pick<Database, 'sql'>): Store {
  const { alertOnce, ...reads } = createStatements(sql)
  return { ...doneSurely(reads), alertOnce, commit: (change) => commitSurely(sql, change) }
}

function createStatements(sql: Database['sql']): Omit<Store, 'commit'> {
  return {
    findPerson: async (personId) => {
      const [row] = await sql.unsafe<{ person: Person | null }[]>(FIND_PERSON, [uuidOrNull(personId)], {
        prepare: true,
      })
      return row?.person ?? null
    },
    findBooking: async (bookingId) => {
      const id = uuidOrNull(bookingId)
      return id === null ? null : findBooking(sql, 'id', id)
    },
    findBookingByRequestKey: (requestKey) => findBooking(sql, 'requestKey', requestKey),
    findBookingByStep: async (stepId) => {
      const id = uuidOrNull(stepId)
      return id === null ? null : findBooking(sql, 'step', id)
    },
    deciders: async (requesterId): Promise<Deciders> => {
      const [row] = await sql.unsafe<DecidersDocument[]>(FIND_DECIDERS, [requesterId], { prepare: true })
      if (!row) throw new Error('A SELECT without FROM gave no row')
      return toDeciders(row)
    },
    decisionSituation: (query) => decisionSituation(sql, query),
    requestSituation: (query) => requestSituation(sql, query),
    siteOutlook: (query) => siteOutlook(sql, query),
    alertOnce: (...alert) => alertOnce(sql, ...alert),
  }
}
