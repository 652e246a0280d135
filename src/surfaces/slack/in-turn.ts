/**
 * Does the works of one key one after the other, and leaves out those that a newer one has overtaken by then. Each is given
 * what the one before it gave, if that one was still to come or under way.
 */
export function createTurns<Given>() {
  const newest = new Map<string, Promise<Given | null>>()
  return async (key: string, work: (before: Given | null) => Promise<Given | null>): Promise<void> => {
    const before = newest.get(key) ?? Promise.resolve(null)
    const turn: Promise<Given | null> = before
      .catch(() => null)
      .then((given) => (newest.get(key) === turn ? work(given) : given))
    newest.set(key, turn)
    await turn.finally(() => {
      if (newest.get(key) === turn) newest.delete(key)
    })
  }
}
