import type { ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import { callAsText } from './call-as-text.ts'
import type { createTurns } from './in-turn.ts'
import { platformError } from './platform-error.ts'

/** A change in a form that is to be drawn. */
export interface FormChange {
  /** The form as it was when it was changed. */
  view: { id: string; hash: string }
  draw(): Promise<ModalView>
  /** How long ago the change came, in milliseconds. */
  age(): number
}

/** Draws the changes of one form one after the other, the last one last. */
export type FormTurns = ReturnType<typeof createTurns<Replaced>>

/** A picture of a form that was replaced, and the one that stands there since, by their hashes. */
export interface Replaced {
  from: string
  to: string
}

/** A change is drawn in a fraction of this. What takes longer has been overtaken by the next one. Milliseconds. */
const OVERTAKEN_AFTER = 1500

/**
 * Draws the form in place of the picture that was changed, or of the one that this process made of it since (`before`).
 * Where another process has drawn it meanwhile, Slack refuses, and gives no newer picture to go by: a change that was drawn
 * without delay is then the later one and drawn all the same, and one that was held up is left out.
 * https://docs.slack.dev/surfaces/modals#handling_race_conditions
 */
export async function updateForm(
  client: WebClient,
  { view, draw, age }: FormChange,
  before: Replaced | null,
): Promise<Replaced | null> {
  const current = { view_id: view.id, view: await draw() }
  const hash = before?.from === view.hash ? before.to : view.hash
  try {
    return replaced(view, await callAsText(client, 'views.update', { ...current, hash }))
  } catch (error) {
    if (platformError(error) !== 'hash_conflict') throw error
    return age() > OVERTAKEN_AFTER ? null : replaced(view, await callAsText(client, 'views.update', current))
  }
}

function replaced({ hash }: FormChange['view'], { view }: { view?: { hash?: string } }): Replaced | null {
  return view?.hash ? { from: hash, to: view.hash } : null
}
