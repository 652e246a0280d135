import { packedLook, pagesBeside, pageWords } from '../../view-models/list-look.ts'
import type { Element, Execute } from './adaptive-card.ts'
import { execute, type PersonalList, row } from './booking-actions.ts'
import { line } from './parts.ts'

export const LIST_PAGE = 'list.page'

/** What of a list a card shows. */
export interface ShownRows {
  offset: number
  /** Rows on the card, and those of them that no longer count. */
  shown: number
  gone: number
  /** How many follow. */
  more: number
}

/** Says which part of a list is shown, and leads to the others; nothing where all of it is. */
export function pageElements(list: PersonalList, rows: ShownRows): Element[] {
  const { back, next } = pagesBeside(rows)
  if (back === null && next === null) return []
  const { offset, shown, gone, more } = rows
  return [
    ...(shown > 0 ? [line(pageWords(offset, shown, offset + shown - gone + more), { isSubtle: true })] : []),
    row([...turn('Back', list, back), ...turn('Next', list, next)]),
  ]
}

function turn(title: string, list: PersonalList, offset: number | null): Execute[] {
  if (offset === null) return []
  return [execute(LIST_PAGE, title, { list, look: packedLook({ offset, rows: null }) }, { associatedInputs: 'none' })]
}
