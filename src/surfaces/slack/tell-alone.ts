import type { RespondFn } from '@slack/bolt'
import type { WebClient } from '@slack/web-api'
import { mrkdwn, plain } from './mrkdwn.ts'
import type { SlackMessage } from './views/booking-card-message.ts'

export interface Telling {
  client: WebClient
  respond: RespondFn
  body: { response_url?: string; trigger_id: string; user: { id: string } }
}

/**
 * Says something to the person who acts and to nobody else: where they are, and where Slack has no such place (Home, a
 * shortcut) in a small modal; once the trigger is spent, in their conversation with the app.
 */
export async function tellAlone(
  { client, respond, body }: Telling,
  title: string,
  message: SlackMessage,
): Promise<void> {
  if (body.response_url) {
    await respond({ response_type: 'ephemeral', replace_original: false, ...message })
    return
  }
  const blocks = message.blocks.length > 0 ? message.blocks : [{ type: 'section' as const, text: mrkdwn(message.text) }]
  const view = { type: 'modal' as const, title: plain(title), close: plain('Close'), blocks }
  try {
    await client.views.open({ trigger_id: body.trigger_id, view })
  } catch {
    await client.chat.postMessage({ channel: body.user.id, ...message })
  }
}
