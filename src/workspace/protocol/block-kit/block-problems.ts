import { type Fields, isFields } from '../json.ts'
import { LIMITS, type LimitName } from './block-limits.ts'

/**
 * What is wrong with a piece of Block Kit, collected in the form Slack uses in `response_metadata.messages`
 * (without its "[ERROR] "): a sentence and a JSON pointer.
 */
export class BlockProblems {
  readonly list: string[] = []

  add(problem: string, at: string): void {
    this.list.push(`${problem} [json-pointer:${at}]`)
  }

  /** A string of at least one character that fits the limit; `required` or absent. */
  string(owner: Fields, field: string, limit: LimitName, at: string, required = false): void {
    const value = owner[field]
    if (value === undefined || value === null) {
      if (required) this.add(`missing required field: ${field}`, at)
      return
    }
    if (typeof value !== 'string') {
      this.add('must provide a string', `${at}/${field}`)
      return
    }
    if (value.length === 0 && required) this.add('must be more than 0 characters', `${at}/${field}`)
    if (value.length > LIMITS[limit].max) {
      this.add(`must be less than ${LIMITS[limit].max + 1} characters`, `${at}/${field}`)
    }
  }

  /** A text object. https://docs.slack.dev/reference/block-kit/composition-objects/text-object */
  text(owner: Fields, field: string, limit: LimitName, at: string, rule: { plain: boolean; required: boolean }): void {
    const text = owner[field]
    if (text === undefined || text === null) {
      if (rule.required) this.add(`missing required field: ${field}`, at)
      return
    }
    this.textObject(text, limit, `${at}/${field}`, rule.plain)
  }

  textObject(text: unknown, limit: LimitName, at: string, plain: boolean): void {
    if (!isFields(text)) {
      this.add('must provide an object', at)
      return
    }
    if (text.type !== 'plain_text' && (plain || text.type !== 'mrkdwn')) {
      this.add(`must be a ${plain ? 'plain_text' : 'plain_text or mrkdwn'} object`, `${at}/type`)
      return
    }
    this.string(text, 'text', limit, at, true)
  }

  /** A list of one up to the limit's items; gives the items, or none when it is not such a list. */
  items(owner: Fields, field: string, limit: LimitName, at: string): Fields[] {
    const value = owner[field]
    if (!Array.isArray(value)) {
      this.add(value === undefined ? `missing required field: ${field}` : 'must be an array', at)
      return []
    }
    if (value.length === 0) this.add('no fewer than 1 items allowed', `${at}/${field}`)
    if (value.length > LIMITS[limit].max) {
      this.add(`no more than ${LIMITS[limit].max} items allowed`, `${at}/${field}`)
    }
    const objects = value.filter(isFields)
    if (objects.length !== value.length) this.add('must provide an object', `${at}/${field}`)
    return objects
  }

  oneOf(value: unknown, allowed: readonly string[], at: string): boolean {
    if (typeof value === 'string' && allowed.includes(value)) return true
    this.add(`unsupported type: ${typeof value === 'string' ? value : typeof value}`, at)
    return false
  }
}
