import { type Fields, fieldsList, isFields, stringOf } from '../../../src/workspace/protocol/json.ts'
import { waitUntil } from '../wait-until.ts'
import { activityFrom, BOT_ID, messageFrom } from './activities.ts'
import { actionTitles, fillIn, findAction, type Wanted } from './card-form.ts'
import { CARD, type Chats, type SeenActivity, TEAM_ID } from './chats.ts'
import type { TeamsUser } from './people.ts'

/** What the bot answered to what was sent to it. */
export interface Delivered {
  status: number
  body: unknown
}

/** Sent and answered, `said` being words shown for a moment; or not sent, with what the client says below the inputs. */
export type Pressed = (Delivered & { said: string | null }) | { errors: string[] }

interface Surroundings {
  serviceUrl: string
  chats: Chats
  deliver(activity: Fields): Promise<Delivered>
}

/** Somebody with a Teams client, who goes by what is on the screen. */
export class TeamsPerson {
  readonly user: TeamsUser
  readonly #around: Surroundings

  constructor(user: TeamsUser, around: Surroundings) {
    this.user = user
    this.#around = around
  }

  /** Writes to the bot in the 1:1 chat; whoever does has the app. */
  says(text: string): Promise<Delivered> {
    this.user.hasApp = true
    return this.#send(messageFrom(this.user, this.#around.serviceUrl, text))
  }

  /** Writes in a channel, mentioning the bot; it can then be in touch with them in 1:1 too. */
  inChannel(text: string): Promise<Delivered> {
    this.user.hasApp = true
    const mention = { type: 'mention', text: '<at>Motorpool</at>', mentioned: { id: BOT_ID, name: 'Motorpool' } }
    const { entities, ...message } = messageFrom(this.user, this.#around.serviceUrl, `<at>Motorpool</at> ${text}`)
    const id = stringOf(message.id)
    return this.#send({
      ...message,
      entities: [...fieldsList(entities), mention],
      conversation: {
        id: `${TEAM_ID};messageid=${id}`,
        conversationType: 'channel',
        isGroup: true,
        tenantId: this.user.tenantId,
      },
      channelData: { team: { id: TEAM_ID }, channel: { id: TEAM_ID }, tenant: { id: this.user.tenantId } },
    })
  }

  /** Adds the app: Teams tells of the new conversation, then of the installation. */
  async installs(): Promise<Delivered[]> {
    this.user.hasApp = true
    const told = await this.#tell({ type: 'conversationUpdate', membersAdded: [{ id: BOT_ID }] })
    return [told, await this.#tell({ type: 'installationUpdate', action: 'add' })]
  }

  uninstalls(): Promise<Delivered> {
    this.user.hasApp = false
    return this.#tell({ type: 'installationUpdate', action: 'remove' })
  }

  /** The bot's messages in the 1:1 chat, oldest first, each as it stands: pressing it later is what an old screen does. */
  sees(): SeenActivity[] {
    return this.#around.chats.seenIn(this.user.conversationId)
  }

  /** The newest message that fits, waiting up to 8 s for one. */
  waitFor(wanted: RegExp): Promise<SeenActivity> {
    return waitUntil(
      () => this.sees().findLast((seen) => wanted.test(shownText(seen))),
      () => `a message that fits ${wanted} among:\n${this.sees().map(shownText).join('\n---\n')}`,
    )
  }

  /** Presses an action of a card, by its title or verb, with what is typed into its inputs by id; the card answered takes its place. */
  async presses(seen: SeenActivity, wanted: Wanted, typed: Record<string, string> = {}): Promise<Pressed> {
    const reach = findAction(cardOf(seen), wanted)
    const filled = fillIn(reach, typed)
    if ('errors' in filled) return filled
    const { type, id, title, verb } = reach.action
    const answer = await this.#tell({
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: seen.id,
      value: { action: { type, id, title, verb, data: filled.data }, trigger: 'manual' },
    })
    const body = isFields(answer.body) ? answer.body : {}
    if (answer.status === 200 && body.type === CARD && isFields(body.value)) {
      this.#around.chats.redraw(seen.id, body.value)
    }
    return { ...answer, said: body.type === MESSAGE ? stringOf(body.value) : null }
  }

  #tell(changes: Fields): Promise<Delivered> {
    return this.#send(activityFrom(this.user, this.#around.serviceUrl, changes))
  }

  #send(activity: Fields): Promise<Delivered> {
    return this.#around.deliver(activity)
  }
}

const MESSAGE = 'application/vnd.microsoft.activity.message'

/** The card of a message; throws when it has none. */
export function cardOf({ activity }: SeenActivity): Fields {
  const attachment = fieldsList(activity.attachments).find(({ contentType }) => contentType === CARD)
  if (!isFields(attachment?.content)) throw new Error(`no card in: ${JSON.stringify(activity)}`)
  return attachment.content
}

/** The titles of a message's actions. */
export function buttonsOf(seen: SeenActivity): string[] {
  return actionTitles(cardOf(seen))
}

/** What can be read in a message, a line for each piece. */
export function shownText({ activity }: SeenActivity): string {
  const lines: string[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) for (const one of value) walk(one)
    if (!isFields(value) || value.isVisible === false || stringOf(value.type).startsWith('Action.')) return
    if (value.type === 'RichTextBlock') {
      const runs = Array.isArray(value.inlines) ? value.inlines : []
      lines.push(runs.map((run) => (isFields(run) ? stringOf(run.text) : stringOf(run))).join(''))
      return
    }
    const own = [value.text, value.title, value.label, isFact(value) ? value.value : ''].map(stringOf)
    lines.push(...own.filter((text) => text !== ''))
    for (const inside of Object.values(value)) walk(inside)
  }
  walk([
    { text: activity.text },
    ...fieldsList(activity.attachments).map(({ content }) => isFields(content) && content.body),
  ])
  return lines.join('\n')
}

const isFact = (value: Fields) => value.type === undefined && typeof value.title === 'string'
