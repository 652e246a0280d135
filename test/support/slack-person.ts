import { initialState } from '../../src/workspace/protocol/block-kit/view-state.ts'
import type { StoredMessage } from '../../src/workspace/protocol/conversations.ts'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import type { StoredMail } from '../../src/workspace/protocol/mail-server.ts'
import type { ActResult, WorkspaceView } from '../../src/workspace/protocol/page-api.ts'
import { buttonAction, buttonNamed, buttonsOf, matches, SlackModal } from './slack-modal.ts'
import { plainText, textOf } from './visible-text.ts'
import { waitUntil } from './wait-until.ts'

export { textOf } from './visible-text.ts'

/** A message as it looked at that moment: pressing its buttons later is what somebody with an old screen does. */
export type SeenMessage = StoredMessage & { buttons(): string[] }

/** The person of that address, with a Slack client; throws when there is none. */
export function slackPerson(slack: LocalSlack, email: string): SlackPerson {
  const person = slack.people.find((one) => one.email === email)
  if (!person) throw new Error(`nobody in this workspace is ${email}`)
  return new SlackPerson(slack, person)
}

/** Somebody with a Slack client, who goes by what is on the screen. */
export class SlackPerson {
  readonly userId: string
  readonly channel: string
  readonly email: string
  readonly timeZone: string
  readonly #slack: LocalSlack
  readonly #modals = new Map<string, SlackModal>()
  #openBefore: string[] = []

  constructor(slack: LocalSlack, person: { userId: string; channel: string; email: string; timeZone: string }) {
    this.#slack = slack
    this.userId = person.userId
    this.channel = person.channel
    this.email = person.email
    this.timeZone = person.timeZone
  }

  types(text: string): Promise<ActResult> {
    this.#expectAnotherModal()
    return this.#slack.say(this.userId, text)
  }

  globalShortcut(callbackId: string): Promise<ActResult> {
    this.#expectAnotherModal()
    return this.#slack.globalShortcut(this.userId, callbackId)
  }

  /** The modal on top, waiting up to 8 s for one; after a command, shortcut or press in a message: a new one. */
  openModal(): Promise<SlackModal> {
    return waitUntil(() => this.#topModal(), 'a modal')
  }

  hasModal(): boolean {
    return this.#slack.modals(this.userId).length > 0
  }

  /** Oldest first. */
  messages(): SeenMessage[] {
    return this.#slack.messages(this.userId).map((message) => {
      const seen = structuredClone(message)
      return { ...seen, buttons: () => buttonsOf(seen).map((button) => plainText(button.element.text)) }
    })
  }

  /** The newest message that fits, waiting up to 8 s for one. */
  waitForMessage(wanted: RegExp | ((message: SeenMessage) => boolean)): Promise<SeenMessage> {
    const fits = (message: SeenMessage) =>
      typeof wanted === 'function' ? wanted(message) : matches(textOf(message), wanted)
    return waitUntil(
      () => this.messages().findLast(fits),
      () => `a message that fits ${wanted} among:\n${this.messages().map(textOf).join('\n---\n')}`,
    )
  }

  /** Presses a button in a message, or on the Home tab, by its text. */
  async press(shown: StoredMessage | WorkspaceView, label: string): Promise<ActResult> {
    const button = buttonNamed(shown, label)
    if (!button) throw new Error(`there is no button "${label}" in: ${textOf(shown)}`)
    const source =
      'ts' in shown
        ? ({ kind: 'message', channel: shown.channel, ts: shown.ts } as const)
        : ({ kind: 'view', viewId: shown.id } as const)
    this.#expectAnotherModal()
    const state = initialState(shown.blocks)
    return this.#slack.action(this.userId, { source, blockId: button.blockId, action: buttonAction(button), state })
  }

  /** Looks at the Home tab. */
  opensHome(): Promise<ActResult> {
    return this.#slack.openHome(this.userId)
  }

  /** The Home tab once it says this, waiting up to 8 s. */
  waitForHome(wanted: RegExp): Promise<WorkspaceView> {
    return waitUntil(() => {
      const home = this.#slack.home(this.userId)
      return home && matches(textOf(home), wanted) ? home : undefined
    }, `a Home tab that fits ${wanted}`)
  }

  /** Newest first. */
  mails(): StoredMail[] {
    return this.#slack.mail.to(this.email)
  }

  /** The newest mail whose subject fits, waiting up to 8 s for one. */
  waitForMail(subject: RegExp): Promise<StoredMail> {
    return waitUntil(() => this.mails().find((mail) => subject.test(mail.subject)), `a mail called ${subject}`)
  }

  /** From now on {@link openModal} means one that was not there yet. */
  #expectAnotherModal(): void {
    this.#openBefore = this.#slack.modals(this.userId).map((modal) => modal.id)
  }

  #topModal(): SlackModal | undefined {
    const top = this.#slack.modals(this.userId).at(-1)
    if (!top || this.#openBefore.includes(top.id)) return undefined
    const modal = this.#modals.get(top.id) ?? new SlackModal(this.#slack, this, top.id)
    this.#modals.set(top.id, modal)
    modal.view()
    return modal
  }
}
