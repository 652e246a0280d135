import type { SlackModal } from './slack-modal.ts'
import type { SeenMessage, SlackPerson } from './slack-person.ts'
import { textOf } from './visible-text.ts'
import { waitUntil } from './wait-until.ts'

type Filling = Parameters<SlackModal['fill']>[1]

export async function openForm(person: SlackPerson): Promise<SlackModal> {
  await person.types('/book-car')
  return person.openModal()
}

/** Fills a field that draws the form anew, and waits until it has been. */
export async function change(form: SlackModal, label: string, filling: Filling): Promise<void> {
  const { hash } = form.view()
  await form.fill(label, filling)
  await waitUntil(() => form.view().hash !== hash, `a form drawn anew for ${label}`)
}

/** A form filled in, ready to be sent. Departure, return and passengers come first, for they draw the form anew. */
export async function fillForm(
  person: SlackPerson,
  destination: string,
  fillings: Record<string, Filling> = {},
): Promise<SlackModal> {
  const form = await openForm(person)
  const drawnAnew = ['Departure', 'Return', 'Passengers']
  for (const label of drawnAnew) if (label in fillings) await change(form, label, fillings[label] ?? null)
  await form.fill('Destination', destination)
  for (const [label, filling] of Object.entries(fillings)) {
    if (!drawnAnew.includes(label)) await form.fill(label, filling)
  }
  return form
}

/** Asks for a car for the time that the form suggests; throws when it is refused. */
export async function requestCar(
  person: SlackPerson,
  destination: string,
  fillings: Record<string, Filling> = {},
): Promise<void> {
  const form = await fillForm(person, destination, fillings)
  const result = await form.submit()
  if (!result.ok || form.isOpen()) throw new Error(`refused: ${JSON.stringify(result)} ${form.isOpen() && form.text()}`)
}

/** Presses "Cancel" on a card, in a list or on the Home, and answers the modal that asks once. */
export async function cancelBooking(
  person: SlackPerson,
  shown: Parameters<SlackPerson['press']>[0],
  why: string | null = null,
): Promise<void> {
  await person.press(shown, 'Cancel')
  const modal = await person.openModal()
  if (why !== null) await modal.fill('Why', why)
  const result = await modal.submit()
  if (!result.ok || modal.isOpen()) throw new Error(`refused: ${JSON.stringify(result)} ${modal.text()}`)
}

/** The cards of somebody's that are about a trip to this place: a card has facts, a short message has none. */
export function cardsAbout(person: SlackPerson, destination: string): SeenMessage[] {
  return person.messages().filter((message) => isCard(message) && textOf(message).includes(destination))
}

/** Such a card once it fits, waiting up to 8 s. */
export function cardAbout(person: SlackPerson, destination: string, wanted = /./): Promise<SeenMessage> {
  return waitUntil(
    () => cardsAbout(person, destination).find((card) => wanted.test(textOf(card))),
    () => `a card about ${destination} that fits ${wanted} among:\n${person.messages().map(textOf).join('\n---\n')}`,
  )
}

/** What this person alone was told, oldest first. */
export function toldAlone(person: SlackPerson): string[] {
  return person
    .messages()
    .filter((message) => message.ephemeral)
    .map(textOf)
}

export function waitUntilTold(person: SlackPerson, wanted: RegExp): Promise<string> {
  return waitUntil(
    () => toldAlone(person).find((text) => wanted.test(text)),
    () => `${person.email} to be told ${wanted} among:\n${toldAlone(person).join('\n---\n')}`,
  )
}

function isCard(message: SeenMessage): boolean {
  return message.blocks.some((block) => 'fields' in block)
}
