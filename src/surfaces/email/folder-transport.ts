import { mkdir, rename, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { MailTransport } from './sender.ts'

/**
 * A mailbox on disk, where no mail service is set: a folder for each mail, named by its key, with the mail as HTML and as text
 * and its attachments. Nothing leaves the computer, and no other account can read it.
 */
export function createFolderTransport(directory: string): MailTransport {
  return async ({ attachments, html, text, ...head }, key) => {
    const folder = join(directory, key)
    const draft = `${folder}.draft`
    try {
      await rm(draft, { recursive: true, force: true })
      await mkdir(draft, { recursive: true, mode: 0o700 })
      const heading = `From: ${head.from}\nTo: ${head.to}\nSubject: ${head.subject}\n\n`
      const files = [
        { filename: 'mail.html', content: html },
        { filename: 'mail.txt', content: `${heading}${text}` },
        ...attachments,
      ]
      await Promise.all(
        files.map(({ filename, content }) => writeFile(join(draft, filename), content, { mode: 0o600 })),
      )
      await rm(folder, { recursive: true, force: true })
      await rename(draft, folder)
      return { kind: 'sent', externalId: key }
    } catch (error) {
      return { kind: 'passing', error: `the mailbox cannot be written: ${String(error)}` }
    }
  }
}
