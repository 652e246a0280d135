/**
 * Closes what was opened, the last first, and each of them whatever happens to the others.
 * @throws the only error, or an AggregateError of all of them, once everything has been tried
 */
export async function closeAll(closers: (() => unknown)[]): Promise<void> {
  const errors: unknown[] = []
  for (const close of closers.splice(0).reverse()) {
    try {
      await close()
    } catch (error) {
      errors.push(error)
    }
  }
  if (errors.length === 1) throw errors[0]
  if (errors.length > 1) throw new AggregateError(errors, `${errors.length} parts could not be closed`)
}
