import type { Database } from '../../src/store/database.ts'

/** A second person in HR, "helen", so that two can be asked the same. */
export async function addSecondHr({ prisma }: Database): Promise<void> {
  const { siteId } = await prisma.person.findUniqueOrThrow({ where: { email: 'hanna.weber@example.com' } })
  await prisma.person.create({
    data: { email: 'helen.roth@example.com', name: 'Helen Roth', role: 'hr', department: 'People', siteId },
  })
}
