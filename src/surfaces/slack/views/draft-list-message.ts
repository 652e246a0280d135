import type { DraftEntry } from '../../view-models/draft-words.ts'
import type { SlackMessage } from './booking-card-message.ts'
import { draftsBlocks } from './home-own-blocks.ts'

const NONE = 'You have no drafts. *Save as draft* in the form puts it aside as it is, also half filled.'

/** The forms that somebody put aside, newest first, to go on with or to discard. */
export function draftListMessage(entries: DraftEntry[]): SlackMessage {
  if (entries.length === 0) return { text: NONE, blocks: [] }
  return { text: 'Your drafts', blocks: draftsBlocks({ drafts: { entries, more: 0 } }) }
}
