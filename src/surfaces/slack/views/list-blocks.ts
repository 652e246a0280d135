import type { Outcome } from '../../view-models/card-outcomes.ts'
import { escaped } from '../mrkdwn.ts'

/** The lists that show themselves anew after a press in them, by the word that asks for them. */
export type PersonalList = 'mine' | 'approvals'

/** The list that a modal was opened from, and where Slack takes a new picture of it: for 30 minutes, five times. */
export interface ListPlace {
  name: PersonalList
  responseUrl: string
}

/** Slack keeps no ephemeral message, and sends none along with a press: the block says which list was pressed. */
export function listBlockId(list: PersonalList, id: string): string {
  return `list:${list}:${id}`
}

/** The list that a pressed block stands in, if any. */
export function listOfBlock(blockId: string): PersonalList | null {
  const list = /^list:(\w+):/.exec(blockId)?.[1]
  return list === 'mine' || list === 'approvals' ? list : null
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
