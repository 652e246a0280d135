import type { Booking } from '../../../core/booking/booking.ts'
import { changeTrip, checkMayChange, type TripChanged } from '../../../core/booking/change-trip.ts'
import { openMatter } from '../../../core/booking/trip-change.ts'
import { BookingError } from '../../../core/booking-error.ts'
import { type Person, readerZone } from '../../../core/people/person.ts'
import { requestCard } from '../../view-models/booking-card.ts'
import { bookingName } from '../../view-models/booking-words.ts'
import { changeFormWords } from '../../view-models/change-form.ts'
import { fillOfTrip } from '../../view-models/form-fill.ts'
import { formatWindow } from '../../view-models/format-window.ts'
import { refusalTold } from '../../view-models/refusal-told.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import { type FormFields, readFormFields } from '../cards/request-form-fields.ts'
import { wordsCard } from '../cards/words-card.ts'
import type { TeamsDeps } from '../teams-deps.ts'
import { drawnForm, type FilledForm, listedColleagues, refusalIn } from './drawn-form.ts'
import { fieldsOf } from './form-values.ts'
import { readTrip, withRefusal } from './read-trip.ts'

/** A form, or why there is none for this person. */
export type FormOrRefusal = { form: AdaptiveCard } | { refusal: string }

/** The form for changing a booking, filled in with the change that is open, else with the booking as it stands. */
export async function changeForm(deps: TeamsDeps, person: Person, bookingId: string): Promise<FormOrRefusal> {
  const found = await changeable(deps, person, bookingId)
  if ('refusal' in found) return found
  const { booking } = found
  const [{ fill, missing }, people] = await Promise.all([
    fillOfTrip(deps.choices, openMatter(booking).trip),
    listedColleagues(deps),
  ])
  const fields = fieldsOf(fill, readerZone(person), people !== null)
  return { form: await drawnForm(deps, person, { ...formOf(deps, person, booking, fields), notice: missing }) }
}

/** The form as it was filled in, with the cars that are free for this booking now. */
export async function changeFormRefreshed(
  deps: TeamsDeps,
  person: Person,
  bookingId: string,
  data: Record<string, unknown>,
): Promise<FormOrRefusal> {
  const found = await changeable(deps, person, bookingId)
  if ('refusal' in found) return found
  return { form: await drawnForm(deps, person, formOf(deps, person, found.booking, readFormFields(data))) }
}

/** Changes the booking; what is wrong stands at its field, and a booking that can be changed no more takes the form away. */
export async function changeSubmitted(
  deps: TeamsDeps,
  person: Person,
  bookingId: string,
  data: Record<string, unknown>,
): Promise<{ card: AdaptiveCard; isSent: boolean }> {
  const found = await changeable(deps, person, bookingId)
  if ('refusal' in found) return { card: wordsCard(null, found.refusal, 'warning'), isSent: true }
  const form = formOf(deps, person, found.booking, readFormFields(data))
  const read = await readTrip(deps, person, form.fields)
  if ('errors' in read) return { card: await drawnForm(deps, person, { ...form, errors: read.errors }), isSent: false }
  try {
    const changed = await changeTrip(deps.core, { ...read.trip, bookingId, actorId: person.id })
    return { card: sent(changed, person, deps.core.now()), isSent: true }
  } catch (error) {
    const refusal = refusalIn(error)
    const gone = await changeable(deps, person, bookingId)
    if ('refusal' in gone) return { card: wordsCard(null, gone.refusal, 'warning'), isSent: true }
    return { card: await drawnForm(deps, person, withRefusal(form, refusal, person, deps.core.now())), isSent: false }
  }
}

/** The booking, where this person may change it now. */
async function changeable(
  { core }: TeamsDeps,
  person: Person,
  bookingId: string,
): Promise<{ booking: Booking } | { refusal: string }> {
  try {
    const booking = await core.store.findBooking(bookingId)
    if (!booking) throw new BookingError('booking_not_found', {})
    checkMayChange(booking, person, core.now())
    return { booking }
  } catch (error) {
    return { refusal: await refusalTold(core, refusalIn(error), person, { bookingId }) }
  }
}

function formOf({ core }: TeamsDeps, person: Person, booking: Booking, fields: FormFields): FilledForm {
  const { title, lines } = changeFormWords(booking, readerZone(person), core.now())
  const about = { kind: 'change', bookingId: booking.id } as const
  return { about, title: `${title} ${bookingName(booking.number)}`, lines, fields }
}

/** What takes the form's place; the living cards of the booking show the rest. */
function sent({ booking, became }: TripChanged, person: Person, now: Date): AdaptiveCard {
  const zone = readerZone(person)
  const { trip, status } = openMatter(booking)
  const { waiting } = requestCard(booking, { personId: person.id, zone }, now)
  const when = `${trip.vehicle.name}, ${formatWindow(trip.window, zone, person.site.timeZone, now)}.`
  const next = status === 'approved' ? 'It needs no approval.' : waiting && `${waiting}.`
  return wordsCard(sentTitle(became, bookingName(booking.number)), [when, next].filter(Boolean).join(' '), 'none')
}

function sentTitle(became: TripChanged['became'], name: string): string {
  switch (became) {
    case null:
      return `${name} says that already`
    case 'change.requested':
      return `The change of ${name} is sent, and until it is approved the booking stands as it is`
    case 'booking.resubmitted':
      return `${name} is sent again`
    case 'change.withdrawn':
      return `The change of ${name} is withdrawn, and the booking stands as it was`
    default:
      return `${name} is changed`
  }
}
