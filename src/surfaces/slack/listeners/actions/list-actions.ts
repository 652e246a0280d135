import { lookOf } from '../../../view-models/list-look.ts'
import { actorOf } from '../../identify.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { listOfBlock } from '../../views/list-blocks.ts'
import { personalList } from '../commands/personal-answer.ts'
import type { ButtonArgs } from './press.ts'

/** Shows another page of the list that was pressed; the button carries where it begins. */
export function turnPage(deps: SlackDeps) {
  return async ({ ack, action, body, respond }: ButtonArgs) => {
    await ack()
    const list = listOfBlock(action.block_id)
    if (!list) return
    const shown = await personalList(deps, actorOf(body), list.name, null, lookOf(action.value))
    await respond({ response_type: 'ephemeral', replace_original: true, ...shown })
  }
}
