import type { WebClient } from '@slack/web-api'
import { answerWithin, TOO_LATE } from './answer-within.ts'

/** Whose token ours is. */
export interface TokenIdentity {
  teamId: string
  /** Leads into the conversation with the app, from anywhere. */
  chatUrl: string
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
  const { bot: app } = await client.bots.info({ bot })
  // https://docs.slack.dev/interactivity/deep-linking#app_channel
  return { teamId, chatUrl: `https://slack.com/app_redirect?app=${app?.app_id ?? ''}&team=${teamId}` }
}

/** How long a mail waits for its link; without an answer it goes without. Milliseconds. */
const LINK_WITHIN = 1000

export async function chatUrlOf(identity: () => Promise<TokenIdentity>): Promise<string | null> {
  const asked = identity().catch(() => null)
  const answer = await answerWithin(LINK_WITHIN, asked)
  return answer === TOO_LATE ? null : (answer?.chatUrl ?? null)
}
