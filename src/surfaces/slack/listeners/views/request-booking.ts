import type { AllMiddlewareArgs, SlackViewMiddlewareArgs, ViewSubmitAction } from '@slack/bolt'
import { requestBooking } from '../../../../core/booking/request-booking.ts'
import { BookingError } from '../../../../core/booking-error.ts'
import { type Person, readerZone } from '../../../../core/people/person.ts'
import { refusalWords, refusedField } from '../../../view-models/refusal-words.ts'
import { UNIDENTIFIED_WORDS } from '../../../view-models/unidentified-words.ts'
import { ANSWER_WITHIN, answerWithin, TOO_LATE } from '../../answer-within.ts'
import { type FormState, readForm, requestFrom } from '../../form-state.ts'
import { actorOf, identify } from '../../identify.ts'
import type { SlackDeps } from '../../slack-deps.ts'
import { viewWithNotice } from '../../view-with-notice.ts'
import { FIELDS } from '../../views/request-booking-modal.ts'

type Args = SlackViewMiddlewareArgs<ViewSubmitAction> & AllMiddlewareArgs
type Answer = { errors: Record<string, string> } | { notice: string } | null

const SLOW = 'Motorpool takes longer than usual. Please press “Request car” again: it will not book twice.'
const FAILED = 'Motorpool could not save your request, and nothing was booked. Please press “Request car” again.'

/** Books before it acknowledges: Slack never sends a submission again, and the errors are part of the answer. */
export function requestBookingSubmitted(deps: SlackDeps) {
  return async ({ ack, body, view }: Args) => {
    const late = (error: unknown) => deps.log.error({ err: error }, 'A submission failed after it was answered')
    const answer = await answerWithin(ANSWER_WITHIN, submit(deps, body), late)
    if (answer === null) return ack()
    if (answer !== TOO_LATE && 'errors' in answer) return ack({ response_action: 'errors', errors: answer.errors })
    const notice = answer === TOO_LATE ? SLOW : answer.notice
    return ack({
      response_action: 'update',
      view: viewWithNotice(view as Parameters<typeof viewWithNotice>[0], notice),
    })
  }
}

/** Null when it is booked. */
async function submit(deps: SlackDeps, body: ViewSubmitAction): Promise<Answer> {
  try {
    const form = readForm(body.view)
    const person = await identify(deps, actorOf(body))
    if (typeof person === 'string') return { notice: UNIDENTIFIED_WORDS[person] }
    try {
      await requestBooking(deps.core, requestFrom(form, person.id))
      return null
    } catch (error) {
      if (!(error instanceof BookingError)) throw error
      return refused(deps, error, form, person)
    }
  } catch (error) {
    deps.log.error({ err: error }, 'A request could not be saved')
    return { notice: FAILED }
  }
}

function refused(deps: SlackDeps, { refusal }: BookingError, form: FormState, person: Person): Answer {
  const words = refusalWords(refusal, readerZone(person), deps.core.now())
  const field = FIELDS.find((name) => name === refusedField(refusal))
  return field ? { errors: { [form.blockId(field)]: words } } : { notice: words }
}
