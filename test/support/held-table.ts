import type { Database } from '../../src/store/database.ts'

/** Makes everybody who wants this table wait until it is released. */
export async function holdTable({ sql }: Database, table: string): Promise<{ release(): Promise<void> }> {
  const own = await sql.reserve()
  await own`BEGIN`
  await own`LOCK TABLE ${own(table)} IN ACCESS EXCLUSIVE MODE`
  let held = true
  return {
    release: async () => {
      if (!held) return
      held = false
      await own`COMMIT`
      own.release()
    },
  }
}
