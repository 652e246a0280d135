/** So long the first waits for others that come in the same moment. Milliseconds. */
const GATHER = 25

/**
 * Writes together what is asked for in one moment: a statement costs our process more than a row of it does. Whoever asks waits
 * until theirs is written, and hears of the error when it is not.
 */
export function together<Item>(write: (items: Item[]) => Promise<unknown>): (item: Item) => Promise<void> {
  let gathered: Item[] = []
  let writing: Promise<unknown> | null = null

  async function writeAll() {
    await new Promise((resolve) => setTimeout(resolve, GATHER))
    const items = gathered
    gathered = []
    writing = null
    await write(items)
  }

  return async (item) => {
    gathered.push(item)
    writing ??= writeAll()
    await writing
  }
}
