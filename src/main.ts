import { pino } from 'pino'
import { type App, startApp } from './app.ts'
import { ConfigError, readConfig } from './config.ts'
import { endOnFatal } from './end-on-fatal.ts'
import { stopOnSignal } from './stop-on-signal.ts'
import { unreachableCode } from './store/database.ts'
import { InstanceRunningError } from './store/embedded/instance-lock.ts'
import { NewerDatabaseError } from './store/migrate.ts'

/** The process: reads the settings, starts, and stops on a signal; a second signal does not wait. */
async function main(): Promise<void> {
  const config = readConfig()
  const log = pino({ level: config.logLevel })
  let started: App | null = null
  endOnFatal(log, async () => started?.stop())
  const app = await startApp(config, { log })
  started = app
  stopOnSignal((signal) => {
    console.log(`${signal}: finishing what is on its way …`)
    app.stop().then(
      () => process.exit(0),
      (error: unknown) => {
        console.error(error)
        process.exit(1)
      },
    )
  })
  // Only now: whoever was told that it is ready may also tell it to stop.
  console.log(
    config.localWorkspace
      ? `Motorpool is ready. Open ${app.url} to book a car: pick a person and type /book-car.`
      : `Motorpool is ready at ${app.url}.`,
  )
  if (!config.email) console.log('No mail is sent: RESEND_API_KEY and EMAIL_FROM are not set.')
  else if ('mailbox' in config.email && !config.localWorkspace) {
    console.log(`No mail leaves this computer: mails are kept in ${config.email.mailbox} until RESEND_API_KEY is set.`)
  }
}

/** One line for what a person can mend, the whole error for what they cannot. */
function explain(error: unknown): unknown {
  if (error instanceof ConfigError)
    return `Motorpool cannot start:\n${error.problems.map((line) => `  ${line}`).join('\n')}`
  if (error instanceof InstanceRunningError || error instanceof NewerDatabaseError) return error.message
  const { code, port, syscall } = error as { code?: string; port?: number; syscall?: string }
  if (code === 'EADDRINUSE' && syscall === 'listen') {
    return `Port ${port} is taken by another program: stop that one, or start with another port (PORT=3001 npm start).`
  }
  const unreachable = unreachableCode(error)
  if (unreachable) return `DATABASE_URL names a server that cannot be reached (${unreachable}).`
  return error
}

try {
  await main()
} catch (error) {
  console.error(explain(error))
  process.exit(1)
}
