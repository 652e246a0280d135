import { Resend } from 'resend'
import { z } from 'zod'
import { within } from '../within.ts'
import { classifyRefusal } from './classify-refusal.ts'
import type { MailTransport } from './sender.ts'

export interface ResendSettings {
  apiKey: string
  /** Where Resend's API is, when that is not Resend. */
  baseUrl?: string | undefined
}

const TIMEOUT_MS = 10_000

/** Only an answer that names the mail says that it was taken. */
const Accepted = z.object({ id: z.string().min(1) })

/**
 * Mail through Resend, under its idempotency keys. `now` reads a `Retry-After` that is a date.
 * @see https://resend.com/docs/dashboard/emails/idempotency-keys
 */
export function createResendTransport({ apiKey, baseUrl }: ResendSettings, now: () => Date): MailTransport {
  const resend = new Resend(apiKey, baseUrl === undefined ? {} : { baseUrl })
  return async ({ attachments, ...mail }, key, triedBefore) => {
    try {
      // The client sends a string as it is, and Resend reads it as base64: only of bytes does it make base64 itself.
      const files = attachments.map((file) => ({ ...file, content: Buffer.from(file.content) }))
      const { data, error, headers } = await within(TIMEOUT_MS, (signal) =>
        resend.emails.send({ ...mail, attachments: files }, { idempotencyKey: key, signal }),
      )
      if (error) return classifyRefusal(error, headers, triedBefore, now())
      const { id } = Accepted.parse(data)
      return { kind: 'sent', externalId: id }
    } catch (error) {
      // The client reports troubles as values; what is thrown comes of an answer that nobody expected.
      return { kind: 'passing', error: `the answer could not be read: ${String(error)}` }
    }
  }
}
