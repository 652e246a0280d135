import { ConnectorClient, ConnectorFactory, type ServiceClientCredentials } from 'botframework-connector'
import { within } from '../within.ts'
import type { AccessTokens } from './access-token.ts'

/** For each call, its answer included. Milliseconds. */
const TIMEOUT = 10_000

type Send = ConnectorClient['sendOperationRequest']

/** Calls to one service URL; every call is made once, for whoever calls knows how long to pause and what must not be repeated. */
class TeamsConnectorClient extends ConnectorClient {
  readonly #tokens: AccessTokens

  constructor(serviceUrl: string, tokens: AccessTokens) {
    super(credentialsOf(tokens), { baseUri: serviceUrl })
    this.#tokens = tokens
    withoutRetries(this)
  }

  /** A token that is refused has done nothing yet, so the call is made again with a new one, once. */
  override async sendOperationRequest(...[args, spec, callback]: Parameters<Send>): ReturnType<Send> {
    const send = () =>
      within(TIMEOUT, (abortSignal) =>
        super.sendOperationRequest({ ...args, options: { ...args.options, abortSignal } }, spec, callback),
      )
    const token = await this.#tokens.get()
    try {
      return await send()
    } catch (error) {
      if ((error as { statusCode?: number }).statusCode !== 401) throw error
      this.#tokens.forget(token)
      return send()
    }
  }
}

/** Gives one client for each service URL. */
export class TeamsConnectorFactory extends ConnectorFactory {
  readonly #tokens: AccessTokens
  readonly #clients = new Map<string, ConnectorClient>()

  constructor(tokens: AccessTokens) {
    super()
    this.#tokens = tokens
  }

  override async create(serviceUrl: string): Promise<ConnectorClient> {
    const client = this.#clients.get(serviceUrl) ?? new TeamsConnectorClient(serviceUrl, this.#tokens)
    this.#clients.set(serviceUrl, client)
    return client
  }
}

/** Signs a call with the bot's token. */
export function credentialsOf(tokens: AccessTokens): ServiceClientCredentials {
  return {
    signRequest: async (request) => {
      request.headers.set('authorization', `Bearer ${await tokens.get()}`)
      return request
    },
  }
}

/** The SDK repeats a failed call up to three times and reads no setting against it, so that step is taken out of its client. */
function withoutRetries(connector: ConnectorClient): void {
  const { client } = connector as unknown as {
    client: { pipeline: { removePolicy(wanted: { name: string }): unknown[] } }
  }
  const removed = client.pipeline.removePolicy({ name: 'defaultRetryPolicy' })
  if (removed.length === 0) throw new Error('the Bot Connector client has changed: its retries are not where they were')
}
