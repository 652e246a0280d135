type Fields = Record<string, unknown>

/**
 * The words that somebody sees in a message or view, one line for each text, from top to bottom. A message's own text
 * counts only when it has no blocks: Slack shows it nowhere else but in notifications.
 */
export function textOf(shown: { text?: unknown; blocks: readonly unknown[]; title?: unknown }): string {
  if (shown.blocks.length === 0) return typeof shown.text === 'string' ? shown.text : ''
  return [...wordsOf(shown.title), ...shown.blocks.flatMap(wordsOf)].join('\n')
}

/** In the order of the eye; the parts of a block that hold words. */
const PARTS = ['title', 'label', 'text', 'fields', 'rows', 'elements', 'element', 'accessory', 'placeholder', 'hint']

function wordsOf(part: unknown): string[] {
  if (Array.isArray(part)) return part.flatMap(wordsOf)
  if (!isFields(part)) return []
  if (part.type === 'rich_text_section') return [(part.elements as Fields[]).map((one) => wordsOf(one)).join('')]
  const own = typeof part.text === 'string' ? [part.text] : []
  return [...own, ...PARTS.flatMap((name) => wordsOf(part[name]))]
}

export function isFields(value: unknown): value is Fields {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

/** The text of a text object, or ''. */
export function plainText(text: unknown): string {
  return isFields(text) && typeof text.text === 'string' ? text.text : ''
}
