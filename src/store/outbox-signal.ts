import type postgres from 'postgres'

const CHANNEL = 'motorpool_outbox'
/** Many commits, one NOTIFY: inside the writing transaction it would take a global lock at each commit. Milliseconds. */
const GATHER = 100

/** Tells the relays of all processes that something was committed. Best effort: each of them also looks by itself. */
export function createOutboxSignal(sql: postgres.Sql) {
  // What this process announces it knows already.
  const self = crypto.randomUUID()
  let gathering = false
  return {
    announce: (): void => {
      if (gathering) return
      gathering = true
      setTimeout(() => {
        gathering = false
        sql.notify(CHANNEL, self).catch(() => {})
      }, GATHER).unref()
    },
    listen: async (wake: () => void): Promise<void> => {
      await sql.listen(CHANNEL, (from) => {
        if (from !== self) wake()
      })
    },
  }
}
