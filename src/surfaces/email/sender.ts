import { Resend } from 'resend'
import type { DueDelivery, SendOutcome } from '../../core/notification/delivery.ts'
import { classifyRefusal } from './classify-refusal.ts'
import { parseMailbox } from './parse-mailbox.ts'
import { type RenderedMail, renderNotice } from './render-notice.ts'

export interface EmailSenderOptions {
  apiKey: string
  /** "Motorpool <cars@example.com>" or an address alone. */
  from: string
  /** Where Resend's API is, when that is not Resend. */
  baseUrl?: string
  /** Where a mail's link leads, the same for every mail; null: no link. Never throws. */
  chatUrl(): Promise<string | null>
  now(): Date
}

const TIMEOUT_MS = 10_000

/**
 * Sends notices as mail through Resend. A delivery's id is the idempotency key and its mail is the same on every
 * attempt, so that one whose answer was lost can be sent again.
 * @see https://resend.com/docs/dashboard/emails/idempotency-keys
 */
export function createEmailSender(options: EmailSenderOptions) {
  const { from, chatUrl, now } = options
  const resend = new Resend(options.apiKey, options.baseUrl === undefined ? {} : { baseUrl: options.baseUrl })
  const sender = parseMailbox(from)

  async function render(delivery: DueDelivery): Promise<RenderedMail> {
    return renderNotice({
      kind: delivery.kind,
      facts: delivery.facts,
      reader: { ...delivery.recipient, isRequester: delivery.isRequester },
      from: sender,
      chatUrl: await chatUrl(),
      now: delivery.createdAt,
    })
  }

  async function send(delivery: DueDelivery, { attachments, ...mail }: RenderedMail): Promise<SendOutcome> {
    const { data, error, headers } = await resend.emails.send(
      {
        from,
        to: delivery.recipient.email,
        ...mail,
        // The client sends a string as it is, and Resend reads it as base64: only of bytes does it make base64 itself.
        attachments: attachments.map((file) => ({ ...file, content: Buffer.from(file.content) })),
      },
      { idempotencyKey: delivery.id, signal: AbortSignal.timeout(TIMEOUT_MS) },
    )
    if (error) return classifyRefusal(error, headers, delivery.attempt, now())
    return { kind: 'sent', externalId: data.id }
  }

  /** Makes one attempt. Never throws: whatever goes wrong is in the outcome. */
  async function deliver(delivery: DueDelivery): Promise<SendOutcome> {
    let mail: RenderedMail
    try {
      mail = await render(delivery)
    } catch (error) {
      return { kind: 'failed', error: `the mail could not be made: ${String(error)}` }
    }
    try {
      return await send(delivery, mail)
    } catch (error) {
      // The client reports troubles as values; what it throws comes of an answer it did not expect.
      return { kind: 'retry', error: `the answer could not be read: ${String(error)}` }
    }
  }

  return { deliver }
}
