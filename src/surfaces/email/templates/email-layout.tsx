import type { ReactNode } from 'react'
import type { NoticeFacts } from '../../../core/notification/notice.ts'
import { quoted } from '../../view-models/notice-situation.ts'
import { noticeWords } from '../../view-models/notice-words.ts'
import { Body, Button, Container, Head, Heading, Html, Preview, Section, Text } from '../components.ts'
import { ChangesTable } from './changes-table.tsx'
import { DARK_STYLE, type EmailTone, STYLES, TONE_COLOURS } from './email-style.ts'
import { type Fact, FactsTable } from './facts-table.tsx'
import { IsolatedLines } from './isolated-lines.ts'
import type { NoticeEmailProps } from './notice-email-props.ts'
import { TypedLines } from './typed-lines.tsx'

interface EmailLayoutProps extends NoticeEmailProps {
  tone: EmailTone
  /** Rows for the facts table beyond those every mail has. */
  moreFacts: Fact[]
  /** Said under the facts. */
  children: ReactNode
}

/** What all mails share: the words of the notice, the trip as a table, one link into the chat. */
export function EmailLayout({ tone, moreFacts, children, ...notice }: EmailLayoutProps) {
  const { kind, facts, reader, chatUrl, now } = notice
  const words = noticeWords(kind, facts, reader.zone, now, reader)
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
          <Container className="card" style={{ ...STYLES.card, borderTop: `4px solid ${TONE_COLOURS[tone]}` }}>
            <Section style={STYLES.inside}>
              <Heading as="h1" className="headline" dir="ltr" style={STYLES.headline}>
                <IsolatedLines text={words.headline} facts={facts} />
              </Heading>
              {words.remarks.map((remark) => (
                <Remark key={remark} text={remark} facts={facts} />
              ))}
              <ChangesTable changes={words.changes} isOpen={facts.proposed !== undefined} />
              {kind === 'check_found' ? null : <FactsTable {...notice} more={moreFacts} changes={words.changes} />}
              {children}
              {chatUrl === null ? null : (
                <Button className="button" href={chatUrl} style={STYLES.button}>
                  Open in Slack
                </Button>
              )}
            </Section>
          </Container>
          <Text className="footer" style={STYLES.footer}>
            Motorpool books the company's shared cars. Answers are given in chat, never by mail.
          </Text>
        </Section>
      </Body>
    </Html>
  )
}

/** What somebody typed finds its own direction; a sentence of ours has one. */
function Remark({ text, facts }: { text: string; facts: NoticeFacts }) {
  const isTyped = text === quoted(facts)
  return (
    <Text className="text" dir={isTyped ? 'auto' : 'ltr'} style={STYLES.text}>
      {isTyped ? <TypedLines text={text} /> : <IsolatedLines text={text} facts={facts} />}
    </Text>
  )
}

/** One more sentence under the facts. */
export function EmailNote({ children }: { children: ReactNode }) {
  return (
    <Text className="text" style={STYLES.text}>
      {children}
    </Text>
  )
}
