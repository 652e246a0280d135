import { createDirectory } from '../../src/store/directory.ts'
import type { Company } from './company.ts'

/** Gives these people, by first name, an account in Slack, which everybody has who opens a Home. */
export async function linkSlack({ database, personId }: Company, ...firstNames: string[]): Promise<void> {
  const directory = createDirectory(database)
  for (const name of firstNames) {
    await directory.linkAccount(personId(name), { platform: 'slack', tenantId: 'T1', userId: `U-${name}` }, null)
  }
}
