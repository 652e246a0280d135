import { CommandRefused, runCommand } from '../src/commands/run-command.ts'
import { openDatabase } from '../src/store/database.ts'
import { seedDemoCompany } from '../src/store/demo-company.ts'

await runCommand('db:seed', async (url, { production }) => {
  if (production) throw new CommandRefused('db:seed is demo data, and refused where NODE_ENV is production')
  const database = openDatabase(url, 4)
  try {
    const seeded = await seedDemoCompany(database.prisma)
    console.log(seeded ? 'The demo company is there' : 'Nothing done: the directory already has people in it')
  } finally {
    await database.close()
  }
})
