/** Runs once for all tests: what tests need to know of it, and how it ends. */
export interface Started {
  value: string
  stop(): Promise<void>
}
