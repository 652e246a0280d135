import type { RichTextBlockElement, RichTextElement } from '@slack/types'

type Style = { bold?: boolean; italic?: boolean; strike?: boolean; code?: boolean }
type FormatDate = (seconds: number, pattern: string) => string

const MARKS = { '*': 'bold', _: 'italic', '~': 'strike' } as const
const EMOJI = String.raw`(?<![\w:]):(?<emoji>[a-z0-9_+-]+)(?:::skin-tone-(?<tone>[2-6]))?:`
const PLAIN = new RegExp(EMOJI, 'g')
const INLINE = new RegExp(
  [
    '`(?<code>[^`\\n]+)`',
    String.raw`<(?<angle>[^<>\n]+)>`,
    EMOJI,
    String.raw`(?<url>https?:\/\/[^\s<>]*[^\s<>.,;:!?)*_~])`,
    String.raw`(?<![\p{L}\p{N}])(?<mark>[*_~])(?=\S)(?<inner>[^\n]*?\S)\k<mark>(?![\p{L}\p{N}])`,
  ].join('|'),
  'gu',
)

/**
 * Reads Slack's mrkdwn into rich text, as Slack itself does: escapes are undone once and never read as markup.
 * https://docs.slack.dev/messaging/formatting-message-text
 */
export function parseMrkdwn(text: string, formatDate: FormatDate): RichTextBlockElement[] {
  return text.split(/\n?```\n?([\s\S]+?)```\n?/).flatMap((part, index): RichTextBlockElement[] => {
    if (part === '') return []
    if (index % 2 === 1) {
      const code = decode(part.replace(/\n$/, ''))
      return [{ type: 'rich_text_preformatted', elements: [{ type: 'text', text: code }] }]
    }
    return quotesAndLines(part).map(({ quoted, lines }) => ({
      type: quoted ? 'rich_text_quote' : 'rich_text_section',
      elements: parseInline(lines.join('\n'), {}, formatDate),
    }))
  })
}

/** Reads a `plain_text` object: only emoji mean something in it. */
export function parsePlainText(text: string): RichTextElement[] {
  return pieces(text, PLAIN, (match) => emoji(match.groups ?? {}), {})
}

function quotesAndLines(text: string) {
  const runs: { quoted: boolean; lines: string[] }[] = []
  for (const line of text.split('\n')) {
    const quote = /^(?:>|&gt;) ?(.*)$/.exec(line)
    const last = runs.at(-1)
    const content = quote?.[1] ?? line
    if (last && last.quoted === Boolean(quote)) last.lines.push(content)
    else runs.push({ quoted: Boolean(quote), lines: [content] })
  }
  return runs
}

function parseInline(text: string, style: Style, formatDate: FormatDate): RichTextElement[] {
  const read = (match: RegExpMatchArray): RichTextElement[] => {
    const { code, angle, url, mark, inner } = match.groups ?? {}
    if (code) return [{ type: 'text', text: decode(code), style: { ...style, code: true } }]
    if (angle) return [parseAngle(angle, style, formatDate)]
    if (url) return [{ type: 'link', url: decode(url), style }]
    if (mark && inner) {
      return parseInline(inner, { ...style, [MARKS[mark as keyof typeof MARKS]]: true }, formatDate)
    }
    return emoji(match.groups ?? {})
  }
  return pieces(text, INLINE, read, style)
}

function pieces(
  text: string,
  pattern: RegExp,
  read: (match: RegExpMatchArray) => RichTextElement[],
  style: Style,
): RichTextElement[] {
  const found: RichTextElement[] = []
  let from = 0
  const plain = (until: number) => {
    if (until > from) found.push({ type: 'text', text: decode(text.slice(from, until)), style })
  }
  for (const match of text.matchAll(pattern)) {
    plain(match.index)
    found.push(...read(match))
    from = match.index + match[0].length
  }
  plain(text.length)
  return found
}

function parseAngle(inside: string, style: Style, formatDate: FormatDate): RichTextElement {
  const [target = '', label] = inside.split('|', 2)
  const rest = target.slice(1)
  if (target.startsWith('@')) return { type: 'user', user_id: rest, style }
  if (target.startsWith('#')) return { type: 'channel', channel_id: rest, style }
  if (target.startsWith('!subteam^')) return { type: 'usergroup', usergroup_id: rest.slice('subteam^'.length), style }
  if (target.startsWith('!date^')) {
    const [, seconds = '', pattern = '', url] = target.split('^')
    const text = Number.isFinite(Number(seconds)) ? formatDate(Number(seconds), pattern) : decode(label ?? '')
    return url ? { type: 'link', url: decode(url), text, style } : { type: 'text', text, style }
  }
  if (target === '!here' || target === '!channel' || target === '!everyone') {
    return { type: 'broadcast', range: rest as 'here' | 'channel' | 'everyone', style }
  }
  if (target.startsWith('!')) return { type: 'text', text: decode(label ?? `<${inside}>`), style }
  const url = decode(target)
  return { type: 'link', url, text: decode(label ?? url.replace(/^mailto:/, '')), style }
}

function emoji(groups: Record<string, string | undefined>): RichTextElement[] {
  const tone = groups.tone ? { skin_tone: Number(groups.tone) } : {}
  return [{ type: 'emoji', name: groups.emoji ?? '', ...tone } as RichTextElement]
}

/** https://docs.slack.dev/messaging/formatting-message-text#escaping */
function decode(text: string): string {
  return text.replace(/&(amp|lt|gt);/g, (_, name: string) => ({ amp: '&', lt: '<', gt: '>' })[name] ?? '')
}
