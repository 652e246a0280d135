import { z } from 'zod'
import { discardDraft, draftsOf } from '../../../core/booking/draft.ts'
import { HISTORY_FILTERS } from '../../../core/booking/overview.ts'
import type { Person } from '../../../core/people/person.ts'
import { readAway } from '../../view-models/away-words.ts'
import { draftList } from '../../view-models/draft-words.ts'
import { FIRST_LOOK, readHistory } from '../../view-models/home.ts'
import { type ListLook, lookOf, OPENED } from '../../view-models/list-look.ts'
import { type ListDeps, readApprovals, readTripList } from '../../view-models/lists.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import { approvalListCard } from '../cards/approval-list-card.ts'
import { draftListCard } from '../cards/draft-list-card.ts'
import { tripListCard } from '../cards/trip-list-card.ts'
import { draftForm } from '../form/draft-form.ts'
import { absenceDeps, draftDeps, type TeamsDeps } from '../teams-deps.ts'
import { type Answer, type Answered, type Data, forGood, openedBelow, shownNow, textIn } from './answer.ts'

/** What waits for somebody's decision. */
export async function approvals(deps: TeamsDeps, person: Person, look = OPENED): Promise<AdaptiveCard> {
  const [list, away] = await Promise.all([
    readApprovals(listDeps(deps), person, deps.core.now(), look),
    awayLines(deps, person),
  ])
  return approvalListCard({ ...list, away })
}

/** Somebody's next trips, and a page of what has been. */
export async function myBookings(
  deps: TeamsDeps,
  person: Person,
  look = OPENED,
  state = FIRST_LOOK,
): Promise<AdaptiveCard> {
  const { overview, core } = deps
  const now = core.now()
  const [list, history, drafts, away] = await Promise.all([
    readTripList(listDeps(deps), person, now, look),
    readHistory(overview, person, state, now),
    draftsOf(draftDeps(deps), person.id),
    awayLines(deps, person),
  ])
  return tripListCard({ ...list, history, drafts: drafts.length, away })
}

/** The forms that somebody put aside. */
export async function myDrafts(deps: TeamsDeps, person: Person, look = OPENED): Promise<AdaptiveCard> {
  const { now, deadlines } = deps.core
  const drafts = await draftsOf(draftDeps(deps), person.id)
  return draftListCard(draftList(drafts, person, { now: now(), deadlines }, look))
}

const LISTS = {
  approvals,
  trips: (deps: TeamsDeps, person: Person, look: ListLook) => myBookings(deps, person, look),
  drafts: myDrafts,
}
const PageData = z.object({ list: z.enum(['approvals', 'trips', 'drafts']), look: z.unknown() })

/** Another page of the list that was pressed. */
export async function listPage(deps: TeamsDeps, person: Person, data: Data): Promise<Answered> {
  const pressed = PageData.safeParse(data)
  if (!pressed.success) return { words: OUT_OF_DATE }
  return forGood(await LISTS[pressed.data.list](deps, person, lookOf(pressed.data.look)))
}

const OUT_OF_DATE = 'This list is out of date. Please open it again.'

const HistoryData = z.object({
  filter: z.enum(HISTORY_FILTERS).catch('all'),
  page: z.coerce.number().int().min(0).catch(0),
})

export async function history(deps: TeamsDeps, person: Person, data: Data): Promise<Answered> {
  return shownNow(await myBookings(deps, person, OPENED, HistoryData.parse(data)))
}

export const listDrafts: Answer = async (deps, person, _data, activity) =>
  openedBelow(deps, activity, await myDrafts(deps, person))

export const continueDraft: Answer = async (deps, person, data, activity) => {
  const opened = await draftForm(deps, person, textIn(data.draftId))
  return 'form' in opened ? openedBelow(deps, activity, opened.form) : { words: opened.refusal }
}

export async function discard(deps: TeamsDeps, person: Person, data: Data): Promise<Answered> {
  await discardDraft(draftDeps(deps), { personId: person.id, draftId: textIn(data.draftId) })
  return forGood(await myDrafts(deps, person, lookOf(data.look)))
}

/** That they are away, and for whom they stand in. */
async function awayLines(deps: TeamsDeps, person: Person): Promise<string[]> {
  const { own, standingIn } = await readAway({ ...absenceDeps(deps), overview: deps.overview }, person)
  return [...(own ? [own.text] : []), ...standingIn]
}

function listDeps({ overview, core }: TeamsDeps): ListDeps {
  return { overview, store: core.store }
}
