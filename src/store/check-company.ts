import { peopleWithoutApprover } from '../core/approval/people-without-approver.ts'
import type { Finding } from '../core/finding.ts'
import type { Person } from '../core/people/person.ts'
import type { PrismaClient } from './generated/client.ts'
import { PERSON, toPerson } from './rows.ts'

const MOST_NAMES = 10

/** Whether the people and cars in the directory can do what they are there for, and whether messages wait for an admin. */
export async function checkCompany(prisma: PrismaClient): Promise<Finding[]> {
  const people = (await prisma.person.findMany({ include: PERSON, orderBy: { name: 'asc' } })).map(toPerson)
  return [...checkPeople(people), ...(await checkCars(prisma)), ...(await checkDeliveries(prisma))]
}

function checkPeople(people: Person[]): Finding[] {
  const about = 'People'
  const active = people.filter((person) => person.active)
  if (active.length === 0) {
    return [{ level: 'problem', about, text: 'nobody is in the directory: npm run import:people -- people.csv' }]
  }
  const has = (role: Person['role']) => active.some((person) => person.role === role)
  const findings: Finding[] = []
  if (!has('hr')) {
    const text = has('admin')
      ? 'nobody has the role hr: the admins take the last decision'
      : 'nobody has the role hr or admin, so nobody could take the last decision: import somebody who has'
    findings.push({ level: has('admin') ? 'warning' : 'problem', about, text })
  }
  const stuck = peopleWithoutApprover(people)
  if (stuck.length > 0) {
    const text = `${stuck.length} of ${active.length} cannot request a car, for nobody could decide: ${namesOf(stuck)}. A manager and one more person in HR (or an admin) are needed`
    findings.push({ level: 'problem', about, text })
  }
  const all = `${active.length} active, and somebody can decide for each of them`
  return findings.length > 0 ? findings : [{ level: 'ok', about, text: all }]
}

/** The first few, and how many more. */
export function namesOf(people: readonly { name: string }[]): string {
  const more = people.length - MOST_NAMES
  const names = people.slice(0, MOST_NAMES).map((person) => person.name)
  return names.join(', ') + (more > 0 ? ` and ${more} more` : '')
}

async function checkCars(prisma: PrismaClient): Promise<Finding[]> {
  const about = 'Cars'
  const cars = await prisma.vehicle.count({ where: { status: 'in_service' } })
  if (cars === 0) {
    return [{ level: 'problem', about, text: 'none is in service: npm run import:vehicles -- vehicles.csv' }]
  }
  const empty = await prisma.site.findMany({
    where: { vehicles: { none: { status: 'in_service' } }, people: { some: { active: true } } },
    orderBy: { name: 'asc' },
  })
  const without = empty.map((site) => site.name).join(', ')
  return [
    { level: 'ok', about, text: `${cars} in service` },
    ...(empty.length > 0
      ? [{ level: 'warning', about, text: `no car at ${without}: people there book those of other sites` } as const]
      : []),
  ]
}

async function checkDeliveries(prisma: PrismaClient): Promise<Finding[]> {
  return [await checkDead(prisma), ...(await checkChannels(prisma)), ...(await checkUnreachable(prisma))]
}

async function checkDead(prisma: PrismaClient): Promise<Finding> {
  const about = 'Messages'
  const [last] = await prisma.$queryRaw<{ channel: string; lastError: string | null; total: number }[]>`
    SELECT channel::text, last_error AS "lastError", (count(*) OVER ())::int AS total FROM deliveries
    WHERE status = 'dead' ORDER BY settled_at DESC LIMIT 1`
  if (!last) return { level: 'ok', about, text: 'none was given up' }
  const text = `${last.total} could not be delivered and were given up; the last one (${last.channel}): ${last.lastError ?? 'no reason is known'}. npm run doctor -- --resend sends them again`
  return { level: 'warning', about, text }
}

/** Channels that wait until an admin mends something. */
async function checkChannels(prisma: PrismaClient): Promise<Finding[]> {
  const held = await prisma.channelPause.findMany({ where: { error: { not: null } }, orderBy: { channel: 'asc' } })
  return held.map(({ channel, error }) => ({
    level: 'problem',
    about: 'Messages',
    text: `${channel} refuses what Motorpool sends (${error}): they wait, and go out once that is mended`,
  }))
}

async function checkUnreachable(prisma: PrismaClient): Promise<Finding[]> {
  const where = { kind: 'unreachable', person: { active: true } } as const
  const alerts = await prisma.adminAlert.findMany({ where, include: { person: true }, orderBy: { raisedAt: 'asc' } })
  const people = [...new Map(alerts.flatMap(({ person }) => (person ? [[person.id, person]] : []))).values()]
  if (people.length === 0) return []
  const text = `${people.length} cannot be reached somewhere: ${namesOf(people)}. What waits for them goes out as soon as they can be`
  return [{ level: 'warning', about: 'Messages', text }]
}
