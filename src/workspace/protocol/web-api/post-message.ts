import type { MessageMetadata } from '@slack/types'
import { LIMITS } from '../block-kit/block-limits.ts'
import { blockProblems } from '../block-kit/check-blocks.ts'
import type { MessageChange, StoredMessage } from '../conversations.ts'
import type { DirectoryPerson } from '../directory.ts'
import { type Fields, isFields, stringOf } from '../json.ts'
import type { World } from '../world.ts'
import { ApiRefusal } from './api-refusal.ts'

/** A message object. https://docs.slack.dev/reference/events/message */
export function slackMessage(world: World, message: StoredMessage, withMetadata: boolean): Fields {
  const author =
    message.from === 'bot'
      ? { user: world.bot.userId, bot_id: world.bot.botId, app_id: world.bot.appId }
      : { user: world.directory.byChannel(message.channel)?.userId }
  return {
    type: 'message',
    ...author,
    team: world.team.id,
    ts: message.ts,
    text: message.text,
    blocks: message.blocks,
    ...(message.edited && { edited: { user: world.bot.userId, ts: message.ts } }),
    ...(withMetadata && message.metadata && { metadata: message.metadata }),
  }
}

/**
 * The text, blocks and metadata of a new message from a method's arguments; throws `no_text`, `invalid_blocks` and so on.
 * https://docs.slack.dev/reference/methods/chat.postMessage
 */
export function messageContent(args: Fields): { text: string; blocks: unknown; metadata?: MessageMetadata } {
  const text = stringOf(args.text)
  const blocks = checkedBlocks(args.blocks) ?? []
  if (text === '' && blocks.length === 0) throw new ApiRefusal('no_text')
  const metadata = checkedMetadata(args.metadata)
  return { text: text.slice(0, LIMITS.messageText.max), blocks, ...(metadata && { metadata }) }
}

/**
 * What `chat.update` changes: what is absent stays as it was, an empty list or object removes it.
 * https://docs.slack.dev/reference/methods/chat.update
 */
export function messageChange(args: Fields): MessageChange {
  const blocks = checkedBlocks(args.blocks)
  if (args.text === undefined && blocks === undefined) throw new ApiRefusal('no_text')
  const text = args.text === undefined ? undefined : stringOf(args.text)
  if (text !== undefined && text.length > LIMITS.updatedText.max) throw new ApiRefusal('msg_too_long')
  if (text === '' && blocks?.length === 0) throw new ApiRefusal('no_text')
  const emptied = isFields(args.metadata) && Object.keys(args.metadata).length === 0
  const metadata = emptied ? null : checkedMetadata(args.metadata)
  return { text, blocks, metadata }
}

/** The person whose conversation a `channel` argument names: the id of the conversation, or a person's. */
export function addressee(world: World, channel: unknown): DirectoryPerson {
  const id = stringOf(channel)
  const person = world.directory.byChannel(id) ?? world.directory.byId(id)
  if (!person || !world.directory.canBeWrittenTo(person)) throw new ApiRefusal('channel_not_found')
  return person
}

function checkedBlocks(blocks: unknown): unknown[] | undefined {
  if (blocks === undefined || blocks === null || blocks === '') return undefined
  if (!Array.isArray(blocks)) throw new ApiRefusal('invalid_blocks_format')
  const problems = blockProblems(blocks, 'message')
  if (problems.length > 0) throw new ApiRefusal('invalid_blocks', problems)
  return blocks
}

/** https://docs.slack.dev/messaging/message-metadata */
function checkedMetadata(metadata: unknown): MessageMetadata | undefined {
  if (metadata === undefined || metadata === null || metadata === '') return undefined
  if (!isFields(metadata)) throw new ApiRefusal('invalid_metadata_format')
  if (typeof metadata.event_type !== 'string' || !isFields(metadata.event_payload)) {
    throw new ApiRefusal('invalid_metadata_schema')
  }
  if (Buffer.byteLength(JSON.stringify(metadata)) > LIMITS.metadataBytes.max) {
    throw new ApiRefusal('metadata_too_large')
  }
  return metadata as unknown as MessageMetadata
}
