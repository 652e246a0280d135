/** Somebody of the company that is tried out. */
export interface PlaygroundPerson {
  /** A UUID: their id in Entra. */
  id: string
  name: string
  email: string
}

/** One person's 1:1 chat with the bot. */
export interface Chat {
  person: PlaygroundPerson
  /** Everybody else in the company. */
  others: PlaygroundPerson[]
  tenantId: string
  botId: string
  serviceUrl: string
  conversationId: string
}

/** The Playground wants neither more nor fewer of them. */
const OTHER_USERS = 5

/**
 * What a Playground is told about the Teams it stands for: JSON, which is YAML as well.
 * https://learn.microsoft.com/en-us/microsoftteams/platform/toolkit/debug-your-agents-playground#customize-teams-context
 */
export function playgroundSettings({ person, others, tenantId, botId, conversationId }: Chat): string {
  const settings = {
    version: '0.1.1',
    tenantId,
    bot: { id: botId, name: 'Motorpool' },
    currentUser: userOf(person),
    users: others.slice(0, OTHER_USERS).map(userOf),
    personalChat: { id: conversationId },
    groupChat: { id: `${conversationId}-group`, name: 'Group chat' },
    team: {
      id: `${conversationId}-team`,
      name: 'Example Company',
      aadGroupId: tenantId,
      channels: [{ id: `${conversationId}-channel`, name: 'Announcements' }],
    },
  }
  return JSON.stringify(settings, null, 2)
}

function userOf({ id, name, email }: PlaygroundPerson) {
  const [givenName = name, ...surnames] = name.split(' ')
  return {
    id: teamsIdOf(id),
    name,
    userPrincipleName: email,
    aadObjectId: id,
    givenName,
    surname: surnames.join(' '),
    email,
  }
}

function teamsIdOf(id: string): string {
  return `29:${id}`
}

/**
 * What Teams sends when an administrator installs the app for somebody: without it, nobody is reached who has not opened their
 * Playground yet. https://learn.microsoft.com/en-us/microsoftteams/platform/bots/how-to/conversations/subscribe-to-conversation-events#installation-update-event
 */
export function installation({ person, tenantId, botId, serviceUrl, conversationId }: Chat): object {
  return {
    type: 'installationUpdate',
    action: 'add',
    id: `${conversationId}-added`,
    channelId: 'msteams',
    serviceUrl,
    from: { id: teamsIdOf(person.id), aadObjectId: person.id },
    recipient: { id: botId, name: 'Motorpool' },
    conversation: { id: conversationId, conversationType: 'personal', tenantId },
    channelData: { tenant: { id: tenantId } },
  }
}
