import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { createLocalSlack, type LocalSlack, type LocalSlackOptions } from './local-slack.ts'

/**
 * Runs a local Slack on a port of its own on loopback, under `/workspace`. The app's Request URL may follow later
 * (`slack.requestUrl = …`). Its `close` also ends the server and every open connection.
 */
export async function listenLocally(
  options: Omit<LocalSlackOptions, 'baseUrl' | 'requestUrl'> & { requestUrl?: string; port?: number },
): Promise<LocalSlack> {
  const server = createServer()
  await new Promise<void>((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port ?? 0, '127.0.0.1', resolve)
  })
  const { port } = server.address() as AddressInfo
  const baseUrl = `http://127.0.0.1:${port}/workspace`
  const slack = createLocalSlack({ ...options, baseUrl, requestUrl: options.requestUrl ?? 'http://127.0.0.1:1/' })
  server.on('request', async (req, res) => {
    try {
      if (await slack.listener(req, res)) return
      res.writeHead(404).end()
    } catch (error) {
      console.error(error)
      res.destroy()
    }
  })
  server.on('upgrade', slack.upgrade)
  const closeSlack = slack.close
  slack.close = async () => {
    await closeSlack()
    server.closeAllConnections()
    await new Promise<void>((resolve) => server.close(() => resolve()))
  }
  return slack
}
