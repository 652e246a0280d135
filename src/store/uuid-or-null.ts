/** What a button carries is not believed: anything else than an id finds nothing. */
export function uuidOrNull(text: string): string | null {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text) ? text : null
}
