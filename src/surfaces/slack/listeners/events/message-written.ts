import type { AllMiddlewareArgs, SlackEventMiddlewareArgs } from '@slack/bolt'
import { cleanText } from '../../../../core/text/clean-text.ts'
import { unescaped } from '../../mrkdwn.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { SORRY } from '../commands/personal-answer.ts'
import { answerWritten } from '../commands/written.ts'

type Written = SlackEventMiddlewareArgs<'message'> & AllMiddlewareArgs

/** Messages of people: words alone, or words with a file. Edits, deletions and what Slack itself says are of other kinds. */
const OF_PEOPLE = new Set<string | undefined>([undefined, 'file_share'])

/**
 * Answers what somebody writes in their conversation with Motorpool, once, however often Slack sends it.
 * https://docs.slack.dev/reference/events/message.im
 */
export function messageWritten(deps: SlackDeps) {
  return async ({ event, body, client }: Written) => {
    if (!OF_PEOPLE.has(event.subtype) || event.channel_type !== 'im') return
    if (!('user' in event) || !event.user || ('bot_id' in event && event.bot_id)) return
    const { channel, ts, user: userId } = event
    const isFirst = await isFirstTime(deps, `${body.team_id}/${channel}`, ts)
    if (isFirst === false) return
    const words = cleanText(unescaped('text' in event ? (event.text ?? '') : ''))
    const actor = { teamId: body.team_id, userId }
    const answer = isFirst ? await answerWritten(deps, actor, words) : SORRY
    await client.chat.postMessage({ channel, ...answer, unfurl_links: false, unfurl_media: false })
  }
}

/** Returns null where that cannot be found out. */
async function isFirstTime({ activities, log }: SlackDeps, conversation: string, ts: string): Promise<boolean | null> {
  try {
    return await activities.isFirst(conversation, ts)
  } catch (error) {
    log.error({ err: error }, 'A message could not be looked up')
    return null
  }
}
