import { type Fields, stringOf } from '../json.ts'
import type { World } from '../world.ts'
import { ApiRefusal } from './api-refusal.ts'
import { slackMessage } from './post-message.ts'

const DEFAULT_LIMIT = 100
const MOST = 999
const CURSOR = 'next_ts:'

/** https://docs.slack.dev/reference/methods/conversations.open */
export function conversationsOpen(world: World, args: Fields): Fields {
  const users = stringOf(args.users).split(',').filter(Boolean)
  const [userId] = users
  if (userId === undefined) throw new ApiRefusal('users_list_not_supplied')
  if (users.length > 1) throw new ApiRefusal('invalid_user_combination')
  const person = world.directory.byId(userId)
  if (!person || person.stranger) throw new ApiRefusal('user_not_found')
  if (person.bot) throw new ApiRefusal('cannot_dm_bot')
  if (person.deleted) throw new ApiRefusal('user_disabled')
  return { no_op: true, already_open: true, channel: { id: person.channel, is_im: true, user: person.userId } }
}

/** Newest first. https://docs.slack.dev/reference/methods/conversations.history */
export function conversationsHistory(world: World, args: Fields): Fields {
  const channel = stringOf(args.channel)
  if (!world.directory.byChannel(channel)) throw new ApiRefusal('channel_not_found')
  const limit = args.limit === undefined ? DEFAULT_LIMIT : Number(args.limit)
  if (!Number.isInteger(limit) || limit < 1 || limit > MOST) throw new ApiRefusal('invalid_limit')
  const before = cursorTs(args.cursor)
  const within = world.conversations
    .in(channel)
    .filter((message) => !message.ephemeral && isWithin(message.ts, args))
    .filter((message) => before === undefined || Number(message.ts) <= before)
    .toSorted((a, b) => Number(b.ts) - Number(a.ts))
  const next = within[limit]
  return {
    messages: within.slice(0, limit).map((message) => slackMessage(world, message, isTrue(args.include_all_metadata))),
    has_more: next !== undefined,
    ...(next && {
      response_metadata: { next_cursor: Buffer.from(`${CURSOR}${next.ts}`).toString('base64') },
    }),
  }
}

function isWithin(ts: string, args: Fields): boolean {
  const at = Number(ts)
  const oldest = args.oldest === undefined ? 0 : Number(args.oldest)
  const latest = args.latest === undefined ? Number.POSITIVE_INFINITY : Number(args.latest)
  return isTrue(args.inclusive) ? at >= oldest && at <= latest : at > oldest && at < latest
}

function cursorTs(cursor: unknown): number | undefined {
  if (cursor === undefined || cursor === '') return undefined
  const text = Buffer.from(stringOf(cursor), 'base64').toString()
  if (!text.startsWith(CURSOR)) throw new ApiRefusal('invalid_cursor')
  return Number(text.slice(CURSOR.length))
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true' || value === '1' || value === 1
}
