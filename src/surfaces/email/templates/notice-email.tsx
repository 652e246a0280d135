import type { NoticeFacts, NoticeKind } from '../../../core/notification/notice.ts'
import { quoted } from '../../view-models/notice-situation.ts'
import { linkLabel } from '../chat-link.ts'
import { Body, Button, Container, Head, Heading, Html, Preview, Section, Text } from '../components.ts'
import { ChangesTable } from './changes-table.tsx'
import { DARK_STYLE, type EmailTone, STYLES, TONE_COLOURS } from './email-style.ts'
import { FactsTable } from './facts-table.tsx'
import { IsolatedLines } from './isolated-lines.ts'
import type { NoticeEmailProps } from './notice-email-props.ts'
import { TypedLines } from './typed-lines.tsx'

/** The mail of a notice, whatever its kind: the words of the notice, the trip as a table, one link into the chat. */
export function NoticeEmail({ kind, facts, content, chat }: NoticeEmailProps) {
  const { words, rows, note, footer } = content
  return (
    <Html lang="en" dir="ltr">
      <Head>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="color-scheme" content="light dark" />
        <meta name="supported-color-schemes" content="light dark" />
        <title>{words.subject}</title>
        <style>{DARK_STYLE}</style>
      </Head>
      <Preview>{words.trip}</Preview>
      <Body className="page" style={STYLES.body}>
        <Section className="page" style={STYLES.page}>
          <Container className="card" style={{ ...STYLES.card, borderTop: `4px solid ${TONE_COLOURS[TONES[kind]]}` }}>
            <Section style={STYLES.inside}>
              <Heading as="h1" className="headline" dir="ltr" style={STYLES.headline}>
                <IsolatedLines text={words.headline} facts={facts} />
              </Heading>
              {words.remarks.map((remark) => (
                <Remark key={remark} text={remark} facts={facts} />
              ))}
              <ChangesTable changes={words.changes} isOpen={facts.proposed !== undefined} />
              <FactsTable rows={rows} />
              {note === null ? null : (
                <Text className="text" style={STYLES.text}>
                  {note}
                </Text>
              )}
              {chat === null ? null : (
                <Button className="button" href={chat.url} style={STYLES.button}>
                  {linkLabel(chat)}
                </Button>
              )}
            </Section>
          </Container>
          <Text className="footer" style={STYLES.footer}>
            {footer}
          </Text>
        </Section>
      </Body>
    </Html>
  )
}

/** The edge of the mail says how it is meant. */
const TONES: Record<NoticeKind, EmailTone> = {
  booking_requested: 'waiting',
  approval_needed: 'asking',
  approval_reminder: 'asking',
  manager_approved: 'waiting',
  booking_approved: 'good',
  booking_rejected: 'bad',
  booking_cancelled: 'gone',
  booking_expired: 'gone',
  booking_changed: 'good',
  change_requested: 'waiting',
  change_approved: 'good',
  change_rejected: 'bad',
  change_withdrawn: 'gone',
  change_expired: 'gone',
  changes_requested: 'asking',
  change_reminder: 'asking',
  trip_left: 'gone',
  step_escalated: 'waiting',
  step_unanswered: 'waiting',
  step_overdue: 'asking',
  delivery_failed: 'bad',
  check_found: 'bad',
}

/** Typed text finds its own direction; a sentence of ours has one. */
function Remark({ text, facts }: { text: string; facts: NoticeFacts }) {
  const isTyped = text === quoted(facts)
  return (
    <Text className="text" dir={isTyped ? 'auto' : 'ltr'} style={STYLES.text}>
      {isTyped ? <TypedLines text={text} /> : <IsolatedLines text={text} facts={facts} />}
    </Text>
  )
}
