import type { WebClient } from '@slack/web-api'
import { answerWithin, TOO_LATE } from './answer-within.ts'

/** Whose token ours is. */
export interface TokenIdentity {
  teamId: string
  /** Leads into the conversation with the app, from anywhere; null where Slack does not say which app ours is. */
  chatUrl: string | null
}

/** Asks Slack once, and again only where it did not answer. */
export function createTokenIdentity(client: WebClient): () => Promise<TokenIdentity> {
  let asked: Promise<TokenIdentity> | null = null
  return () => {
    asked ??= askWhoWeAre(client).catch((error: unknown) => {
      asked = null
      throw error
    })
    return asked
  }
}

async function askWhoWeAre(client: WebClient): Promise<TokenIdentity> {
  const { team_id: teamId = '', bot_id: bot = '' } = await client.auth.test()
  // A link is worth less than knowing people: without it everything else goes on.
  const appId = await client.bots.info({ bot }).then(
    (answer) => answer.bot?.app_id,
    () => undefined,
  )
  // https://docs.slack.dev/interactivity/deep-linking#app_channel
  return { teamId, chatUrl: appId ? `https://slack.com/app_redirect?app=${appId}&team=${teamId}` : null }
}

/** How long a mail waits for its link; without an answer it goes without. Milliseconds. */
const LINK_WITHIN = 1000

export async function chatUrlOf(identity: () => Promise<TokenIdentity>): Promise<string | null> {
  const asked = identity().catch(() => null)
  const answer = await answerWithin(LINK_WITHIN, asked)
  return answer === TOO_LATE ? null : (answer?.chatUrl ?? null)
}
