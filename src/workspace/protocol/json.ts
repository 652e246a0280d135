/** A JSON object whose fields nobody has looked at yet. */
export type Fields = Record<string, unknown>

/** Whether the value is a JSON object (not an array, not null). */
export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The value as a list of objects: whatever else it holds, or is, falls away. */
export function fieldsList(value: unknown): Fields[] {
  return Array.isArray(value) ? value.filter(isFields) : []
}

/** The text, or '' for anything that is not one. */
export function stringOf(value: unknown): string {
  return typeof value === 'string' ? value : ''
}

/** The parsed JSON, or undefined when it is none. */
export function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
