/**
 * The circles in who manages whom that somebody of `starts` is part of: each once, beginning with the first of them.
 * `managers` leads from one address to the next, or to null.
 */
export function managerCircles(managers: ReadonlyMap<string, string | null>, starts: readonly string[]): string[][] {
  const circles: string[][] = []
  const done = new Set<string>()
  for (const start of starts) {
    const path: string[] = []
    const onPath = new Set<string>()
    let at: string | null = start
    while (at !== null && !done.has(at) && !onPath.has(at)) {
      path.push(at)
      onPath.add(at)
      at = managers.get(at) ?? null
    }
    if (at !== null && onPath.has(at)) circles.push(path.slice(path.indexOf(at)))
    for (const email of path) done.add(email)
  }
  return circles.flatMap((circle) => {
    const first = starts.find((start) => circle.includes(start))
    if (first === undefined) return []
    const from = circle.indexOf(first)
    return [[...circle.slice(from), ...circle.slice(0, from)]]
  })
}
