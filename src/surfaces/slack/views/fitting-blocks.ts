import type { KnownBlock } from '@slack/types'
import { LIMITS } from '../limits.ts'
import { clippedMrkdwn, mrkdwn } from '../mrkdwn.ts'

/** Slack refuses blocks of some 13,000 characters in all, a limit that no page of its states. https://github.com/slackapi/bolt-js/issues/2509 */
const MOST_CHARACTERS = 12_000
/** https://docs.slack.dev/reference/block-kit/blocks */
const MOST_BLOCKS = 50
/** What stands before and after a list has room here. */
const RESERVED = { characters: 2000, blocks: 10 }

/** As many of the entries as fit into one message beside `others`, and how many do not. */
export function fittingEntries(
  entries: KnownBlock[][],
  others: KnownBlock[] = [],
): { blocks: KnownBlock[]; left: number } {
  const blocks: KnownBlock[] = []
  let characters = JSON.stringify(others).length
  for (const [index, entry] of entries.entries()) {
    characters += JSON.stringify(entry).length
    const isFull =
      characters > MOST_CHARACTERS - RESERVED.characters || blocks.length + entry.length > MOST_BLOCKS - RESERVED.blocks
    if (isFull) return { blocks, left: entries.length - index }
    blocks.push(...entry)
  }
  return { blocks, left: 0 }
}

/** As many lines of escaped mrkdwn as fit into one message; a section holds as many of them as it can. */
export function fittingLines(lines: string[]): { blocks: KnownBlock[]; shown: number } {
  const texts: string[] = []
  let characters = 0
  let shown = 0
  for (const whole of lines) {
    const line = clippedMrkdwn(whole, LIMITS.sectionText)
    characters += JSON.stringify(line).length
    if (characters > MOST_CHARACTERS - RESERVED.characters) break
    const joined = `${texts.at(-1)}\n${line}`
    if (texts.length > 0 && joined.length <= LIMITS.sectionText) texts[texts.length - 1] = joined
    else texts.push(line)
    shown += 1
  }
  return { blocks: texts.map((text) => ({ type: 'section', text: mrkdwn(text) })), shown }
}
