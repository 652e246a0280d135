/**
 * Slack's limits, each with the page that states it. Lengths in characters.
 * https://docs.slack.dev/reference/block-kit/blocks/section-block
 * https://docs.slack.dev/reference/block-kit/composition-objects/option-object
 * https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element
 * https://docs.slack.dev/reference/views
 */
export const LIMITS = {
  sectionText: 3000,
  fieldText: 2000,
  /** The `text` of a message is cut at 40,000; 4,000 is what Slack recommends. */
  messageText: 4000,
  optionText: 75,
  options: 100,
  inputText: 3000,
} as const
