import type { NoticeFacts } from '../../core/notification/notice.ts'

export type NumberedFacts = NoticeFacts & { number: number }

/** What the words of a notice depend on. */
export interface Situation {
  facts: NumberedFacts
  /** "#12" */
  name: string
  isRequester: boolean
  /** When an answer is needed, in the reader's zone; null where nobody is asked. */
  due: string | null
  /** True if that had passed when it happened. */
  isOverdue: boolean
  /** When the trip begins, and what is still undecided expires; in the reader's zone. */
  departure: string
  /** When it happened. */
  now: Date
}

/** What is said by somebody alone, in their own words: “Take the train.”; '' where nothing is. */
export function quoted({ comment }: Pick<NoticeFacts, 'comment'>): string {
  return comment === null || comment.trim() === '' ? '' : `“${comment.trim()}”`
}

/** True if the requester did it themselves. Facts from before ids were kept know people by name alone. */
export function isRequestersDoing({ requesterId, requesterName, actorId, actorName }: NoticeFacts): boolean {
  if (requesterId === undefined || actorId === undefined) return actorName === requesterName
  return actorId === requesterId
}

/** "Anna, Ben and 3 others": as many names as can be read at a glance. */
export function namesPhrase(names: readonly string[]): string {
  const [first, second] = names
  if (first === undefined || second === undefined) return first ?? ''
  return `${first} and ${names.length === 2 ? second : `${names.length - 1} others`}`
}

/** Returns who is asked now and was not before, and whether those who did not answer still are. */
export function whoIsAskedSince(facts: NoticeFacts): { newly: string[]; asWell: boolean } {
  const { waitingFor, passedOnFrom = [] } = facts
  // Facts from before this was kept know people by name alone.
  const newly = facts.newlyAsked ?? waitingFor.filter((name) => !passedOnFrom.includes(name))
  return { newly, asWell: waitingFor.length > newly.length }
}
