import type { WorkspaceMail } from '../protocol/page-api.ts'
import { MailIcon, PaperclipIcon } from './icons.tsx'
import { MailView } from './mail-view.tsx'
import { type Place, placeHref } from './place.ts'
import { useReader } from './reader.ts'
import { longWhen, shortWhen } from './zoned-time.ts'

/** The mails to a person: the list, and beside it (or, where there is little room, instead of it) the chosen one. */
export function Mailbox({ mails, place }: { mails: WorkspaceMail[]; place: Place }) {
  const { person } = useReader()
  if (mails.length === 0) {
    return (
      <div className="empty">
        <MailIcon />
        <p>No mail for {person.email} yet. What Motorpool sends lands here and nowhere else.</p>
      </div>
    )
  }
  const chosen = mails.find(({ id }) => id === place.mailId)
  const shown = chosen ?? mails[0]
  return (
    <div className="mailbox" data-chosen={chosen !== undefined}>
      <ul className="mail-list" aria-label="Mails">
        {mails.map((mail) => (
          <li key={mail.id}>
            <MailLink mail={mail} current={mail === shown} />
          </li>
        ))}
      </ul>
      {shown && <MailView key={shown.id} mail={shown} back={placeHref(person.userId, 'mailbox')} />}
    </div>
  )
}

function MailLink({ mail, current }: { mail: WorkspaceMail; current: boolean }) {
  const { person } = useReader()
  const at = new Date(mail.at)
  return (
    <a href={placeHref(person.userId, 'mailbox', mail.id)} className="mail-link" aria-current={current || undefined}>
      <span className="mail-link-from">{senderName(mail.from)}</span>
      <time className="mail-link-when" dateTime={mail.at} title={longWhen(at, person.timeZone)}>
        {shortWhen(at, new Date(), person.timeZone)}
      </time>
      <b className="mail-link-subject" dir="auto">
        {mail.subject}
      </b>
      {mail.attachments.length > 0 && <PaperclipIcon />}
      <span className="mail-link-start" dir="auto">
        {mail.text.replace(/\s+/g, ' ').slice(0, 120)}
      </span>
    </a>
  )
}

function senderName(from: string): string {
  return /^\s*"?([^"<]+?)"?\s*</.exec(from)?.[1] ?? from
}
