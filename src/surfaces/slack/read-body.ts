import { z } from 'zod'

/** A Slack id, such as a user's or a team's: letters and digits, so never a name that JavaScript's objects know. */
const Id = z.string().regex(/^[A-Z\d]{1,64}$/)
/** The time of a message, which is its id in its conversation. */
const Timestamp = z.string().regex(/^\d{1,20}\.\d{1,20}$/)
const Text = z.string()
const WithId = z.looseObject({ id: Id })
/** What would make Bolt take it for something else. */
const Absent = z.undefined().optional()
const Team = WithId.nullish()
const User = z.looseObject({ id: Id, team_id: Id.nullish() })

/** Where it happened; Slack names an organisation beside the team where the app is installed for all of it. */
const AROUND = {
  team: Team,
  enterprise: Team,
  is_enterprise_install: z.union([z.boolean(), z.string()]).optional(),
  function_data: Absent,
}

const Option = z.looseObject({ value: Text })
const State = z.looseObject({ values: z.record(z.string(), z.record(z.string(), z.looseObject({}))) })
/** What a modal and a Home have in common. A Home has no title, and may leave out what it was published without. */
const View = z.looseObject({
  id: Text.min(1),
  type: Text,
  callback_id: Text.default(''),
  private_metadata: Text.default(''),
  hash: Text,
  blocks: z.array(z.looseObject({ block_id: Text.optional() })),
  state: State.default({ values: {} }),
  app_installed_team_id: Id.nullish(),
})
const Modal = View.extend({
  callback_id: Text,
  private_metadata: Text,
  title: z.looseObject({ text: Text }),
  state: State,
})

const Interaction = z.looseObject({
  ...AROUND,
  type: Text,
  user: User,
  trigger_id: Text,
  response_url: z.url().optional(),
  channel: WithId.nullish().transform((channel) => channel ?? undefined),
})

const BLOCK_ACTION = z.looseObject({
  action_id: Text,
  block_id: Text,
  type: Text,
  value: Text.optional(),
  selected_option: Option.nullish(),
})

/** What each kind of interaction has beside the others. https://docs.slack.dev/reference/interaction-payloads */
const INTERACTIONS = new Map<string, z.ZodType>(
  Object.entries({
    block_actions: Interaction.extend({
      actions: z.array(BLOCK_ACTION).min(1),
      view: z.union([Modal.extend({ type: z.literal('modal') }), View.extend({ type: z.literal('home') })]).optional(),
      message: z.looseObject({ ts: Timestamp }).optional(),
      name: Absent,
    }),
    view_submission: Interaction.extend({ view: Modal, actions: Absent, name: Absent }),
    view_closed: Interaction.omit({ trigger_id: true }).extend({
      view: Modal,
      actions: Absent,
      name: Absent,
    }),
    shortcut: Interaction.extend({ callback_id: Text, actions: Absent, name: Absent }),
    message_action: Interaction.extend({ callback_id: Text, actions: Absent, name: Absent }),
    block_suggestion: Interaction.omit({ trigger_id: true }).extend({
      action_id: Text,
      block_id: Text,
      value: Text,
      actions: Absent,
    }),
  }),
)

/** https://docs.slack.dev/interactivity/implementing-slash-commands */
const Command = z.looseObject({
  ...AROUND,
  command: Text,
  text: Text.default(''),
  team_id: Id,
  enterprise_id: Id.optional(),
  user_id: Id,
  channel_id: Id.optional(),
  trigger_id: Text,
  response_url: z.url(),
})

const IdOrObject = z.union([Id, WithId]).optional()
const Event = z.looseObject({
  type: Text,
  user: IdOrObject,
  channel: IdOrObject,
  item: z.looseObject({}).optional(),
  subteam: z.looseObject({}).optional(),
})
const EVENTS = new Map<string, z.ZodType>(
  Object.entries({
    // Somebody wrote, or a message was edited or deleted; what is read of the first alone may be missing.
    message: Event.extend({
      channel: Id.optional(),
      channel_type: Text.optional(),
      ts: Text.optional(),
      text: Text.nullish(),
      subtype: Text.optional(),
      bot_id: Text.nullish(),
    }),
    app_home_opened: Event.extend({ user: Id, tab: Text }),
    user_change: Event.extend({ user: User.extend({ tz: Text.nullish() }) }),
  }),
)

/** https://docs.slack.dev/apis/events-api/#callback-field */
const EventCallback = z.looseObject({
  ...AROUND,
  team_id: Id,
  enterprise_id: Id.nullish(),
  authorizations: z
    .array(z.looseObject({ team_id: Id.nullish(), enterprise_id: Id.nullish() }))
    .nullish()
    .transform((authorizations) => authorizations ?? undefined),
  event: Event,
})

/** Slack tries an address out. */
const Probe = z.looseObject({ challenge: Text.optional() })

const Fields = z.record(z.string(), z.unknown())
export type SlackBody = z.infer<typeof Fields>

/** Something that Slack never sends, although it is signed. The message says where, and repeats nothing of what came. */
export class UnreadableBody extends Error {
  readonly where: string

  constructor(where: string) {
    super(`Slack never sends this: ${where}`)
    this.name = 'UnreadableBody'
    this.where = where
  }
}

/**
 * Returns the body of a request as Bolt and our listeners read it.
 * @throws UnreadableBody where an id, a type or a part that they read is not as Slack documents it
 */
export function readBody(body: unknown): SlackBody {
  const fields = Fields.safeParse(body)
  if (!fields.success) throw new UnreadableBody('no object')
  const read = schemaOf(fields.data).safeParse(fields.data)
  if (!read.success) throw new UnreadableBody(read.error.issues[0]?.path.join('.') ?? '')
  return Fields.parse(read.data)
}

function schemaOf(body: SlackBody): z.ZodType {
  if (body.ssl_check !== undefined || body.type === 'url_verification') return Probe
  if ('event' in body) {
    const { type } = z.object({ type: z.string() }).safeParse(body.event).data ?? {}
    const event = EVENTS.get(type ?? '') ?? Event
    return EventCallback.extend({ event })
  }
  if ('command' in body) return Command
  const interaction = typeof body.type === 'string' ? INTERACTIONS.get(body.type) : undefined
  if (!interaction) throw new UnreadableBody('type')
  return interaction
}

/**
 * Returns the body that was posted: JSON, or a form whose `payload`, where it has one, is JSON.
 * @throws UnreadableBody
 */
export function readPosted(text: string, contentType: string | undefined): SlackBody {
  if (contentType?.split(';', 1)[0]?.trim() !== 'application/x-www-form-urlencoded') return readBody(readJson(text))
  const form = Object.fromEntries(new URLSearchParams(text))
  return readBody(form.payload === undefined ? form : readJson(form.payload))
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    throw new UnreadableBody('no JSON')
  }
}
