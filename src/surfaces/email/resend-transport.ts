import { type ErrorResponse, Resend, type Response } from 'resend'
import { z } from 'zod'
import { fetchWithin } from '../fetch-within.ts'
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
  const resend = new LightResend(apiKey, baseUrl === undefined ? {} : { baseUrl })
  return async ({ attachments, ...mail }, key, triedBefore) => {
    try {
      // The client sends a string as it is, and Resend reads it as base64: only of bytes does it make base64 itself.
      const files = attachments.map((file) => ({ ...file, content: Buffer.from(file.content) }))
      const mailed = resend.emails.send({ ...mail, attachments: files }, { idempotencyKey: key })
      const { data, error, headers } = await mailed
      if (error) return classifyRefusal(error, headers, triedBefore, now())
      const { id } = Accepted.parse(data)
      return { kind: 'sent', externalId: id }
    } catch (error) {
      // The client reports troubles as values; what is thrown comes of an answer that nobody expected.
      return { kind: 'passing', error: `the answer could not be read: ${String(error)}` }
    }
  }
}

const fetch = fetchWithin(TIMEOUT_MS)

/** The client itself goes over the built-in fetch, which takes twice the CPU time: a booking sends five mails. */
class LightResend extends Resend {
  override async fetchRequest<T>(path: string, options: RequestInit = {}): Promise<Response<T>> {
    try {
      const answer = await fetch(`${this.baseUrl}${path}`, options)
      const headers = Object.fromEntries(answer.headers.entries())
      const text = await answer.text()
      return answer.ok
        ? { data: JSON.parse(text), error: null, headers }
        : { data: null, error: refusalIn(text, answer.status), headers }
    } catch (error) {
      return {
        data: null,
        error: { name: 'application_error', statusCode: null, message: String(error) },
        headers: null,
      }
    }
  }
}

/** Reads a refusal: a proxy between us and Resend answers with a page. */
function refusalIn(text: string, statusCode: number): ErrorResponse {
  try {
    return JSON.parse(text)
  } catch {
    return { name: 'application_error', statusCode, message: 'the answer is no JSON' }
  }
}
