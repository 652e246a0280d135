import { type Activity, createBotFrameworkAuthenticationFromConfiguration } from 'botbuilder'
import {
  type AuthenticateRequestResult,
  AuthenticationError,
  BotFrameworkAuthentication,
  ClaimsIdentity,
  type ConnectorFactory,
  type ServiceClientCredentials,
  ServiceClientCredentialsFactory,
  type UserTokenClient,
} from 'botframework-connector'
import type { JWTVerifyGetKey } from 'jose'
import { type AccessTokens, createAccessTokens } from './access-token.ts'
import { credentialsOf, TeamsConnectorFactory } from './connector-client.ts'
import { createSigningKeys, KeysUnknown, TEAMS_CHANNEL } from './signing-keys.ts'
import type { TeamsSettings } from './teams-settings.ts'
import { BadToken, verifyToken } from './verify-token.ts'

export const BOT_FRAMEWORK = 'https://api.botframework.com'
const OPENID_METADATA_URL = 'https://login.botframework.com/v1/.well-known/openidconfiguration'

/**
 * Vouches for what comes in and signs what goes out.
 *
 * The SDK's own check is not used: it knows further ways in (emulator, skills, App Service) that a bot for Teams alone
 * does not want, lets a token without an end pass, answers 500 to several bad ones, prints keys to the console for each,
 * and turns away what is signed with a new key for up to an hour.
 */
export class TeamsAuthentication extends BotFrameworkAuthentication {
  readonly #appId: string
  readonly #issuer: string
  readonly #keys: JWTVerifyGetKey
  readonly #connectors: ConnectorFactory
  readonly #stock: BotFrameworkAuthentication
  readonly #now: () => Date

  constructor(settings: TeamsSettings, now: () => Date) {
    super()
    const tokens = createAccessTokens(settings, now)
    this.#appId = settings.appId
    this.#issuer = settings.tokenIssuer ?? BOT_FRAMEWORK
    this.#keys = createSigningKeys(settings.openIdMetadataUrl ?? OPENID_METADATA_URL, now)
    this.#connectors = new TeamsConnectorFactory(tokens)
    this.#stock = createBotFrameworkAuthenticationFromConfiguration(null, new Credentials(settings.appId, tokens))
    this.#now = now
  }

  /** @throws AuthenticationError 401 when the token does not vouch for the activity, 503 when that cannot be told now */
  override async authenticateRequest(activity: Activity, authorization: string): Promise<AuthenticateRequestResult> {
    const { channelId, serviceUrl } = activity
    if (channelId !== TEAMS_CHANNEL) throw new AuthenticationError('The activity is not from Teams', 401)
    try {
      const expected = { issuer: this.#issuer, audience: this.#appId, serviceUrl }
      const claims = await verifyToken(authorization, expected, this.#keys, this.#now)
      const identity = Object.entries(claims).map(([type, value]) => ({ type, value: String(value) }))
      return {
        audience: BOT_FRAMEWORK,
        callerId: '',
        claimsIdentity: new ClaimsIdentity(identity, true),
        connectorFactory: this.#connectors,
      }
    } catch (error) {
      if (error instanceof BadToken) throw new AuthenticationError(error.message, 401)
      if (error instanceof KeysUnknown) throw new AuthenticationError(`${error.message}: ${error.cause}`, 503)
      throw error
    }
  }

  override async authenticateStreamingRequest(): Promise<AuthenticateRequestResult> {
    throw new AuthenticationError('Teams does not stream', 401)
  }

  override createConnectorFactory(): ConnectorFactory {
    return this.#connectors
  }

  override createUserTokenClient(identity: ClaimsIdentity): Promise<UserTokenClient> {
    return this.#stock.createUserTokenClient(identity)
  }
}

/** The SDK's way to ask for the token that we hold. */
class Credentials extends ServiceClientCredentialsFactory {
  readonly #appId: string
  readonly #tokens: AccessTokens

  constructor(appId: string, tokens: AccessTokens) {
    super()
    this.#appId = appId
    this.#tokens = tokens
  }

  override async isValidAppId(appId: string): Promise<boolean> {
    return appId === this.#appId
  }

  override async isAuthenticationDisabled(): Promise<boolean> {
    return false
  }

  override async createCredentials(): Promise<ServiceClientCredentials> {
    return credentialsOf(this.#tokens)
  }
}
