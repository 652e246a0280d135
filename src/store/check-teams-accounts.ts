import type { Finding } from '../core/finding.ts'
import { namesOf } from './check-company.ts'
import { Prisma, type PrismaClient } from './generated/client.ts'

const ABOUT = 'Teams'

/** How many people Motorpool may write to in Teams. A bot cannot begin a chat: that takes the app, installed for them. */
export async function checkTeamsAccounts(
  prisma: PrismaClient,
  { isSlackThere }: { isSlackThere: boolean },
): Promise<Finding[]> {
  const reached = { some: { platform: 'teams', conversation: { not: Prisma.DbNull } } } as const
  const people = await prisma.person.findMany({
    where: { active: true },
    select: { name: true, chatAccounts: { where: reached.some, take: 1, select: { id: true } } },
    orderBy: { name: 'asc' },
  })
  const missing = people.filter(({ chatAccounts }) => chatAccounts.length === 0)
  const linked = people.length - missing.length
  if (people.length === 0) return []
  if (missing.length === 0) {
    return [{ level: 'ok', about: ABOUT, text: `all ${linked} active people have the app` }]
  }
  const who = linked === 0 ? 'none' : linked
  const have = `${who} of ${people.length} active people ${linked <= 1 ? 'has' : 'have'} the app`
  const others = isSlackThere ? 'to the others Motorpool writes in Slack' : 'the others hear by mail alone'
  if (isSlackThere && linked > 0) return [{ level: 'ok', about: ABOUT, text: `${have}; ${others}` }]
  const text = `${have}, ${others}: ${namesOf(missing)}. ${INSTALL}`
  return [{ level: 'warning', about: ABOUT, text }]
}

const INSTALL =
  'Install it for them in the Teams admin center (Teams apps, Setup policies, Installed apps); it counts when they open Teams'
