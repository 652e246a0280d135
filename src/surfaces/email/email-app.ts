import { createFolderTransport } from './folder-transport.ts'
import { createResendTransport, type ResendSettings } from './resend-transport.ts'
import { createEmailSender, type EmailSenderOptions } from './sender.ts'

/** Mail goes through Resend, or into a mailbox on disk. */
export type EmailSettings = { from: string } & (ResendSettings | { mailbox: string })

/** Puts mail together. `now` is the real time. */
export function createEmailApp(settings: EmailSettings, chatOf: EmailSenderOptions['chatOf'], now: () => Date) {
  const transport =
    'mailbox' in settings ? createFolderTransport(settings.mailbox) : createResendTransport(settings, now)
  return { sender: createEmailSender({ from: settings.from, chatOf, transport }) }
}
