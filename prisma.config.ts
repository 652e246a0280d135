import { defineConfig } from 'prisma/config'

/** For `prisma generate`, and for `prisma migrate status` and `deploy` where Prisma's own engine can be had. */
export default defineConfig({
  schema: 'prisma/schema.prisma',
  migrations: { path: 'prisma/migrations' },
  datasource: { url: process.env.DATABASE_URL ?? 'postgresql://localhost/motorpool' },
})
