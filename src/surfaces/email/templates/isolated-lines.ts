import { createElement, Fragment } from 'react'
import type { NoticeFacts } from '../../../core/notification/notice.ts'
import { TypedLines } from './typed-lines.tsx'

/**
 * A sentence of ours with what people typed in it, each piece by itself: a name from right to left does not turn the words
 * and numbers around it.
 */
export function IsolatedLines({ text, facts }: { text: string; facts: NoticeFacts }) {
  const typed = typedIn(facts)
  // Split with a group keeps what it splits by: every second piece is one that somebody typed.
  const pieces = typed.length === 0 ? [text] : text.split(new RegExp(`(${typed.map(literally).join('|')})`))
  const elements = pieces.map((piece, index) =>
    createElement(index % 2 === 1 ? 'bdi' : Fragment, null, createElement(TypedLines, { text: piece })),
  )
  return createElement(Fragment, null, ...elements)
}

/** The longest first, for one may be a part of another. */
function typedIn(facts: NoticeFacts) {
  const { requesterName, requesterDepartment, actorName, onBehalfOf, comment, undelivered } = facts
  const named = [requesterName, requesterDepartment, actorName, onBehalfOf, comment?.trim(), undelivered?.name]
  const all = [...named, ...facts.waitingFor, ...(facts.passedOnFrom ?? [])]
  return all.flatMap((typed) => typed || []).toSorted((a, b) => b.length - a.length)
}

function literally(text: string): string {
  return text.replaceAll(/[\\^$.*+?()[\]{}|]/g, '\\$&')
}
