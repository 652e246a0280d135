import { fieldsList, isFields } from './json.ts'

const ADDRESS = /^(?:[^<>]*<[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+>|[^\s@<>]+@[^\s@<>]+\.[^\s@<>]+)$/
const MOST_RECIPIENTS = 50
const FORMAT = 'The email address needs to follow the `email@example.com` or `Name <email@example.com>` format.'

/**
 * What Resend would refuse (422) about the body of `POST /emails`.
 * https://resend.com/docs/api-reference/emails/send-email and https://resend.com/docs/api-reference/errors
 */
export function mailProblem(mail: unknown): { name: string; message: string } | undefined {
  if (!isFields(mail)) return { name: 'validation_error', message: 'The request body must be a JSON object.' }
  for (const field of ['from', 'to', 'subject']) {
    if (mail[field] === undefined || mail[field] === '') {
      return { name: 'missing_required_field', message: `Missing \`${field}\` field.` }
    }
  }
  if (!mail.html && !mail.text) {
    return { name: 'missing_required_field', message: 'Missing `html` or `text` field.' }
  }
  for (const field of ['from', 'to', 'cc', 'bcc']) {
    if (mail[field] !== undefined && !areAddresses(mail[field])) {
      return { name: 'validation_error', message: `Invalid \`${field}\` field. ${FORMAT}` }
    }
  }
  const attachments = fieldsList(mail.attachments)
  if (attachments.some((attachment) => !attachment.filename || !attachment.content)) {
    return { name: 'invalid_attachment', message: 'Attachment must have either a `content` or `path`.' }
  }
  return undefined
}

function areAddresses(value: unknown): boolean {
  const list = Array.isArray(value) ? value : [value]
  return (
    list.length > 0 &&
    list.length <= MOST_RECIPIENTS &&
    list.every((address) => typeof address === 'string' && ADDRESS.test(address.trim()))
  )
}
