/**
 * A refusal in Slack's terms: sent as `{ ok: false, error }` with HTTP status 200.
 * https://docs.slack.dev/apis/web-api/#responses
 */
export class ApiRefusal extends Error {
  readonly code: string
  /** What is wrong with the arguments, one sentence each, with a JSON pointer. */
  readonly problems: readonly string[]

  constructor(code: string, problems: readonly string[] = []) {
    super(problems.length === 0 ? code : `${code}: ${problems.join('; ')}`)
    this.name = 'ApiRefusal'
    this.code = code
    this.problems = problems
  }
}
