import { createRequire } from 'node:module'
import type { Action, AdaptiveCard, Element, Input } from '../../../../src/surfaces/teams/cards/adaptive-card.ts'

// The package's modules do not name their files' endings, so Node loads its bundle.
const {
  AdaptiveCard: Parsed,
  SerializationContext,
  Versions,
} = createRequire(import.meta.url)('adaptivecards/dist/adaptivecards.js') as typeof import('adaptivecards')

/** What Microsoft's own reader of cards finds wrong with one. */
export function problemsOf(card: AdaptiveCard): string[] {
  const context = new SerializationContext(Versions.v1_5)
  const parsed = new Parsed()
  parsed.parse(JSON.parse(JSON.stringify(card)), context)
  const events = Array.from({ length: context.eventCount }, (_, index) => context.getEventAt(index).message)
  return [...events, ...parsed.validateProperties().validationEvents.map(({ message }) => message)]
}

/** Everything in a card and in the cards that its buttons open, from top to bottom. */
function elementsOf(card: Pick<AdaptiveCard, 'body' | 'actions'>): Element[] {
  const inner = (element: Element): Element[] => {
    switch (element.type) {
      case 'Container':
        return element.items.flatMap(inner)
      case 'ColumnSet':
        return element.columns.flatMap(({ items }) => items.flatMap(inner))
      case 'ActionSet':
        return [element, ...opened(element.actions)]
      default:
        return [element]
    }
  }
  return [...card.body.flatMap(inner), ...opened(card.actions ?? [])]
}

function opened(actions: Action[]): Element[] {
  return actions.flatMap((action) => (action.type === 'Action.ShowCard' ? elementsOf(action.card) : []))
}

/** The words of a card, one text for each block, as a client shows them. */
export function textsOf(card: AdaptiveCard): string[] {
  return elementsOf(card).flatMap((element) =>
    element.type === 'RichTextBlock' ? [element.inlines.map(({ text }) => text).join('')] : [],
  )
}

export function inputsOf(card: Pick<AdaptiveCard, 'body' | 'actions'>): Input[] {
  return elementsOf(card).filter((element): element is Input => element.type.startsWith('Input.'))
}

export function inputOf(card: AdaptiveCard, id: string): Input | undefined {
  return inputsOf(card).find((input) => input.id === id)
}

/** The buttons that can be seen at first. */
export function actionsOf(card: AdaptiveCard): Action[] {
  const sets = elementsOf({ body: card.body }).flatMap((element) =>
    element.type === 'ActionSet' ? element.actions : [],
  )
  return [...sets, ...(card.actions ?? [])]
}

export function titlesOf(card: AdaptiveCard): string[] {
  return actionsOf(card).map(({ title }) => title)
}

/** What a button sends when nothing is touched before it is pressed: numbers as numbers, several choices with commas. */
export function sentBy(card: AdaptiveCard, title: string): Record<string, unknown> {
  const action = actionsOf(card).find((one) => one.title === title)
  if (action?.type !== 'Action.Execute') throw new Error(`No button “${title}” that sends anything`)
  const inputs = action.associatedInputs === 'auto' ? inputsOf({ body: card.body }) : []
  return { ...action.data, ...Object.fromEntries(inputs.map(({ id, value }) => [id, value])) }
}
