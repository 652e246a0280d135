import type { Button, KnownBlock } from '@slack/types'
import { AWAY_WORDS } from '../../view-models/away-words.ts'
import { clipped } from '../../view-models/clipped.ts'
import { DISCARD_WORDS, type DraftEntry } from '../../view-models/draft-words.ts'
import type { Home } from '../../view-models/home.ts'
import { escaped, mrkdwn, plain, sections } from '../mrkdwn.ts'
import { CONTINUE_DRAFT, OPEN_FORM } from './notice-modal.ts'

export const OPEN_AWAY = 'away_open'
export const END_ABSENCE = 'away_end'
export const DISCARD_DRAFT = 'draft_discard'

/** How long one line of a draft may be, so that the longest Home stays far inside Slack's limits. */
const LINE = 400

/** What one can begin here, and, where somebody is or will be away, that they are. */
export function beginningBlocks({ away }: Pick<Home, 'away'>): KnownBlock[] {
  const { own, standingIn } = away
  const book = button(OPEN_FORM, 'Book a car', { style: 'primary' })
  const standIns = standingIn.map((line) => `:busts_in_silhouette: ${escaped(line)}`)
  return [
    { type: 'actions', elements: own ? [book] : [book, button(OPEN_AWAY, 'I am away …')] },
    ...(own
      ? [
          ...sections(`:palm_tree: ${escaped(own.text)}`),
          {
            type: 'actions' as const,
            elements: [
              button(END_ABSENCE, own.isAway ? AWAY_WORDS.back : AWAY_WORDS.stay),
              button(OPEN_AWAY, AWAY_WORDS.change),
            ],
          },
        ]
      : []),
    ...(standIns.length > 0 ? sections(standIns.join('\n')) : []),
  ]
}

/** Forms that were put aside, newest first. */
export function draftsBlocks({ drafts }: Pick<Home, 'drafts'>): KnownBlock[] {
  if (drafts.entries.length === 0) return []
  const more = drafts.more > 0 ? [quiet(`and ${drafts.more} more, shown once you have sent or discarded some`)] : []
  return [{ type: 'header', text: plain('Your drafts') }, ...drafts.entries.flatMap(draftBlocks), ...more]
}

function draftBlocks({ draftId, text, kept }: DraftEntry): KnownBlock[] {
  if (kept === null) return [quiet(escaped(text))]
  const { question, what, yes, no } = DISCARD_WORDS
  const confirm = { title: plain(question), text: plain(what), confirm: plain(yes), deny: plain(no) }
  return [
    {
      type: 'section',
      text: mrkdwn(`${escaped(clipped(text, LINE))}\n${escaped(kept)}`),
    },
    {
      type: 'actions',
      elements: [
        button(CONTINUE_DRAFT, 'Continue', { value: draftId }),
        { ...button(DISCARD_DRAFT, 'Discard', { value: draftId }), confirm: { ...confirm, style: 'danger' } },
      ],
    },
  ]
}

function quiet(text: string): KnownBlock {
  return { type: 'context', elements: [mrkdwn(text)] }
}

function button(actionId: string, label: string, look: Pick<Button, 'style' | 'value'> = {}): Button {
  return { type: 'button', action_id: actionId, text: plain(label), ...look }
}
