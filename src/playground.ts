import { CommandRefused, explained } from './commands/run-command.ts'
import { inspectConfig } from './config.ts'
import { startPlayground } from './start-playground.ts'
import { stopOnSignal } from './stop-on-signal.ts'
import { fetchPlayground, PlaygroundMissing } from './workspace/playground/launch-playground.ts'

const DATA_DIRECTORY = '.data/playground'

/** Motorpool in Microsoft Teams, as far as it goes without an account. It looks for free ports, and touches nothing but its own folder. */
async function playground(): Promise<void> {
  const { config } = inspectConfig()
  if (config.production) throw new CommandRefused('npm run playground is refused where NODE_ENV is production')
  const aborted = new AbortController()
  const stopping = new Promise<'stopping'>((resolve) => {
    stopOnSignal((signal) => {
      console.log(`${signal}: ending what was started …`)
      aborted.abort()
      resolve('stopping')
    })
  })
  console.log('Fetching the Microsoft 365 Agents Playground, and starting Motorpool …')
  try {
    const launch = await fetchPlayground(aborted.signal)
    const { urls, ended, stop } = await startPlayground(ownConfig(config), launch, aborted.signal)
    console.log(guide(urls))
    const why = await Promise.race([stopping, ended])
    await stop()
    if (why !== 'stopping') throw new CommandRefused('A Playground has ended by itself, and so everything was ended.')
  } catch (error) {
    if (error instanceof PlaygroundMissing) throw new CommandRefused(error.message)
    if (!aborted.signal.aborted) throw error
  }
}

/** Nothing real is touched, whatever the environment names. */
function ownConfig(stated: ReturnType<typeof inspectConfig>['config']) {
  return {
    ...stated,
    port: 0,
    databaseUrl: null,
    dataDirectory: DATA_DIRECTORY,
    email: { from: 'Motorpool <motorpool@example.com>', mailbox: `${DATA_DIRECTORY}/mailbox` },
  }
}

function guide([anna, mara, hanna]: string[]): string {
  return `
Motorpool is ready. Each of these pages is one person's Teams: open all three before you write anything.

  Anna Schmidt, employee     ${anna}   write "book", fill in the form, press "Request car"
  Mara Lindqvist, manager    ${mara}   approve or reject Anna's request
  Hanna Weber, HR            ${hanna}   decide after Mara

"help" lists what else can be written. Mails land in ${DATA_DIRECTORY}/mailbox. Ctrl-C ends everything: bookings stay in
${DATA_DIRECTORY}, which you may delete, and chats are forgotten, also when a page is loaded anew.
`
}

await explained(playground)
