import type { Config } from './config.ts'
import type { Finding } from './core/finding.ts'

interface Log {
  warn(facts: object, message: string): void
}

/**
 * Logs one warning for each platform that refuses our credentials or cannot be reached, as the doctor says it. The service
 * goes on: it may be mended while it runs. Never throws.
 */
export async function warnOfProblems({ slack, teams }: Pick<Config, 'slack' | 'teams'>, log: Log): Promise<void> {
  const checks = [
    slack && import('./surfaces/slack/check-slack.ts').then(({ checkSlack }) => checkSlack(slack)),
    teams && import('./surfaces/teams/check-teams.ts').then(({ checkTeams }) => checkTeams(teams)),
  ]
  await Promise.all(checks.map((check) => warnOf(check, log)))
}

async function warnOf(check: Promise<Finding[]> | null, log: Log): Promise<void> {
  try {
    const problem = (await check)?.find(({ level }) => level === 'problem')
    if (problem) log.warn({ about: problem.about }, `${problem.about}: ${problem.text}`)
  } catch (error) {
    log.warn({ err: error }, 'The platforms could not be asked at the start')
  }
}
