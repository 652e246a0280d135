import type { App, BlockAction, ButtonAction, StaticSelectAction } from '@slack/bolt'
import { createTurns } from '../../in-turn.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import type { FormTurns } from '../../update-form.ts'
import {
  APPROVE,
  APPROVE_WITH_COMMENT,
  ASK_FOR_CHANGE,
  CANCEL,
  CHANGE,
  REJECT,
  WITHDRAW_CHANGE,
} from '../../views/booking-buttons.ts'
import { FORM_CHANGED, SAVE_DRAFT } from '../../views/form-inputs.ts'
import { DISCARD_DRAFT, END_ABSENCE, OPEN_AWAY } from '../../views/home-own-blocks.ts'
import { HOME_FILTER, HOME_NEWER, HOME_OLDER, MARK_READ } from '../../views/home-view.ts'
import { CONTINUE_DRAFT, OPEN_FORM } from '../../views/notice-modal.ts'
import { LIST_BACK, LIST_NEXT } from '../../views/page-buttons.ts'
import { away, back } from './away-actions.ts'
import { approve, askForWords, askToCancel, change, withdraw } from './booking-actions.ts'
import { continueDraft, discard, saveDraft } from './draft-actions.ts'
import { formChanged, openForm } from './form-actions.ts'
import { homeFilter, homePage, markRead } from './home-actions.ts'
import { turnPage } from './list-actions.ts'
import type { ButtonArgs } from './press.ts'

/** All buttons have one listener: Bolt asks each listener about everything that comes in. */
export function registerActions(app: App, deps: SlackDeps): void {
  const turns: FormTurns = createTurns()
  const pressed = new Map(Object.entries({ ...buttons(deps), [SAVE_DRAFT]: saveDraft(deps, turns) }))
  app.action<BlockAction<ButtonAction>>(/^/, async (args) => pressed.get(args.action.action_id)?.(args))
  app.action<BlockAction>(FORM_CHANGED, formChanged(deps, turns))
  app.action<BlockAction>(OPEN_FORM, openForm(deps))
  app.action<BlockAction<StaticSelectAction>>(HOME_FILTER, homeFilter(deps))
}

function buttons(deps: SlackDeps): Record<string, (args: ButtonArgs) => Promise<void>> {
  return {
    [APPROVE]: approve(deps),
    [APPROVE_WITH_COMMENT]: askForWords(deps, 'approve'),
    [ASK_FOR_CHANGE]: askForWords(deps, 'ask_for_change'),
    [REJECT]: askForWords(deps, 'reject'),
    [CHANGE]: change(deps),
    [WITHDRAW_CHANGE]: withdraw(deps),
    [CANCEL]: askToCancel(deps),
    [HOME_NEWER]: homePage(deps),
    [HOME_OLDER]: homePage(deps),
    [MARK_READ]: markRead(deps),
    [LIST_BACK]: turnPage(deps),
    [LIST_NEXT]: turnPage(deps),
    [CONTINUE_DRAFT]: continueDraft(deps),
    [DISCARD_DRAFT]: discard(deps),
    [OPEN_AWAY]: away(deps),
    [END_ABSENCE]: back(deps),
  }
}
