/**
 * How much a card may hold. Microsoft states 28 kB for a card
 * (https://learn.microsoft.com/en-us/microsoftteams/platform/webhooks-and-connectors/how-to/connectors-using), and more for
 * a bot's message since (https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/format-your-bot-messages);
 * a card inside the smaller figure is shown everywhere.
 */
export const LIMITS = {
  /** Bytes of a card as UTF-8 JSON: what its message adds, and a notice on top, have room beside it. */
  card: 25_000,
  /** Bytes of the two lists of colleagues in a form, so that the longest details fit beside them. */
  people: 7_500,
  /** Characters of a notice on top of a card. */
  notice: 300,
  /** Characters of a text for notifications. */
  fallbackText: 300,
  /** Characters of a choice in a list: a line at most. */
  choice: 75,
  /** Characters of a field in which names are typed: of colleagues, and of others. */
  names: 600,
  otherNames: 1000,
} as const

export function bytesOf(part: unknown): number {
  return Buffer.byteLength(JSON.stringify(part))
}
