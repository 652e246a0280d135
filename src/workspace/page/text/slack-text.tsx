import type { KnownBlock, RichTextBlock, RichTextBlockElement, TextObject } from '@slack/types'
import { type Block, Message, type MessageProps } from 'slack-blocks-to-jsx'
import { useReader, useTheme } from '../reader.ts'
import { parseMrkdwn, parsePlainText } from './mrkdwn.ts'
import { formatSlackDate } from './slack-date.ts'

const HAS_EMOJI = /:[a-z0-9_+-]+:/

/** Blocks that only show something, as Slack draws them. */
export function DisplayBlocks({ blocks }: { blocks: KnownBlock[] }) {
  const { person, people } = useReader()
  const theme = useTheme()
  const hooks: MessageProps['hooks'] = {
    date: ({ timestamp, format }) => formatSlackDate(Number(timestamp), format, person.timeZone),
    emoji: (data, parse) => {
      const text = parse(data)
      return text === data.name ? `:${data.name}:` : text
    },
  }
  return (
    <Message
      blocks={blocks as unknown as Block[]}
      name=""
      logo=""
      theme={theme}
      hooks={hooks}
      data={{ users: people.map(({ userId, name }) => ({ id: userId, name })) }}
      withoutWrapper
    />
  )
}

/** A text object of Block Kit: mrkdwn with its markup, plain text with nothing but its emoji. */
export function SlackText({ text }: { text: TextObject }) {
  const { person } = useReader()
  if (text.type === 'plain_text') return <PlainText text={text.text} />
  const elements = parseMrkdwn(text.text, (seconds, pattern) => formatSlackDate(seconds, pattern, person.timeZone))
  return <RichText elements={elements} />
}

/** Plain text in labels, buttons and options. */
export function PlainText({ text }: { text: string }) {
  if (!HAS_EMOJI.test(text)) return <span className="plain-text">{text}</span>
  return <RichText elements={[{ type: 'rich_text_section', elements: parsePlainText(text) }]} />
}

function RichText({ elements }: { elements: RichTextBlockElement[] }) {
  const block: RichTextBlock = { type: 'rich_text', elements }
  return <DisplayBlocks blocks={[block]} />
}
