import { openDatabase } from '../../src/store/database.ts'

/**
 * A process that asks its database without a pause, over the URL in its arguments, until its standard input ends. It ignores
 * statements that fail: the test is about the process, which must outlive each of them.
 */
const [, , url = ''] = process.argv
const { sql, close } = openDatabase(url, 24)
const CALLERS = 24

let isEnding = false
process.stdin.on('end', () => {
  isEnding = true
})
process.stdin.resume()

const LONG = 'x'.repeat(2000)

/** Short and long statements, with and without parameters, alone and in a transaction: each is written in its own way. */
const STATEMENTS: (() => Promise<unknown>)[] = [
  async () => sql`SELECT 1`,
  async () => sql`SELECT ${[1, 2]}::int[] AS list`,
  async () => sql.unsafe('SELECT length($1::text)', [LONG], { prepare: true }),
  () =>
    sql.begin(async (tx) => {
      await tx`SELECT 1`
      await tx`SELECT ${'a'}::text, ${LONG}::text`
    }),
]

async function call(turn: number): Promise<void> {
  for (let at = turn; !isEnding; at += 1) {
    await STATEMENTS[at % STATEMENTS.length]?.().catch(() => {})
  }
}

await Promise.all(Array.from({ length: CALLERS }, (_, caller) => call(caller)))
await close()
