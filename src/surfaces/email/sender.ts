import type { DueDelivery, Recipient, SendOutcome } from '../../core/notification/delivery.ts'
import type { ChatLink } from './chat-link.ts'
import { parseMailbox } from './parse-mailbox.ts'
import { type RenderedMail, renderNotice } from './render-notice.ts'

interface OutgoingMail extends RenderedMail {
  from: string
  to: string
}

/**
 * Takes one mail for good, or says why not. `key`: the same key is the same mail. `triedBefore`: an earlier attempt may have been taken.
 * Never throws.
 */
export type MailTransport = (mail: OutgoingMail, key: string, triedBefore: boolean) => Promise<SendOutcome>

export interface EmailSenderOptions {
  /** "Motorpool <cars@example.com>" or an address alone. */
  from: string
  /** Finds the link into the reader's own chat; null: no link. Never throws. */
  chatOf(reader: Pick<Recipient, 'platform'>): Promise<ChatLink | null>
  transport: MailTransport
}

/**
 * Sends notices as mail. A delivery's id is the key and its mail is the same on every attempt, so that one whose answer
 * was lost can be sent again.
 */
export function createEmailSender({ from, chatOf, transport }: EmailSenderOptions) {
  const sender = parseMailbox(from)

  async function render(delivery: DueDelivery): Promise<RenderedMail> {
    return renderNotice({
      kind: delivery.kind,
      facts: delivery.facts,
      reader: { ...delivery.recipient, isRequester: delivery.isRequester },
      from: sender,
      chat: await chatOf(delivery.recipient),
      now: delivery.createdAt,
    })
  }

  return {
    channel: 'email' as const,

    /** Makes one attempt. Never throws: whatever goes wrong is in the outcome. */
    deliver: async (delivery: DueDelivery): Promise<SendOutcome> => {
      let mail: RenderedMail
      try {
        mail = await render(delivery)
      } catch (error) {
        return { kind: 'refused', error: `the mail could not be made: ${String(error)}` }
      }
      return transport({ from, to: delivery.recipient.email, ...mail }, delivery.id, delivery.triedSince !== null)
    },
  }
}
