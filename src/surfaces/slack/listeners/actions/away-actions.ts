import { endAbsence } from '../../../../core/people/set-absence.ts'
import { AWAY_WORDS, backWords } from '../../../view-models/away-words.ts'
import { UNIDENTIFIED_WORDS } from '../../../view-models/unidentified-words.ts'
import { actorOf, identify } from '../../identify.ts'
import { moveWaiting } from '../../move-waiting.ts'
import { escaped } from '../../mrkdwn.ts'
import { openAway } from '../../open-away.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { tellAlone } from '../../tell-alone.ts'
import { noticeModal } from '../../views/notice-modal.ts'
import type { ButtonArgs } from './press.ts'

const FAILED = 'It is not certain that this was saved. Please press again: it does no harm.'

/** The button in the Home, or of a form that could not be opened in time. */
export function away(deps: SlackDeps) {
  return async ({ ack, body, client, respond }: ButtonArgs) => {
    await ack()
    await openAway(deps, {
      client,
      actor: actorOf(body),
      triggerId: body.trigger_id,
      tell: (message) => tellAlone({ client, respond, body }, AWAY_WORDS.title, message),
    })
  }
}

/** They are back, or stay after all: told in the form that was pressed, or beside the Home; then what waits comes back. */
export function back(deps: SlackDeps) {
  return async ({ ack, body, client, respond }: ButtonArgs) => {
    await ack()
    const { text, personId } = await end(deps, actorOf(body))
    try {
      if (body.view?.type === 'modal') {
        await client.views.update({ view_id: body.view.id, view: noticeModal(AWAY_WORDS.title, text) })
      } else {
        await tellAlone({ client, respond, body }, AWAY_WORDS.title, { text: escaped(text), blocks: [] })
      }
    } finally {
      if (personId) await moveWaiting(deps, personId)
    }
  }
}

/** Never throws. `personId`: whose absence is over. */
async function end(
  deps: SlackDeps,
  actor: ReturnType<typeof actorOf>,
): Promise<{ text: string; personId: string | null }> {
  const { core, absences, homes, log } = deps
  try {
    const person = await identify(deps, actor)
    if (typeof person === 'string') return { text: UNIDENTIFIED_WORDS[person], personId: null }
    const was = await endAbsence({ ...core, absences }, { personId: person.id })
    // Whoever ends what is over looks at a Home that is behind.
    if (!was) await homes.changed([person.id])
    return { text: backWords(was, core.now()), personId: was && person.id }
  } catch (error) {
    log.error({ err: error }, 'An absence could not be ended')
    return { text: FAILED, personId: null }
  }
}
