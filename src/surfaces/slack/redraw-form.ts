import type { ModalView } from '@slack/types'
import { BOOKING_REASONS, BOOKING_TYPES } from '../../core/booking/booking.ts'
import { type Person, readerZone } from '../../core/people/person.ts'
import { changeFormWords } from '../view-models/change-form.ts'
import { drawForm, type FormToDraw, inList, peopleToChoose } from './draw-form.ts'
import {
  chosenCar,
  chosenPeople,
  chosenReason,
  chosenTime,
  chosenType,
  chosenVehicle,
  type FormState,
  typedText,
} from './form-state.ts'
import { FORM_TITLE } from './open-form.ts'
import type { SlackDeps } from './slack-deps.ts'
import type { ShownFill } from './views/form-inputs.ts'
import type { FormMetadata } from './views/request-booking-modal.ts'

/** Why a form is drawn anew, and what it says of having been put aside. */
type Redrawing = Partial<Pick<FormToDraw, 'because' | 'draftLine'>> & { savedAt?: number }

/**
 * The form for the window and passengers that are chosen now. What was typed stays, for Slack keeps it with the block; a
 * return that the new departure has overtaken moves along with it, and a car that is taken then is let go.
 */
export async function redrawnForm(
  deps: SlackDeps,
  person: Person,
  form: FormState,
  { because = 'changed', draftLine = null, savedAt }: Redrawing = {},
): Promise<ModalView> {
  const { metadata } = form
  const { window, returnMoved } = movedWindow(form)
  const [people, words] = await Promise.all([peopleToChoose(deps), wordsOf(deps, person, metadata)])
  const { revisions } = metadata
  const drawn: FormToDraw = {
    metadata: {
      ...metadata,
      revisions: { ...revisions, return: revisions.return + (returnMoved ? 1 : 0) },
      savedAt: savedAt ?? metadata.savedAt,
    },
    ...words,
    fill: {
      ...typedFill(form),
      window,
      drivers: inList(chosenPeople(form, 'drivers'), people),
      companions: inList(chosenPeople(form, 'companions'), people),
    },
    car: chosenCar(form),
    because,
    draftLine,
  }
  return drawForm(deps, person, drawn, people)
}

/** A booking that is not theirs, or not there any more, is told nothing of: sending the form says so. */
async function wordsOf(
  { core }: SlackDeps,
  person: Person,
  { changes }: FormMetadata,
): Promise<{ title: string; above: string[] }> {
  const booking = changes && (await core.store.findBooking(changes.bookingId))
  if (booking?.requester.id !== person.id) return { title: changes ? 'Change booking' : FORM_TITLE, above: [] }
  const { title, lines } = changeFormWords(booking, readerZone(person), core.now())
  return { title, above: lines }
}

function typedFill(form: FormState): Omit<ShownFill, 'window' | 'drivers' | 'companions'> {
  return {
    passengers: typedText(form, 'passengers'),
    vehicleId: chosenVehicle(form),
    destination: typedText(form, 'destination'),
    type: chosenType(form) ?? BOOKING_TYPES[0],
    reason: chosenReason(form) ?? BOOKING_REASONS[0],
    details: typedText(form, 'details'),
    otherCompanions: typedText(form, 'other_companions'),
  }
}

/** A departure moved past the return takes the return along, and the trip keeps its length. */
function movedWindow(form: FormState) {
  const [oldStart, oldEnd] = form.metadata.window
  const start = chosenTime(form, 'departure') ?? oldStart
  const end = chosenTime(form, 'return') ?? oldEnd
  const returnMoved = oldEnd > oldStart && end <= start && start !== oldStart
  const kept = returnMoved ? start + (oldEnd - oldStart) : end
  return { window: { startsAt: new Date(start * 1000), endsAt: new Date(kept * 1000) }, returnMoved }
}
