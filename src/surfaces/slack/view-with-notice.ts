import type { ViewOutput } from '@slack/bolt'
import type { KnownBlock, ModalView } from '@slack/types'
import { escaped, mrkdwn } from './mrkdwn.ts'

const NOTICE_BLOCK = 'answer'

/** The parts of a view, as Slack sends it, that make the same view again. */
type SentView = Pick<ModalView, 'title'> &
  Partial<Pick<ViewOutput, 'callback_id' | 'private_metadata' | 'blocks'>> & {
    submit?: ModalView['submit'] | null
    close?: ModalView['close'] | null
  }

/** The same form with one line on top, for what is about no field. What was typed stays, for the blocks keep their ids. */
export function viewWithNotice(view: SentView, text: string): ModalView {
  const { callback_id, title, submit, close, private_metadata } = view
  const blocks = ((view.blocks ?? []) as KnownBlock[]).filter((block) => block.block_id !== NOTICE_BLOCK)
  return {
    type: 'modal',
    callback_id,
    title,
    ...(submit && { submit }),
    ...(close && { close }),
    private_metadata,
    blocks: [{ type: 'section', block_id: NOTICE_BLOCK, text: mrkdwn(`:warning: ${escaped(text)}`) }, ...blocks],
  }
}
