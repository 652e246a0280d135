/** The bot's registration; what is left out is that of Microsoft's public cloud. */
export interface TeamsSettings {
  appId: string
  appPassword: string
  tenantId: string
  /** Tells the keys that sign what comes in. */
  openIdMetadataUrl?: string | undefined
  /** Must have issued the tokens of what comes in. */
  tokenIssuer?: string | undefined
  /** Tokens for what goes out come from `<loginUrl>/<tenantId>/oauth2/v2.0/token`. */
  loginUrl?: string | undefined
}
