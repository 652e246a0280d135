import type { ModalView } from '@slack/types'
import type { WebClient } from '@slack/web-api'
import { findDraft } from '../../core/booking/draft.ts'
import { BookingError } from '../../core/booking-error.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { emptyFill, fillOfDraft } from '../view-models/form-fill.ts'
import { refusalWords } from '../view-models/refusal-words.ts'
import { carChoices, suggestedWindow } from '../view-models/request-form.ts'
import { UNIDENTIFIED_WORDS } from '../view-models/unidentified-words.ts'
import { answerWithin, TOO_LATE } from './answer-within.ts'
import { callAsText } from './call-as-text.ts'
import { drawForm, type FormToDraw, peopleToChoose, shownFill } from './draw-form.ts'
import { type Actor, identify } from './identify.ts'
import { escaped } from './mrkdwn.ts'
import type { SlackDeps } from './slack-deps.ts'
import type { SlackMessage } from './views/booking-card-message.ts'
import { CONTINUE_DRAFT, loadingModal, noticeModal, OPEN_FORM, openFormMessage } from './views/notice-modal.ts'

export const FORM_TITLE = 'Book a car'

export interface FormOpening {
  client: WebClient
  actor: Actor
  /** Good for 3 s, once. https://docs.slack.dev/interactivity/handling-user-interaction#modal_responses */
  triggerId: string
  /** Says something to this person alone, where they are. */
  tell(message: SlackMessage): Promise<unknown>
}

/** What a modal is opened with, once it is known who opens it. */
export interface FormPreparing {
  title: string
  prepare(person: Person): Promise<ModalView>
  /** When nobody can say what stands in it. */
  sorry: string
  /** The button that opens it again. */
  again: { actionId: string; value?: string }
}

/** A form that is not ready by then opens as "one moment", so that the trigger is not lost. Milliseconds. */
const READY_WITHIN = 800
const SORRY = 'Motorpool cannot look up its cars right now. Nothing was booked; please try again in a minute.'

/** Opens the request form for whoever asks; somebody we do not know is told so instead. */
export function openRequestForm(deps: SlackDeps, opening: FormOpening): Promise<void> {
  return openPrepared(deps, opening, {
    title: FORM_TITLE,
    prepare: (person) => newForm(deps, person),
    sorry: SORRY,
    again: { actionId: OPEN_FORM },
  })
}

/** Opens the form as it was put aside. */
export function openDraft(deps: SlackDeps, opening: FormOpening, draftId: string): Promise<void> {
  return openPrepared(deps, opening, {
    title: FORM_TITLE,
    prepare: (person) => formOfDraft(deps, person, draftId),
    sorry: SORRY,
    again: { actionId: CONTINUE_DRAFT, value: draftId },
  })
}

/** Opens a form that may take a moment to prepare; a refusal, or being unknown, is told instead. */
export async function openPrepared(deps: SlackDeps, opening: FormOpening, form: FormPreparing): Promise<void> {
  const { client, tell, triggerId } = opening
  const preparing = prepared(deps, opening.actor, form)
  const ready = await answerWithin(READY_WITHIN, preparing)
  if (ready !== TOO_LATE && typeof ready === 'string') {
    await tell({ text: escaped(ready), blocks: [] })
    return
  }
  try {
    const view = ready === TOO_LATE ? loadingModal(form.title) : ready
    const { view: opened } = await callAsText(client, 'views.open', { trigger_id: triggerId, view })
    if (ready !== TOO_LATE || !opened?.id) return
    const late = await preparing
    await callAsText(client, 'views.update', {
      view_id: opened.id,
      view: typeof late === 'string' ? noticeModal(form.title, late) : late,
    })
  } catch (error) {
    deps.log.error({ err: error }, 'The form could not be opened')
    await tell(openFormMessage(form.again))
  } finally {
    await preparing
  }
}

/** The form, or why this person gets none. Never throws. */
async function prepared(deps: SlackDeps, actor: Actor, { prepare, sorry }: FormPreparing): Promise<ModalView | string> {
  try {
    const person = await identify(deps, actor)
    if (typeof person === 'string') return UNIDENTIFIED_WORDS[person]
    try {
      return await prepare(person)
    } catch (error) {
      if (!(error instanceof BookingError)) throw error
      return refusalWords(error.refusal, readerZone(person), deps.core.now())
    }
  } catch (error) {
    deps.log.error({ err: error }, 'The form could not be prepared')
    return sorry
  }
}

async function newForm(deps: SlackDeps, person: Person): Promise<ModalView> {
  const window = suggestedWindow(deps.core.now(), readerZone(person))
  const people = await peopleToChoose(deps)
  const fill = shownFill(emptyFill(person, window), people)
  return drawForm(deps, person, { ...NEW, metadata: metadataOf(crypto.randomUUID()), fill, car: null }, people)
}

const NEW = { title: FORM_TITLE, above: [] as string[], because: 'opened' } as const

function metadataOf(requestKey: string, savedAt: number | null = null): FormToDraw['metadata'] {
  return { requestKey, revisions: { return: 0, car: 0 }, changes: null, savedAt }
}

/** @throws BookingError `draft_not_found` */
async function formOfDraft(deps: SlackDeps, person: Person, draftId: string): Promise<ModalView> {
  const { core, choices, drafts, overview } = deps
  const draft = await findDraft({ ...core, drafts }, { personId: person.id, draftId })
  const zone = readerZone(person)
  const suggested = suggestedWindow(core.now(), zone)
  const [people, { fill, missing }] = await Promise.all([
    peopleToChoose(deps),
    fillOfDraft(choices, draft.form, emptyFill(person, suggested), zone),
  ])
  const inService =
    fill.vehicleId === null ? [] : (await overview.carsIn(suggested, null)).map(({ vehicle }) => vehicle)
  const [known] = carChoices(
    inService.filter(({ id }) => id === fill.vehicleId),
    person.site.id,
  )
  const form: FormToDraw = {
    title: FORM_TITLE,
    above: missing === null ? [] : [missing],
    because: 'opened',
    metadata: metadataOf(draft.requestKey),
    fill: shownFill(fill, people),
    car: fill.vehicleId === null ? null : (known ?? 'gone'),
  }
  return drawForm(deps, person, form, people)
}
