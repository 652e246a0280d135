import type { AllMiddlewareArgs, BlockAction, SlackActionMiddlewareArgs } from '@slack/bolt'
import { readForm } from '../../form-state.ts'
import { actorOf, identify } from '../../identify.ts'
import { openRequestForm } from '../../open-form.ts'
import { redrawnForm } from '../../redraw-form.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { tellAlone } from '../../tell-alone.ts'
import { type FormTurns, updateForm } from '../../update-form.ts'

type Args = SlackActionMiddlewareArgs<BlockAction> & AllMiddlewareArgs

/** The button of a form that could not be opened in time. */
export function openForm(deps: SlackDeps) {
  return async ({ ack, body, client, respond }: Args) => {
    await ack()
    await openRequestForm(deps, {
      client,
      actor: actorOf(body),
      triggerId: body.trigger_id,
      tell: (message) => tellAlone({ client, respond, body }, 'Book a car', message),
    })
  }
}

/** Departure, return or passengers changed: the list of cars is drawn anew, in place, and for the last change last. */
export function formChanged(deps: SlackDeps, inTurn: FormTurns) {
  return async ({ ack, body, client }: Args) => {
    const cameAt = performance.now()
    await ack()
    const { view } = body
    if (!view) return
    await inTurn(view.id, async (before) => {
      const person = await identify(deps, actorOf(body))
      if (typeof person === 'string') return null
      const draw = () => redrawnForm(deps, person, readForm(view))
      return updateForm(client, { view, draw, age: () => performance.now() - cameAt }, before)
    })
  }
}
