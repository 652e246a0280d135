/** What a check came to: a warning may be as it is meant, a problem keeps something from working. */
export interface Finding {
  level: 'ok' | 'warning' | 'problem'
  /** What was looked at: "Database". */
  about: string
  /** What was found and, unless it is ok, what to do. */
  text: string
}
