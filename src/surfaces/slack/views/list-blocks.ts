/** The lists that show themselves anew after a press in them, by the word that asks for them. */
export type PersonalList = 'mine' | 'approvals'

/** Slack keeps no ephemeral message, and sends none along with a press: the block says which list was pressed. */
export function listBlockId(list: PersonalList, id: string): string {
  return `list:${list}:${id}`
}

/** The list that a pressed block stands in, if any. */
export function listOfBlock(blockId: string): PersonalList | null {
  const list = /^list:(\w+):/.exec(blockId)?.[1]
  return list === 'mine' || list === 'approvals' ? list : null
}
