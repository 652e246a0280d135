import type { ModalView } from '@slack/types'
import { discardDraft, saveDraft as putAside } from '../../../../core/booking/draft.ts'
import { BookingError } from '../../../../core/booking-error.ts'
import type { Person } from '../../../../core/people/person.ts'
import { refusalTold } from '../../../view-models/refusal-told.ts'
import { draftFrom, type FormState, readForm } from '../../form-state.ts'
import { type Actor, actorOf, identify } from '../../identify.ts'
import { openDraft } from '../../open-form.ts'
import { redrawnForm } from '../../redraw-form.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { tellAlone } from '../../tell-alone.ts'
import { type FormTurns, updateForm } from '../../update-form.ts'
import type { SlackMessage } from '../../views/booking-card-message.ts'
import { drafts } from '../commands/drafts.ts'
import type { ButtonArgs } from './press.ts'

const FAILED = 'It is not certain that the draft was saved. Please press again: it does no harm.'

/** Puts the form aside as it stands, and says so in it; everything that was typed stays. */
export function saveDraft(deps: SlackDeps, inTurn: FormTurns) {
  return async ({ ack, body, client }: ButtonArgs) => {
    const cameAt = performance.now()
    await ack()
    const { view } = body
    if (!view) return
    // It is saved at once and in any case; only saying so waits for its turn.
    const saving = save(deps, actorOf(body), readForm(view))
    await inTurn(view.id, async (before) => {
      const anew = await saving
      return anew && updateForm(client, { view, draw: anew, age: () => performance.now() - cameAt }, before)
    })
    await saving
  }
}

/** Draws the form with when it was saved, or why it was not; null: for somebody we do not know. Never throws. */
async function save(deps: SlackDeps, actor: Actor, form: FormState): Promise<(() => Promise<ModalView>) | null> {
  try {
    const person = await identify(deps, actor)
    if (typeof person === 'string') return null
    const outcome = await saved(deps, person, form)
    return () => redrawnForm(deps, person, form, outcome)
  } catch (error) {
    deps.log.error({ err: error }, 'A draft could not be saved')
    return null
  }
}

/** When it was saved, or why it was not. */
async function saved(
  deps: SlackDeps,
  person: Person,
  form: FormState,
): Promise<{ savedAt: number } | { draftLine: string }> {
  const { core, drafts, log } = deps
  try {
    const { requestKey } = form.metadata
    const draft = await putAside({ ...core, drafts }, { personId: person.id, requestKey, form: draftFrom(form) })
    return { savedAt: +draft.touchedAt }
  } catch (error) {
    if (error instanceof BookingError) {
      return { draftLine: `⚠️ ${await refusalTold(core, error.refusal, person, null)}` }
    }
    log.error({ err: error }, 'A draft could not be saved')
    return { draftLine: `⚠️ ${FAILED}` }
  }
}

/** Opens the form as it was put aside. A draft that is gone is gone from the Home, too. */
export function continueDraft(deps: SlackDeps) {
  return async ({ ack, action, body, client, respond }: ButtonArgs) => {
    await ack()
    const actor = actorOf(body)
    const tell = async (message: SlackMessage) => {
      await tellAlone({ client, respond, body }, 'Draft', message)
      const person = await identify(deps, actor)
      if (typeof person !== 'string') await deps.homes.changed([person.id])
    }
    await openDraft(deps, { client, actor, triggerId: body.trigger_id, tell }, action.value ?? '')
  }
}

/** Throws a draft away, and shows the list in which that was pressed without it. */
export function discard(deps: SlackDeps) {
  return async ({ ack, action, body, respond }: ButtonArgs) => {
    await ack()
    const person = await identify(deps, actorOf(body))
    if (typeof person === 'string') return
    await discardDraft({ ...deps.core, drafts: deps.drafts }, { personId: person.id, draftId: action.value ?? '' })
    // A list in a message does not change by itself, as a Home does.
    if (body.response_url) await respond({ replace_original: true, ...(await drafts(deps, person)) })
  }
}
