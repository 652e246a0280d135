import { inject } from 'vitest'
import type { Name } from './start-on-demand.ts'

/** Returns what a test needs to know of something that runs once for all tests. Whoever asks first has it started. */
export async function onDemand(name: Name): Promise<string> {
  const response = await fetch(`${inject('startOnDemand')}/${name}`)
  const text = await response.text()
  if (!response.ok) throw new Error(`${name} did not start: ${text}`)
  return text
}
