import type { Actor } from '../../identify.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { ListPlace } from '../../views/list-blocks.ts'
import { personalList } from '../commands/personal-answer.ts'

/** As long as the Web API's client waits, in milliseconds. */
const TIMEOUT = 10_000

/**
 * The list that a modal was opened from, as it stands now. Bolt answers only the press at hand, so the address comes from
 * the modal. Never throws: Slack takes no more after 30 minutes, and a button of an old list says what has changed.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export async function showListAnew(
  deps: SlackDeps,
  actor: Actor,
  { name, look, responseUrl }: ListPlace,
): Promise<void> {
  const shown = await personalList(deps, actor, name, null, look)
  try {
    const response = await fetch(responseUrl, {
      method: 'POST',
      headers: { 'Content-Type': 'application/json' },
      body: JSON.stringify({ response_type: 'ephemeral', replace_original: true, ...shown }),
      signal: AbortSignal.timeout(TIMEOUT),
    })
    await response.body?.cancel()
  } catch (error) {
    deps.log.error({ err: error }, 'A list could not be shown anew')
  }
}
