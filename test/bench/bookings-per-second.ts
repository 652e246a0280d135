import postgres from 'postgres'
import { requestBooking } from '../../src/core/booking/request-booking.ts'
import type { RequestSituation } from '../../src/core/ports.ts'
import { commit } from '../../src/store/commit.ts'
import { type BenchCompany, openBenchCompany } from './bench-company.ts'
import type { BenchServer } from './bench-server.ts'
import type { Figure, Measurement } from './figure.ts'

/** Milliseconds; each of the two ways takes its turn, twice. */
const TURN = 1500
const WARM_UP = 1500
const JSONB = 3802

/** Bookings through the whole use case, beside the same rows written as one bare statement by the same driver. */
export const bookingsPerSecond: Measurement = {
  name: 'bookings',
  measure: async (server: BenchServer) => {
    const url = await server.createDatabase()
    const company = await openBenchCompany(url)
    const ready = { to: JSONB, from: [], serialize: (text: string) => text, parse: (text: string) => text }
    const bare = postgres(url, { max: company.database.sql.options.max, types: { ready }, onnotice: () => {} })
    const figures: Figure[] = []
    try {
      const statements = createStatements(company)
      let next = 0
      const book = async () => void (await requestBooking(company.deps, company.request(next++)))
      const write = async (statement: Statement) => {
        const rows = await bare.unsafe(statement.text, [bare.typed.ready(statement.document)], { prepare: true })
        if (rows.length === 0) throw new Error('the bare statement wrote nothing')
      }
      await inTurns(8, WARM_UP, book)
      // Plans made for empty tables would stay until the server's own analysis, a minute later.
      await company.database.sql`ANALYZE`
      for (const callers of [1, 8, 20]) {
        const rates = { useCase: 0, bare: 0 }
        for (let turn = 0; turn < 2; turn++) {
          const rate = await inTurns(callers, TURN, book)
          const prepared = await statements(next, Math.ceil((rate * 6 * TURN) / 1000))
          next += prepared.length
          rates.useCase += rate / 2
          rates.bare += (await inTurns(callers, TURN, () => write(taken(prepared)))) / 2
        }
        figures.push(figure(callers, rates))
      }
    } finally {
      await bare.end()
      await company.database.close()
    }
    return figures
  },
}

function figure(callers: number, { useCase, bare }: { useCase: number; bare: number }): Figure {
  const ratio = useCase / bare
  return {
    figure: `bookings a second, ${callers} ${callers === 1 ? 'caller' : 'callers'}`,
    goal: '≥ 0.33 of one bare statement',
    measured: `${Math.round(useCase)} : ${Math.round(bare)} = ${ratio.toFixed(2)}`,
    met: ratio >= 1 / 3,
  }
}

/** How often a second so many callers got it done, each one after another. */
async function inTurns(callers: number, duration: number, act: () => Promise<void>): Promise<number> {
  const start = performance.now()
  let done = 0
  const caller = async () => {
    while (performance.now() - start < duration) {
      await act()
      done++
    }
  }
  await Promise.all(Array.from({ length: callers }, caller))
  return (done * 1000) / (performance.now() - start)
}

interface Statement {
  text: string
  document: string
}

function taken(statements: Statement[]): Statement {
  const statement = statements.pop()
  if (!statement) throw new Error('too few statements were prepared')
  return statement
}

/** What the use case would send for the requests from `start` on: the statement and its document, ready as text. */
function createStatements({ deps, request }: BenchCompany) {
  const situations = new Map<string, RequestSituation>()
  return async (start: number, count: number): Promise<Statement[]> => {
    const statements: Statement[] = []
    const recorder = {
      json: (document: unknown) => document,
      unsafe: async (text: string, [document]: unknown[]) => {
        statements.push({ text, document: JSON.stringify(document) })
        return [{ kind: 'committed', number: 0 }]
      },
    } as unknown as postgres.Sql
    const store: typeof deps.store = {
      ...deps.store,
      requestSituation: async (query) => {
        const key = `${query.requesterId} ${query.vehicleId}`
        const situation = situations.get(key) ?? (await deps.store.requestSituation(query))
        situations.set(key, situation)
        return situation
      },
      commit: (change) => commit(recorder, change),
    }
    for (let index = start; index < start + count; index++) await requestBooking({ ...deps, store }, request(index))
    return statements
  }
}
