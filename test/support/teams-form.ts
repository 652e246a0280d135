import { expect } from 'vitest'
import type { Fields } from '../../src/workspace/protocol/json.ts'
import { activityFrom } from './bot-connector/activities.ts'
import type { SeenActivity } from './bot-connector/chats.ts'
import type { BotConnector } from './bot-connector/start-bot-connector.ts'
import { cardOf, type TeamsPerson } from './bot-connector/teams-person.ts'

/** What stands in the inputs of a form. */
export function valuesIn(form: SeenActivity): Record<string, string> {
  const inputs: Fields[] = []
  const walk = (value: unknown): void => {
    if (Array.isArray(value)) value.forEach(walk)
    else if (typeof value === 'object' && value !== null) {
      const fields = value as Fields
      if (String(fields.type).startsWith('Input.')) inputs.push(fields)
      else Object.values(fields).forEach(walk)
    }
  }
  walk(cardOf(form))
  return Object.fromEntries(inputs.map(({ id, value }) => [String(id), String(value ?? '')]))
}

/** The choices of an input by their titles. */
export function choicesIn(form: SeenActivity, id: string): Record<string, string> {
  const [, choices = '[]'] = new RegExp(`"id":"${id}".*?"choices":(\\[.*?\\])`).exec(JSON.stringify(cardOf(form))) ?? []
  const read = JSON.parse(choices) as { title: string; value: string }[]
  return Object.fromEntries(read.map(({ title, value }) => [title, value]))
}

/** The line below an input, as far as it is an error. */
export function errorAt(form: SeenActivity, id: string): string | null {
  const text = JSON.stringify(cardOf(form))
  const after = text.slice(text.indexOf(`"id":"${id}"`))
  const next = after.slice(1).search(/"id":/)
  const [, words = null] = /"text":"([^"]*)","color":"attention"/.exec(next < 0 ? after : after.slice(0, next)) ?? []
  return words
}

/** The key that makes a form one request. */
export const keyOf = (form: SeenActivity) => /"requestKey":"([^"]+)"/.exec(JSON.stringify(cardOf(form)))?.[1]

/** What only somebody sends who does not use a client. */
export async function pressedWith(
  connector: BotConnector,
  person: TeamsPerson,
  form: SeenActivity,
  verb: string,
  data: unknown,
  more: Fields = {},
) {
  const delivered = await connector.deliver(
    activityFrom(person.user, connector.serviceUrl, {
      type: 'invoke',
      name: 'adaptiveCard/action',
      replyToId: form.id,
      value: { action: { type: 'Action.Execute', verb, data }, trigger: 'manual' },
      ...more,
    }),
  )
  expect(delivered.status).toBe(200)
  const { type, value } = delivered.body as { type: string; value: Fields }
  if (type.endsWith('.adaptive')) connector.chats.redraw(form.id, value)
  return delivered.body
}
