import type { Activity } from 'botbuilder'
import type { Booking } from '../../../core/booking/booking.ts'
import { cancelBooking } from '../../../core/booking/cancel-booking.ts'
import { withdrawChange } from '../../../core/booking/withdraw-change.ts'
import type { Person } from '../../../core/people/person.ts'
import { isDoneBy } from '../../view-models/done-already.ts'
import { lookOf } from '../../view-models/list-look.ts'
import { typedWords } from '../cards/booking-actions.ts'
import { wordsCard } from '../cards/words-card.ts'
import { changeForm } from '../form/change-form.ts'
import type { TeamsDeps } from '../teams-deps.ts'
import {
  type Answered,
  type Data,
  drawAnew,
  forGood,
  isIn,
  noticed,
  openedBelow,
  ownCard,
  shownNow,
  textIn,
  tried,
} from './answer.ts'
import { approvals, myBookings } from './lists.ts'

/** The requester, or an admin, cancels; the answer is the card, or the list in which they pressed. */
export async function cancel(deps: TeamsDeps, person: Person, data: Data, activity: Activity): Promise<Answered> {
  const bookingId = textIn(data.bookingId)
  const why = typedWords(data, 'why')
  const { changed, refusal } = await tried(deps, person, { bookingId }, () =>
    cancelBooking(deps.core, { bookingId, actorId: person.id, why }),
  )
  const booking = changed ?? (await deps.core.store.findBooking(bookingId))
  const isDone = booking && isDoneBy(booking, null, person.id, 'cancelled')
  const pressed = { booking, changed, notice: isDone ? null : refusal, done: 'Cancelled.' }
  return standing(deps, person, data, activity, pressed)
}

/** The requester takes back the change of theirs that is open. */
export async function withdraw(deps: TeamsDeps, person: Person, data: Data, activity: Activity): Promise<Answered> {
  const bookingId = textIn(data.bookingId)
  const { changed, refusal } = await tried(deps, person, { bookingId }, () =>
    withdrawChange(deps.core, { bookingId, actorId: person.id }),
  )
  const booking = changed ?? (await deps.core.store.findBooking(bookingId))
  const isDone = booking && isDoneBy(booking, null, person.id, 'withdrawn')
  const pressed = { booking, changed, notice: isDone ? null : refusal, done: 'Withdrawn.' }
  return standing(deps, person, data, activity, pressed)
}

/** The form for changing a booking, below the card or the list that was pressed. */
export async function change(deps: TeamsDeps, person: Person, data: Data, activity: Activity): Promise<Answered> {
  const opened = await changeForm(deps, person, textIn(data.bookingId))
  return 'form' in opened ? openedBelow(deps, activity, opened.form) : { words: opened.refusal }
}

interface Pressed {
  booking: Booking | null
  changed: Booking | null
  notice: string | null
  /** What whoever is shown no booking is told. */
  done: string
}

async function standing(
  deps: TeamsDeps,
  person: Person,
  data: Data,
  activity: Activity,
  { booking, changed, notice, done }: Pressed,
): Promise<Answered> {
  if (isIn(data, 'approvals')) return forGood(noticed(await approvals(deps, person, lookOf(data.look)), notice))
  if (isIn(data, 'trips')) return forGood(noticed(await myBookings(deps, person, lookOf(data.look)), notice))
  if (booking?.requester.id !== person.id) return shownNow(wordsCard(null, notice ?? done, notice ? 'warning' : 'none'))
  const card = ownCard(deps, person, booking)
  if (changed) await drawAnew(deps, activity, person, { bookingId: booking.id }, card)
  return shownNow(noticed(card, notice))
}
