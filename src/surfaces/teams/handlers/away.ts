import { moveForAbsence } from '../../../core/people/move-for-absence.ts'
import { type Person, readerZone } from '../../../core/people/person.ts'
import { endAbsence, findAbsence, setAbsence } from '../../../core/people/set-absence.ts'
import { AWAY_WORDS, awayField, backWords, readAway, suggestedAbsence } from '../../view-models/away-words.ts'
import { zoneNote } from '../../view-models/format-window.ts'
import { namedColleagues } from '../../view-models/named-colleagues.ts'
import { refusalWords } from '../../view-models/refusal-words.ts'
import type { AdaptiveCard } from '../cards/adaptive-card.ts'
import { type AwayErrors, type AwayFields, awayCard, readAwayFields } from '../cards/away-card.ts'
import { withNotice, wordsCard } from '../cards/words-card.ts'
import { listedColleagues, refusalIn } from '../form/drawn-form.ts'
import { noTimeWords, typedMoment, windowOf } from '../form/form-times.ts'
import { absenceDeps, type TeamsDeps } from '../teams-deps.ts'
import { type Answered, type Data, forGood, shownNow } from './answer.ts'

/** Whether somebody is away, and the form to say so. */
export async function away(deps: TeamsDeps, person: Person): Promise<AdaptiveCard> {
  const set = await findAbsence(absenceDeps(deps), { personId: person.id })
  return drawn(deps, person, set ? null : { fields: await suggestedFields(deps, person) })
}

/** The same with the form open, filled in with what is set. */
export async function changeAway(deps: TeamsDeps, person: Person): Promise<Answered> {
  return shownNow(await drawn(deps, person, { fields: await suggestedFields(deps, person) }))
}

/** Sets it; what is wrong stands at its field. */
export async function saveAway(deps: TeamsDeps, person: Person, data: Data): Promise<Answered> {
  const fields = readAwayFields(data)
  const zone = readerZone(person)
  const read = await readAbsence(deps, fields, zone)
  if ('errors' in read) return shownNow(await drawn(deps, person, { fields, errors: read.errors }))
  try {
    await setAbsence(absenceDeps(deps), { personId: person.id, ...read.absence })
    moveWhatWaits(deps, person)
    return forGood(await drawn(deps, person, null))
  } catch (error) {
    const refusal = refusalIn(error)
    const words = refusalWords(refusal, zone, deps.core.now())
    const field = awayField(refusal)
    if (field) return shownNow(await drawn(deps, person, { fields, errors: { [field]: words } }))
    return shownNow(withNotice(await drawn(deps, person, { fields }), words))
  }
}

/** They are back, or stay after all. */
export async function endAway(deps: TeamsDeps, person: Person): Promise<Answered> {
  const was = await endAbsence(absenceDeps(deps), { personId: person.id })
  if (was) moveWhatWaits(deps, person)
  return forGood(wordsCard(null, backWords(was, deps.core.now()), 'none'))
}

/** Whoever pressed has their answer without waiting for it; where it fails, the schedule does it. */
function moveWhatWaits(deps: TeamsDeps, { id: personId }: Person): void {
  const moved = moveForAbsence(absenceDeps(deps), { personId }).catch((error: unknown) => {
    deps.log.error({ err: error, personId }, 'What waits for somebody who is away could not be moved yet')
  })
  void deps.tracked(moved)
}

interface AwayForm {
  fields: AwayFields
  errors?: AwayErrors
}

async function drawn(deps: TeamsDeps, person: Person, form: AwayForm | null): Promise<AdaptiveCard> {
  const zone = readerZone(person)
  const now = deps.core.now()
  const [{ own, standingIn }, people] = await Promise.all([
    readAway({ ...absenceDeps(deps), overview: deps.overview }, person),
    form ? listedColleagues(deps) : null,
  ])
  return awayCard({
    lines: [...(own ? [own.text] : []), ...standingIn],
    end: own && (own.isAway ? AWAY_WORDS.back : AWAY_WORDS.stay),
    form: form && {
      fields: form.fields,
      errors: form.errors ?? {},
      people: people?.filter(({ personId }) => personId !== person.id) ?? null,
      zoneNote: zoneNote(now, zone, person.site.timeZone).trim() || null,
    },
  })
}

/** What is set, or a sensible first absence. */
async function suggestedFields(deps: TeamsDeps, person: Person): Promise<AwayFields> {
  const zone = readerZone(person)
  const [set, people] = await Promise.all([
    findAbsence(absenceDeps(deps), { personId: person.id }),
    listedColleagues(deps),
  ])
  const { startsAt, endsAt } = set ?? suggestedAbsence(deps.core.now(), zone)
  const from = typedMoment(startsAt, zone)
  const until = typedMoment(endsAt, zone)
  return {
    from_date: from.date,
    from_time: from.time,
    until_date: until.date,
    until_time: until.time,
    stand_in: set ? (people ? set.standIn.id : set.standIn.email) : '',
  }
}

async function readAbsence({ choices }: TeamsDeps, fields: AwayFields, zone: string) {
  const from = { date: fields.from_date, time: fields.from_time }
  const until = { date: fields.until_date, time: fields.until_time }
  const { startsAt, endsAt } = windowOf(from, until, zone)
  const { ids, problem } = await namedColleagues(choices, fields.stand_in)
  const [standInId, another] = ids
  const one = another === undefined ? null : 'Please name one colleague.'
  const standIn = problem ?? one ?? (standInId === undefined ? 'Please choose who stands in for you.' : null)
  const errors: AwayErrors = {
    ...(Number.isNaN(+startsAt) && { from: noTimeWords(from, zone) }),
    ...(Number.isNaN(+endsAt) && { until: noTimeWords(until, zone) }),
    ...(standIn !== null && { stand_in: standIn }),
  }
  if (standInId === undefined || Object.keys(errors).length > 0) return { errors }
  return { absence: { startsAt, endsAt, standInId } }
}
