import type { Database } from '../../src/store/database.ts'
import { listenLocally } from '../../src/workspace/protocol/listen-locally.ts'
import type { LocalSlack } from '../../src/workspace/protocol/local-slack.ts'
import { BOT_TOKEN, SIGNING_SECRET } from './app-process.ts'

/** A local Slack with everybody of the company in it, in this process. */
export async function startBenchSlack({ prisma }: Database): Promise<LocalSlack> {
  const people = await prisma.person.findMany({ include: { site: true }, orderBy: { createdAt: 'asc' } })
  return listenLocally({
    signingSecret: SIGNING_SECRET,
    botToken: BOT_TOKEN,
    team: { id: 'TBENCH', name: 'Example Company' },
    botName: 'Motorpool',
    people: people.map(({ name, email, site }) => ({ name, email, timeZone: site.timeZone })),
  })
}
