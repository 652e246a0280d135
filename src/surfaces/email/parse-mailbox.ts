import type { Mailbox } from './calendar.ts'

/** "Motorpool <cars@example.com>", or an address alone, which then is its own name. */
export function parseMailbox(text: string): Mailbox {
  const [, name = '', email = text] = /^\s*"?([^"<]*?)"?\s*<([^<>]+)>\s*$/.exec(text) ?? []
  return { name: name || email.trim(), email: email.trim() }
}
