import type { TeamsUserOptions } from './bot-connector/people.ts'

/** People of the demo company as Teams knows them; none of them has the app yet. */
export const DEMO_IN_TEAMS: TeamsUserOptions[] = [
  { name: 'Anna Schmidt', email: 'anna.schmidt@example.com' },
  { name: 'Ben Koch', email: 'ben.koch@example.com' },
  { name: 'Mara Lindqvist', email: 'mara.lindqvist@example.com' },
  { name: 'Hanna Weber', email: 'hanna.weber@example.com' },
  { name: 'Aydin Kaya', email: 'aydin.kaya@example.com' },
  { name: 'Sam Stranger', email: 'sam.stranger@example.com' },
]
