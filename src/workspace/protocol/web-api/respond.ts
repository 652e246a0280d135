import type { Answer } from '../faults.ts'
import type { Fields } from '../json.ts'
import type { World } from '../world.ts'
import { ApiRefusal } from './api-refusal.ts'
import { messageChange, messageContent } from './post-message.ts'
import type { ResponseTarget } from './response-urls.ts'

/**
 * What the app sends to a response URL: a new message (ephemeral unless it says `in_channel`), or a replacement for, or
 * the deletion of, the message that was pressed.
 * https://docs.slack.dev/interactivity/handling-user-interaction#message_responses
 */
export function answerResponseUrl(world: World, secret: string, args: Fields): Answer {
  try {
    respond(world, world.responseUrls.use(secret), args)
    return { status: 200, body: { ok: true } }
  } catch (error) {
    if (!(error instanceof ApiRefusal)) throw error
    const status = error.code === 'expired_url' || error.code === 'used_url' ? 404 : 400
    return { status, body: { ok: false, error: error.code } }
  }
}

/** Shows such an answer; also the body of an acknowledgement is one. */
export function respond(world: World, target: ResponseTarget, args: Fields): void {
  const pressed = target.ts === undefined ? undefined : world.conversations.find(target.channel, target.ts)
  if (args.delete_original === true) {
    if (pressed) world.conversations.remove(pressed)
    return
  }
  if (args.replace_original === true && pressed) {
    const { text, blocks } = messageChange(args)
    world.conversations.change(pressed, { text: text ?? '', blocks: blocks ?? [] })
    return
  }
  const ephemeral = args.response_type !== 'in_channel'
  world.conversations.add({ channel: target.channel, from: 'bot', ephemeral, ...messageContent(args) })
}
