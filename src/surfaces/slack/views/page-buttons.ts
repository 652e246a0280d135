import type { Button, KnownBlock } from '@slack/types'
import { type ListLook, packedLook, pagesBeside, pageWords } from '../../view-models/list-look.ts'
import { mrkdwn, plain } from '../mrkdwn.ts'
import { listBlockId, type PersonalList } from './list-blocks.ts'

export const LIST_BACK = 'list_back'
export const LIST_NEXT = 'list_next'

/** What of a list a message shows. */
export interface ShownRows {
  offset: number
  /** Rows in the message, and those of them that no longer count. */
  shown: number
  gone: number
  /** How many follow. */
  more: number
}

/** Says which part of a list is shown, and leads to the others; nothing where all of it is. */
export function pageBlocks(list: PersonalList, rows: ShownRows): KnownBlock[] {
  const { back, next } = pagesBeside(rows)
  if (back === null && next === null) return []
  const { offset, shown, gone, more } = rows
  const words = shown > 0 ? [mrkdwn(pageWords(offset, shown, offset + shown - gone + more))] : []
  return [
    ...(words.length > 0 ? [{ type: 'context' as const, elements: words }] : []),
    {
      type: 'actions',
      block_id: listBlockId(list, 'pages', { offset, rows: null }),
      elements: [...turn(LIST_BACK, 'Back', back), ...turn(LIST_NEXT, 'Next', next)],
    },
  ]
}

function turn(actionId: string, label: string, offset: number | null): Button[] {
  if (offset === null) return []
  const value = packedLook({ offset, rows: null } satisfies ListLook)
  return [{ type: 'button', action_id: actionId, text: plain(label), value }]
}
