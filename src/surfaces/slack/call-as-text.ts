import type {
  ChatPostMessageArguments,
  ChatPostMessageResponse,
  ChatUpdateArguments,
  ChatUpdateResponse,
  ViewsOpenArguments,
  ViewsOpenResponse,
  ViewsPublishArguments,
  ViewsPublishResponse,
  ViewsUpdateArguments,
  ViewsUpdateResponse,
  WebClient,
} from '@slack/web-api'

/** Lists the calls that carry cards and forms: what each takes, and what it gives. */
interface Calls {
  'chat.postMessage': [ChatPostMessageArguments, ChatPostMessageResponse]
  'chat.update': [ChatUpdateArguments, ChatUpdateResponse]
  'views.open': [ViewsOpenArguments, ViewsOpenResponse]
  'views.update': [ViewsUpdateArguments, ViewsUpdateResponse]
  'views.publish': [ViewsPublishArguments, ViewsPublishResponse]
}

/**
 * Calls Slack with blocks and views as text, which they are on the way in any case: of objects the client makes a copy for its log
 * at each call, and that costs as much CPU time as the call itself.
 */
export async function callAsText<Method extends keyof Calls>(
  client: WebClient,
  method: Method,
  args: Calls[Method][0],
): Promise<Calls[Method][1]> {
  const fields = Object.entries(args).map(([name, value]) => [name, isPlain(value) ? value : JSON.stringify(value)])
  return client.apiCall(method, Object.fromEntries(fields))
}

function isPlain(value: unknown): boolean {
  return typeof value !== 'object' || value === null
}
