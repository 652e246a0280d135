/** Does the works of one key one after the other, and leaves out those that a newer one has overtaken by then. */
export function createTurns() {
  const newest = new Map<string, Promise<void>>()
  return async (key: string, work: () => Promise<void>): Promise<void> => {
    const before = newest.get(key) ?? Promise.resolve()
    const turn: Promise<void> = before
      .catch(() => {})
      .then(() => (newest.get(key) === turn ? work() : Promise.resolve()))
    newest.set(key, turn)
    await turn.finally(() => {
      if (newest.get(key) === turn) newest.delete(key)
    })
  }
}
