import type { WebClient } from '@slack/web-api'
import type { ReachableAccount } from '../../core/notification/delivery.ts'
import { UNIDENTIFIED_WORDS } from '../view-models/unidentified-words.ts'
import type { SlackDeps } from './slack-deps.ts'
import { closedHomeView } from './views/home-view.ts'

/** Takes away what somebody's Home showed last. If that fails, it is closed when they open it next. */
export function createCloseHome(client: Pick<WebClient, 'views'>, log: SlackDeps['log']): SlackDeps['closeHome'] {
  return async (userId, why) => {
    try {
      await client.views.publish({ user_id: userId, view: closedHomeView(UNIDENTIFIED_WORDS[why]) })
    } catch (error) {
      log.error({ err: error }, 'The Home of somebody who is no longer let in could not be closed')
    }
  }
}

/** Closes a Home that was drawn while its account lost its way in: the picture came after the one that closed it. */
export async function closeIfOut(
  { directory, profiles, closeHome }: Pick<SlackDeps, 'directory' | 'profiles' | 'closeHome'>,
  { tenantId, userId }: ReachableAccount,
): Promise<void> {
  if (await directory.holderOf({ platform: 'slack', tenantId, userId })) return
  const { isMember } = await profiles.profileOf(userId)
  await closeHome(userId, isMember ? 'not_in_directory' : 'not_a_member')
}
