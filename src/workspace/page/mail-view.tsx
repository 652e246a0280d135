import { useEffect, useId, useRef, useState } from 'react'
import type { WorkspaceMail } from '../protocol/page-api.ts'
import { BackIcon, PaperclipIcon } from './icons.tsx'
import { useReader } from './reader.ts'
import { longWhen } from './zoned-time.ts'

const BORDER_PX = 1

/** One mail, as a mail program would show it. */
export function MailView({ mail, back }: { mail: WorkspaceMail; back: string }) {
  const { person } = useReader()
  const [form, setForm] = useState<'html' | 'text'>(mail.html ? 'html' : 'text')
  return (
    <article className="mail" aria-label={mail.subject}>
      <a href={back} className="mail-back">
        <BackIcon /> All mails
      </a>
      <header className="mail-head">
        <h2 dir="auto">{mail.subject}</h2>
        <dl>
          <dt>From</dt>
          <dd>{mail.from}</dd>
          <dt>To</dt>
          <dd>{mail.to}</dd>
          <dt>Date</dt>
          <dd>{longWhen(new Date(mail.at), person.timeZone)}</dd>
        </dl>
        <div className="switch">
          {(['html', 'text'] as const).map((one) => (
            <button key={one} type="button" aria-pressed={form === one} onClick={() => setForm(one)}>
              {one === 'html' ? 'HTML' : 'Text'}
            </button>
          ))}
        </div>
      </header>
      {form === 'html' ? <MailFrame html={mail.html} /> : <pre className="mail-text">{mail.text}</pre>}
      {mail.attachments.map((attachment) => (
        <MailAttachment key={attachment.filename} attachment={attachment} />
      ))}
    </article>
  )
}

/** The mail's own page, as tall as it wants to be. It may style itself and open links elsewhere, and run nothing. */
function MailFrame({ html }: { html: string }) {
  const frame = useRef<HTMLIFrameElement>(null)
  const [height, setHeight] = useState(120)
  const measure = () => {
    const page = frame.current?.contentDocument
    if (page?.body) setHeight(Math.max(page.documentElement.offsetHeight, page.body.scrollHeight) + 2 * BORDER_PX)
  }
  useEffect(() => {
    const resized = new ResizeObserver(measure)
    if (frame.current) resized.observe(frame.current)
    return () => resized.disconnect()
  })
  return (
    <iframe
      ref={frame}
      className="mail-frame"
      title="Mail"
      sandbox="allow-same-origin allow-popups allow-popups-to-escape-sandbox"
      srcDoc={`<base target="_blank">${html}`}
      style={{ height }}
      onLoad={measure}
    />
  )
}

function MailAttachment({ attachment }: { attachment: WorkspaceMail['attachments'][number] }) {
  const [open, setOpen] = useState(false)
  const id = useId()
  const readable = attachment.contentType.startsWith('text/')
  return (
    <section className="attachment" aria-label={attachment.filename}>
      <div className="attachment-head">
        <PaperclipIcon />
        <b>{attachment.filename}</b>
        <span>{attachment.contentType}</span>
        {readable && (
          <button
            type="button"
            className="button button-small"
            aria-expanded={open}
            aria-controls={id}
            onClick={() => setOpen(!open)}
          >
            {open ? 'Hide' : 'View'}
          </button>
        )}
      </div>
      {open && (
        <pre id={id} className="mail-text">
          {decoded(attachment.content)}
        </pre>
      )}
    </section>
  )
}

/** Attachments travel as base64: https://resend.com/docs/api-reference/emails/send-email */
function decoded(content: string): string {
  try {
    return new TextDecoder().decode(Uint8Array.from(atob(content), (letter) => letter.codePointAt(0) ?? 0))
  } catch {
    return content
  }
}
