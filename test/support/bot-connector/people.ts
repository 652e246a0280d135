/** Somebody with a Teams client, as Teams knows them. */
export interface TeamsUser {
  /** `29:…`, theirs with this bot only. */
  userId: string
  aadObjectId: string
  name: string
  email: string | null
  userPrincipalName: string
  tenantId: string
  userRole: 'user' | 'guest' | 'anonymous'
  timeZone: string
  /** Their 1:1 chat with the bot. */
  conversationId: string
  /** Whether they have the app, themselves or in a team they are in. */
  hasApp: boolean
}

export interface TeamsUserOptions {
  name: string
  email: string | null
  timeZone?: string
  userRole?: TeamsUser['userRole']
  /** Another organisation's. */
  tenantId?: string
  hasApp?: boolean
}

export const TENANT_ID = '7e4a1b5c-0d2f-4c3e-9a8b-1f2e3d4c5b6a'

/** The demo company's, with the app. */
const DEMO: TeamsUserOptions[] = [
  ['Anna Schmidt', 'Europe/Berlin'],
  ['Ben Koch', 'Europe/Berlin'],
  ['Mara Lindqvist', 'Europe/Berlin'],
  ['Hanna Weber', 'Europe/Berlin'],
  ['Aydin Kaya', 'Europe/Berlin'],
  ['Catarina Duarte', 'Europe/Lisbon'],
  ['Duarte Reis', 'Europe/Lisbon'],
].map(([name = '', timeZone = '']) => ({
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@example.com`,
  timeZone,
  hasApp: true,
}))

/** @param options the demo company's when absent */
export function createPeople(options: readonly TeamsUserOptions[] = DEMO): TeamsUser[] {
  return options.map(
    ({ name, email, timeZone = 'Europe/Berlin', userRole = 'user', tenantId, hasApp = false }, index) => {
      const number = String(index + 1).padStart(12, '0')
      const signIn = email ?? `${name.toLowerCase().replaceAll(' ', '.')}@example.com`
      return {
        userId: `29:1teams-${number}`,
        aadObjectId: `aad00000-0000-4000-8000-${number}`,
        name,
        email,
        userPrincipalName: userRole === 'guest' ? `${signIn.replace('@', '_')}#EXT#@example.onmicrosoft.com` : signIn,
        tenantId: tenantId ?? TENANT_ID,
        userRole,
        timeZone,
        conversationId: `a:1chat-${number}`,
        hasApp,
      }
    },
  )
}
