import { randomUUID } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { type Answer, createFaults, type Faults, type TroubleWords, underFaults } from './faults.ts'
import { bearerToken, readBody, sendJson } from './http-exchange.ts'
import { type Fields, fieldsList, isFields, parseJson, stringOf } from './json.ts'
import { mailProblem } from './mail-problem.ts'
import type { WorkspaceMail } from './page-api.ts'

const BODY_LIMIT = 10_000_000
/** https://resend.com/docs/dashboard/emails/idempotency-keys */
const KEY_LIFETIME_MS = 24 * 60 * 60 * 1000

/** A mail as one of its recipients has it, with what only the sending program knows. */
export interface StoredMail extends WorkspaceMail {
  headers: Record<string, string>
}

export interface IdempotencyKey {
  key: string
  body: string
  id: string
  at: number
}

interface MailCall {
  idempotencyKey: string | undefined
  at: number
  status: number
}

export interface MailServer {
  /** Answers `POST /emails`. */
  send(req: IncomingMessage, res: ServerResponse): Promise<void>
  /** Newest first, by address. */
  to(address: string): StoredMail[]
  all(): StoredMail[]
  keys(): IdempotencyKey[]
  /** Every request, whatever became of it: its key and HTTP status (0 when the connection was destroyed). */
  calls: readonly MailCall[]
  faults: Faults
}

/** https://resend.com/docs/api-reference/errors */
function refusal(status: number, name: string, message: string): Answer {
  return { status, body: { statusCode: status, name, message } }
}

const WORDS: TroubleWords = {
  rateLimited: { statusCode: 429, name: 'rate_limit_exceeded', message: 'Too many requests.' },
  serverError: { statusCode: 500, name: 'application_error', message: 'An unexpected error occurred.' },
  refusal: (code) => refusal(422, code, code),
}

/**
 * A mail service that speaks Resend's protocol and keeps what it is given.
 * https://resend.com/docs/api-reference/emails/send-email
 */
export function createMailServer(
  now: () => number,
  stored: { mails: StoredMail[]; keys: IdempotencyKey[] },
  changed: () => void,
): MailServer {
  const mails = [...stored.mails]
  const keys = new Map(stored.keys.map((entry) => [entry.key, entry]))
  const calls: MailCall[] = []
  const faults = createFaults()

  function accept(body: string, key: string | undefined): Answer {
    const before = key === undefined ? undefined : keys.get(key)
    if (before && now() - before.at < KEY_LIFETIME_MS) {
      return before.body === body
        ? { status: 200, body: { id: before.id } }
        : refusal(409, 'invalid_idempotent_request', 'Same idempotency key used with a different request payload.')
    }
    const mail = parseJson(body)
    const problem = mailProblem(mail)
    if (problem || !isFields(mail)) {
      return refusal(422, problem?.name ?? 'validation_error', problem?.message ?? 'The body must be a JSON object.')
    }
    const id = randomUUID()
    mails.push(...mailsFrom(mail, id, now()))
    if (key !== undefined) keys.set(key, { key, body, id, at: now() })
    changed()
    return { status: 200, body: { id } }
  }

  return {
    calls,
    faults,
    all: () => mails,
    keys: () => [...keys.values()],
    to: (address) => mails.filter((mail) => bareAddress(mail.to) === address.toLowerCase()).toReversed(),
    async send(req, res) {
      const body = await readBody(req, BODY_LIMIT)
      const idempotencyKey = req.headers['idempotency-key']?.toString()
      const result = await underFaults(faults, 'emails.send', WORDS, () => {
        return requestProblem(req, idempotencyKey) ?? accept(body, idempotencyKey)
      })
      calls.push({ idempotencyKey, at: now(), status: result.answer?.status ?? 0 })
      if (result.answer) sendJson(res, result.answer.status, result.answer.body, result.answer.headers)
      else res.destroy()
    },
  }
}

function requestProblem(req: IncomingMessage, key: string | undefined): Answer | undefined {
  if (bearerToken(req) === undefined) {
    return refusal(401, 'missing_api_key', 'Missing API key in the authorization header.')
  }
  if (key === undefined || (key.length >= 1 && key.length <= 256)) return undefined
  return refusal(400, 'invalid_idempotency_key', 'The key must be between 1-256 chars.')
}

/** One mail in the mailbox of each recipient. */
function mailsFrom(mail: Fields, id: string, at: number): StoredMail[] {
  const attachments = fieldsList(mail.attachments).map((attachment) => ({
    filename: stringOf(attachment.filename),
    contentType: stringOf(attachment.content_type) || 'application/octet-stream',
    content: stringOf(attachment.content),
  }))
  return [mail.to, mail.cc, mail.bcc].flatMap(addressList).map((to) => ({
    id,
    to,
    from: stringOf(mail.from),
    subject: stringOf(mail.subject),
    html: stringOf(mail.html),
    text: stringOf(mail.text),
    attachments,
    headers: isFields(mail.headers) ? (mail.headers as Record<string, string>) : {},
    at: new Date(at).toISOString(),
  }))
}

function addressList(value: unknown): string[] {
  return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string')
}

/** "Anna Berg <anna@example.com>" → "anna@example.com". */
function bareAddress(address: string): string {
  return (/<([^>]+)>/.exec(address)?.[1] ?? address).trim().toLowerCase()
}
