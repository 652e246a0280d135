/** The command that the workspace knows, as it would be registered with Slack. */
export const COMMAND = '/book-car'

const HINTS = [
  { command: COMMAND, description: 'Book a shared car' },
  { command: `${COMMAND} mine`, description: 'Your bookings' },
  { command: `${COMMAND} drafts`, description: 'Forms you put aside' },
  { command: `${COMMAND} cars`, description: 'The cars, and when they are free' },
  { command: `${COMMAND} approvals`, description: 'What waits for your decision' },
  { command: `${COMMAND} away`, description: 'Who answers for you while you are away' },
  { command: `${COMMAND} help`, description: 'All that it can do' },
]

/** What may be meant by a text that begins as the command does; nothing once it says more than any hint. */
export function commandHints(text: string): { command: string; description: string }[] {
  if (!text.startsWith('/')) return []
  const begun = text.trimEnd()
  if (begun.length < COMMAND.length)
    return HINTS.filter(({ command }) => command === COMMAND && command.startsWith(begun))
  return HINTS.filter(({ command }) => command !== begun && command.startsWith(begun))
}
