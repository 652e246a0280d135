/** Something that is to be done now and then. */
export interface Job {
  name: string
  /**
   * Does what is due at `now` (business time), and leaves what it has not begun once `stopping` says so. A tick may run in
   * every process at once: each job takes care that what it does is done once.
   */
  run(now: Date, stopping: AbortSignal): Promise<void>
}

/** Where jobs say what went wrong. */
export interface JobLog {
  error(facts: object, message: string): void
}
