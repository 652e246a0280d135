import { subHours } from 'date-fns/subHours'
import { BookingError } from '../booking-error.ts'
import { requireActivePerson } from '../people/require-active-person.ts'
import type { Deps } from '../ports.ts'
import { cleanText } from '../text/clean-text.ts'
import type { BookingReason, BookingType } from './booking.ts'

/** A time of a form: as one moment, or as a day (yyyy-MM-dd) and a time (HH:mm) of the reader's clock, '' where empty. */
export type DraftMoment = { at: Date } | { date: string; time: string }

/** The request form as it was left, with what every platform's form can hold. What is missing was not filled in. */
export interface DraftForm {
  starts?: DraftMoment
  ends?: DraftMoment
  /** As typed. */
  passengers?: string
  /** Null: any suitable car. */
  vehicleId?: string | null
  destination?: string
  type?: BookingType
  reason?: BookingReason
  details?: string
  /** Those who were chosen from a list. */
  driverIds?: string[]
  companionIds?: string[]
  /** Colleagues who were typed by name or address instead, as typed. */
  typedDrivers?: string
  typedCompanions?: string
  /** Those who are not in the directory, as typed. */
  otherCompanions?: string
}

/** A form that was put aside. It asks nobody, holds no car, and nothing in it has been checked. */
export interface Draft {
  id: string
  personId: string
  /** The form's own key: the booking that it makes takes the draft's place. */
  requestKey: string
  form: DraftForm
  createdAt: Date
  touchedAt: Date
}

/** Why a form could not be put aside. `requested`: it made a booking; `too_many`: there are `most` others; `not_theirs`: somebody else's key. */
type NotSaved = 'requested' | 'too_many' | 'not_theirs'

/** Where drafts are kept. A form that was sent is no draft, whatever was pressed at the same moment. */
export interface Drafts {
  /** Writes a draft, or what is new in the one with its request key; `most` and `keptSince` say how many there may be. */
  save(draft: Omit<Draft, 'createdAt'>, limit: { most: number; keptSince: Date }): Promise<Draft | NotSaved>
  /** Theirs, last touched then or later. */
  find(personId: string, draftId: string, keptSince: Date): Promise<Draft | null>
  /** Theirs, last touched then or later, newest first. */
  list(personId: string, keptSince: Date): Promise<Draft[]>
  discard(personId: string, draftId: string): Promise<void>
  /** Deletes at most so many that were last touched before, and gives how many it were; of several who prune, each takes others. */
  prune(touchedBefore: Date, limit: number): Promise<number>
}

/** What the use cases of drafts are given. */
export type DraftDeps = Pick<Deps, 'store' | 'now' | 'deadlines'> & { drafts: Drafts }

/** How many drafts somebody may have. */
export const MOST_DRAFTS = 20

/** A draft as JSON, in UTF-16 code units: more than a form that keeps to its own limits can hold. */
export const LONGEST_DRAFT = 20_000

/** What was last touched before this has gone away. Days of 24 hours. */
export function draftsKeptSince({ now, deadlines }: Pick<DraftDeps, 'now' | 'deadlines'>): Date {
  return subHours(now(), deadlines.draftsKeptDays * 24)
}

/** Returns the form with every text in it as {@link cleanText} leaves it, and the rest as it is. */
function storableForm(form: DraftForm): DraftForm {
  const cleaned = Object.entries(form).map(([field, value]): [string, unknown] => [
    field,
    typeof value === 'string' ? cleanText(value, { lines: true }) : value,
  ])
  return { ...form, ...Object.fromEntries(cleaned) }
}

/** @throws BookingError `draft_too_long` */
export function checkDraftSize(form: DraftForm): void {
  const { length } = JSON.stringify(form)
  if (length > LONGEST_DRAFT) throw new BookingError('draft_too_long', { most: LONGEST_DRAFT, length })
}

/**
 * Puts a form aside as it is; the same form again takes the place of what was put aside before.
 * @throws BookingError `draft_too_long`, `too_many_drafts`, `requested_already` when the form has made a booking,
 * `draft_not_found` for somebody else's form, `person_not_found`, `person_inactive`
 */
export async function saveDraft(
  deps: DraftDeps,
  { personId, requestKey, form: left }: Pick<Draft, 'personId' | 'requestKey' | 'form'>,
): Promise<Draft> {
  const form = storableForm(left)
  checkDraftSize(form)
  await requireActivePerson(deps.store, personId)
  const draft = { id: crypto.randomUUID(), personId, requestKey, form, touchedAt: deps.now() }
  const saved = await deps.drafts.save(draft, { most: MOST_DRAFTS, keptSince: draftsKeptSince(deps) })
  if (saved === 'too_many') throw new BookingError('too_many_drafts', { most: MOST_DRAFTS })
  if (saved === 'requested') throw await requestedAlready(deps, personId, requestKey)
  if (saved === 'not_theirs') throw new BookingError('draft_not_found', {})
  return saved
}

/** Nobody is told of somebody else's booking. */
async function requestedAlready({ store }: DraftDeps, personId: string, requestKey: string): Promise<BookingError> {
  const booking = await store.findBookingByRequestKey(requestKey)
  if (booking?.requester.id !== personId) return new BookingError('draft_not_found', {})
  const { number, window, requester } = booking
  return new BookingError('requested_already', { number, window, siteZone: requester.site.timeZone })
}

/**
 * A draft of this person's own.
 * @throws BookingError `draft_not_found`, for one that has gone away as well
 */
export async function findDraft(
  deps: DraftDeps,
  { personId, draftId }: { personId: string; draftId: string },
): Promise<Draft> {
  const draft = await deps.drafts.find(personId, draftId, draftsKeptSince(deps))
  if (!draft) throw new BookingError('draft_not_found', {})
  return draft
}

/** This person's drafts, last touched first. */
export async function draftsOf(deps: DraftDeps, personId: string): Promise<Draft[]> {
  return deps.drafts.list(personId, draftsKeptSince(deps))
}

/** Throws a draft of this person's own away; one that is gone already stays gone. */
export async function discardDraft(
  deps: DraftDeps,
  { personId, draftId }: { personId: string; draftId: string },
): Promise<void> {
  await deps.drafts.discard(personId, draftId)
}

/** Deletes at most `limit` drafts that nobody has touched for too long, and gives how many it were. */
export async function pruneDrafts(deps: DraftDeps, limit: number): Promise<number> {
  return deps.drafts.prune(draftsKeptSince(deps), limit)
}
