/** What people may type, as long as it may be. */
export const TYPED: [string, (length: number) => string][] = [
  ['words', (length) => 'We meet the client at the harbour. '.repeat(length).slice(0, length).replace(/\s$/, '.')],
  ['one endless word', (length) => 'x'.repeat(length)],
  ['ampersands alone', (length) => '&'.repeat(length)],
  ['brackets alone', (length) => '<>'.repeat(length).slice(0, length)],
  ['pings', (length) => '<!channel> <@U123> '.repeat(length).slice(0, length).replace(/\s$/, '.')],
  ['emoji', (length) => `${length % 2 ? 'x' : ''}${'🚗'.repeat(Math.floor(length / 2))}`],
  ['emoji, shifted by one', (length) => `x${'🚗'.repeat(Math.floor((length - 1) / 2))}`],
  ['right to left', (length) => 'نلتقي في الميناء '.repeat(length).slice(0, length).replace(/\s$/, '.')],
  ['lines', (length) => `a${'\n'.repeat(length - 2)}b`],
]

/** Mrkdwn as its reader sees it: without quote marks, and with escapes undone. */
export function unescaped(mrkdwn: string): string {
  return mrkdwn.replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&')
}

/** Half of a character that needs two code units. */
export const TORN = /\p{Surrogate}/u

/** What Slack would take for a ping, a link or a broken escape. */
export const NOT_ESCAPED = /<|&(?!amp;|lt;|gt;)/
