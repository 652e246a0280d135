import { App, HTTPReceiver, LogLevel } from '@slack/bolt'

/** What Bolt itself costs: one command that is only acknowledged. */
const receiver = new HTTPReceiver({
  signingSecret: process.env.SLACK_SIGNING_SECRET ?? '',
  endpoints: '/slack/events',
  logLevel: LogLevel.ERROR,
})
const app = new App({ receiver, authorize: async () => ({ botToken: 'xoxb-bench' }), logLevel: LogLevel.ERROR })
app.command('/book-car', async ({ ack }) => ack())
const server = await app.start(0)
const address = 'address' in server ? server.address() : null
console.log(`http://localhost:${typeof address === 'object' ? address?.port : ''}`)
process.on('SIGTERM', () => process.exit(0))
