/** Up to where a person has read. */
export interface SeenMarks {
  /** `ts` of the last message seen. */
  message: number
  /** How many mails were seen. */
  mails: number
}

export interface Seen {
  marks(userId: string): SeenMarks
  /** Moves the marks; says whether that changed anything. */
  mark(userId: string, marks: SeenMarks): boolean
  all(): [string, SeenMarks][]
}

export function createSeen(stored: [string, SeenMarks][]): Seen {
  const seen = new Map(stored)
  const marksOf = (userId: string): SeenMarks => seen.get(userId) ?? { message: 0, mails: 0 }
  return {
    marks: marksOf,
    mark(userId, marks) {
      const before = marksOf(userId)
      seen.set(userId, marks)
      return before.message !== marks.message || before.mails !== marks.mails
    },
    all: () => [...seen],
  }
}
