import type { Activity } from 'botbuilder'
import type { Booking } from '../../../core/booking/booking.ts'
import { requestBooking } from '../../../core/booking/request-booking.ts'
import { type Person, readerZone } from '../../../core/people/person.ts'
import { bookingName } from '../../view-models/booking-words.ts'
import { emptyFill } from '../../view-models/form-fill.ts'
import { formatWindow } from '../../view-models/format-window.ts'
import { suggestedWindow } from '../../view-models/request-form.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import { type NewRequest, newRequest, readFormAbout, requestKeyOf } from '../cards/form-about.ts'
import { type FormFields, readFormFields } from '../cards/request-form-fields.ts'
import { wordsCard } from '../cards/words-card.ts'
import type { TeamsDeps } from '../teams-deps.ts'
import { drawnForm, type FilledForm, refusalIn } from './drawn-form.ts'
import { fieldsOf } from './form-values.ts'
import { readTrip, withRefusal } from './read-trip.ts'

const TITLE = 'Book a car'

type Data = Record<string, unknown>

/** A form for a car, with what stands in it. */
export function requestForm(about: NewRequest, fields: FormFields): FilledForm {
  return { about, title: TITLE, lines: [], fields }
}

/** An empty form, for a window that makes sense now; whoever asks drives, unless they say otherwise. */
export async function newForm(deps: TeamsDeps, person: Person): Promise<AdaptiveCard> {
  const zone = readerZone(person)
  const fill = { ...emptyFill(person, suggestedWindow(deps.core.now(), zone)), drivers: [] }
  return drawnForm(deps, person, requestForm(newRequest(), fieldsOf(fill, zone, true)))
}

/** Requests the car; what is wrong stands at its field, and everything that was typed stays. */
export async function requestSubmitted(
  deps: TeamsDeps,
  person: Person,
  data: Data,
  activity: Activity,
): Promise<{ card: AdaptiveCard; isSent: boolean }> {
  const about = requestIn(data)
  const form = requestForm(about ?? newRequest(), readFormFields(data))
  const read = await readTrip(deps, person, form.fields)
  if ('errors' in read) return { card: await drawnForm(deps, person, { ...form, errors: read.errors }), isSent: false }
  const requestKey = about ? requestKeyOf(about, person.id) : keyOfPress(person, activity)
  try {
    const booking = await requestBooking(deps.core, { ...read.trip, requesterId: person.id, requestKey })
    return { card: sent(booking, readerZone(person), deps.core.now()), isSent: true }
  } catch (error) {
    const refused = withRefusal(form, refusalIn(error), person, deps.core.now())
    return { card: await drawnForm(deps, person, refused), isSent: false }
  }
}

/** Null where the form has lost its key. */
export function requestIn(data: Data): NewRequest | null {
  const about = readFormAbout(data)
  return about?.kind === 'request' ? about : null
}

/** A form without its key goes by the press, however often Teams brings that. */
function keyOfPress({ id: personId }: Person, { conversation, id }: Activity): string {
  return `${personId} ${conversation.id} ${id ?? crypto.randomUUID()}`
}

/** What takes the form's place; the living card of the booking comes as a message of its own. */
function sent({ number, window, vehicle, requester }: Booking, zone: string, now: Date): AdaptiveCard {
  const when = formatWindow(window, zone, requester.site.timeZone, now)
  return wordsCard(`Request ${bookingName(number)} is sent`, `${vehicle.name} is held for you: ${when}.`, 'none')
}
