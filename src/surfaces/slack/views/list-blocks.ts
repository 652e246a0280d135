import type { Outcome } from '../../view-models/card-outcomes.ts'
import { type ListLook, lookOf, OPENED, packedLook } from '../../view-models/list-look.ts'
import { escaped } from '../mrkdwn.ts'

/** The lists that show themselves anew after a press in them, by the word that asks for them. */
export type PersonalList = 'mine' | 'approvals'

/** A list as somebody sees it. */
export interface ShownList {
  name: PersonalList
  look: ListLook
}

/** The list that a modal was opened from, and where Slack takes a new picture of it: for 30 minutes, five times. */
export interface ListPlace extends ShownList {
  responseUrl: string
}

/**
 * Slack keeps no ephemeral message, and sends none along with a press: the block says which list was pressed, and which rows
 * it shows. At most 255 characters. https://docs.slack.dev/reference/block-kit/blocks/actions-block
 */
export function listBlockId(list: PersonalList, id: string, look: ListLook = OPENED): string {
  return `list:${list}:${packedLook(look)}:${id}`
}

/** Returns the list that a pressed block stands in, if any, as it was shown. */
export function listOfBlock(blockId: string): ShownList | null {
  const [, name, look] = /^list:(\w+):([\w.-]*):/.exec(blockId) ?? []
  return name === 'mine' || name === 'approvals' ? { name, look: lookOf(look) } : null
}

const MARK: Record<Outcome['mark'], string> = {
  good: ':white_check_mark:',
  bad: ':no_entry_sign:',
  neutral: ':fast_forward:',
}

/** What was decided about a request before: whoever is next decides knowing it. */
export function outcomeLines(outcomes: Outcome[]): string[] {
  return outcomes.map(({ mark, text }) => `${MARK[mark]} ${escaped(text)}`)
}

/** A row that needs nothing any more keeps its place. */
export function doneLine(text: string): string {
  return `:ballot_box_with_check: ${escaped(text)}`
}
