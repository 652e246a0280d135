import type { StoredMessage } from '../conversations.ts'
import { type Fields, stringOf } from '../json.ts'
import type { World } from '../world.ts'
import { ApiRefusal } from './api-refusal.ts'
import { addressee, messageChange, messageContent, slackMessage } from './post-message.ts'

/** https://docs.slack.dev/reference/methods/chat.postMessage */
export function chatPostMessage(world: World, args: Fields): Fields {
  const { channel } = addressee(world, args.channel)
  const message = world.conversations.add({ channel, from: 'bot', ...messageContent(args) })
  return { channel, ts: message.ts, message: slackMessage(world, message, true) }
}

/** https://docs.slack.dev/reference/methods/chat.update */
export function chatUpdate(world: World, args: Fields): Fields {
  const message = ownMessage(world, args, 'cant_update_message')
  world.conversations.change(message, messageChange(args))
  const { channel, ts, text } = message
  return { channel, ts, text, message: slackMessage(world, message, true) }
}

/** https://docs.slack.dev/reference/methods/chat.delete */
export function chatDelete(world: World, args: Fields): Fields {
  const message = ownMessage(world, args, 'cant_delete_message')
  world.conversations.remove(message)
  return { channel: message.channel, ts: message.ts }
}

/** https://docs.slack.dev/reference/methods/chat.postEphemeral */
export function chatPostEphemeral(world: World, args: Fields): Fields {
  const person = addressee(world, args.channel)
  if (person.userId !== args.user) throw new ApiRefusal('user_not_in_channel')
  const content = messageContent(args)
  const message = world.conversations.add({ channel: person.channel, from: 'bot', ephemeral: true, ...content })
  return { message_ts: message.ts }
}

/** A message of the bot's that can be changed: by the conversation's own id, and never an ephemeral one. */
function ownMessage(world: World, args: Fields, refusal: string): StoredMessage {
  const channel = stringOf(args.channel)
  if (!world.directory.byChannel(channel)) throw new ApiRefusal('channel_not_found')
  const message = world.conversations.find(channel, stringOf(args.ts))
  if (!message || message.ephemeral) throw new ApiRefusal('message_not_found')
  if (message.from !== 'bot') throw new ApiRefusal(refusal)
  return message
}
