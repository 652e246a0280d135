import type postgres from 'postgres'

const CHANNEL = 'motorpool_outbox'
/** Many commits, one NOTIFY: inside the writing transaction it would take a global lock at each commit. Milliseconds. */
const GATHER = 20

/** Tells the relays of all processes that something was committed. Best effort: each of them also looks by itself. */
export function createOutboxSignal(sql: postgres.Sql) {
  let gathering = false
  return {
    announce: (): void => {
      if (gathering) return
      gathering = true
      setTimeout(() => {
        gathering = false
        sql.notify(CHANNEL, '').catch(() => {})
      }, GATHER).unref()
    },
    listen: async (wake: () => void): Promise<void> => {
      await sql.listen(CHANNEL, wake)
    },
  }
}
