/** The commands that people can type, in Slack and in Teams alike. */
export type Command = 'book' | 'mine' | 'drafts' | 'cars' | 'approvals' | 'away' | 'help'

/** The words that people type for each command. */
const SAID: Record<Command, string[]> = {
  book: ['book', 'book a car', 'book car'],
  mine: ['mine', 'my bookings', 'my trips', 'bookings', 'trips'],
  drafts: ['drafts', 'my drafts'],
  cars: ['cars', 'free cars'],
  approvals: ['approvals', 'my approvals'],
  away: ['away', 'i am away', "i'm away"],
  help: ['help', '?'],
}

const COMMANDS = (Object.keys(SAID) as Command[])
  .flatMap((command) => SAID[command].map((words) => ({ command, words })))
  .toSorted((a, b) => b.words.length - a.words.length)

/** Returns what somebody asks for in any case, and what they typed after it; null for words that are none of these. */
export function readCommand(typed: string): { command: Command; rest: string } | null {
  const said = typed.toLowerCase().replaceAll('’', "'")
  const found = COMMANDS.find(({ words }) => said === words || said.startsWith(`${words} `))
  return found ? { command: found.command, rest: typed.slice(found.words.length).trim() } : null
}
