import type { NoticeFacts, NoticeKind } from '../../core/notification/notice.ts'
import { bookingName } from './booking-words.ts'
import { MISFIT_WORDS } from './misfit-words.ts'
import { isRequestersDoing, namesPhrase, quoted, type Situation, whoIsAskedSince } from './notice-situation.ts'
import { SKIP_WORDS, shortNoticeWords } from './oddity-words.ts'

type Remarks = (situation: Situation) => string[]

const NOTHING_LEFT = 'There is nothing left to decide.'
const STANDS = 'Your booking stands as it was.'

/** What there is to say beyond the trip: why, who is next, until when. What is empty is left out. */
export const REMARKS: Record<NoticeKind, Remarks> = {
  booking_requested: ({ facts, due }) => [`The car is held for you. ${asked(facts.waitingFor, due)}`.trim()],
  approval_needed: (situation) => [
    askedFor(situation.facts),
    notAnswered(situation.facts),
    ...oddities(situation.facts),
    approvedBefore(situation.facts),
    pleaseAnswer(situation),
  ],
  approval_reminder: (situation) => [askedFor(situation.facts), pleaseAnswer(situation), afterwards(situation)],
  manager_approved: ({ facts, due }) => [quoted(facts), `HR is next. ${asked(facts.waitingFor, due)}`.trim()],
  // What an approver says is for the requester.
  booking_approved: ({ facts, isRequester }) => [isRequester ? approvedBy(facts) : ''],
  booking_rejected: ({ facts }) => [quoted(facts)],
  booking_cancelled: ({ facts, isRequester }) => [quoted(facts), isRequester || facts.wasApproved ? '' : NOTHING_LEFT],
  booking_expired: (situation) => [
    situation.isRequester ? `${noAnswer(situation)} The car is free for others.` : NOTHING_LEFT,
  ],
  booking_changed: ({ isRequester }) => [isRequester ? 'It needs no new approval.' : ''],
  change_requested: ({ facts, due }) => [
    facts.proposed ? 'Your booking stands as it is until this is decided.' : 'The car is held for you.',
    asked(facts.waitingFor, due),
  ],
  change_approved: ({ facts, isRequester }) => [isRequester ? approvedBy(facts) : ''],
  change_rejected: ({ facts, isRequester }) => [quoted(facts), isRequester ? STANDS : ''],
  change_withdrawn: ({ isRequester }) => [isRequester ? STANDS : NOTHING_LEFT],
  change_expired: (situation) => [situation.isRequester ? `${noAnswer(situation)} ${STANDS}` : NOTHING_LEFT],
  changes_requested: ({ facts, due }) => [quoted(facts), pleaseChange(facts, due)],
  change_reminder: (situation) => [
    askedForIt(situation.facts),
    pleaseChange(situation.facts, situation.due),
    lapses(situation),
  ],
  trip_left: () => [],
  step_escalated: ({ facts, due }) => {
    const { newly, asWell } = whoIsAskedSince(facts)
    return [[notAnswered(facts), asked(asWell ? newly : facts.waitingFor, due)].join(' ').trim()]
  },
  step_unanswered: ({ facts, due }) => [[notAnswered(facts), asked(facts.waitingFor, due)].join(' ').trim()],
  step_overdue: (situation) => [stillAsked(situation), whatYouCanDo(situation)],
  delivery_failed: ({ facts }) => [`The error is ${quoted(facts)}.`, toldOnce(facts)],
  check_found: ({ facts: { findings = [], moreFindings } }) => [
    ...findings.map(({ number, finding }) => `${bookingName(number)}: ${MISFIT_WORDS[finding]}.`),
    ...(moreFindings ? [`And ${moreFindings} more: \`npm run doctor\` looks again.`] : []),
  ],
}

/** What becomes of the messages, and when the admins hear of it again. */
function toldOnce({ undelivered }: NoticeFacts): string {
  if (undelivered?.isRefused) {
    return 'Trying again would not help. You are told of this error once a day. `npm run doctor` says what to do.'
  }
  return undelivered?.name === null
    ? 'All messages wait, and go out once this is mended. You are told once. `npm run doctor` says what to do.'
    : 'Messages wait for them, and go out once they can be reached. You are told once. `npm run doctor` says what to do.'
}

/** What is odd about a request, for those who decide. */
function oddities({ askedAt, startsAt, skipReason, proposed }: NoticeFacts): string[] {
  // A change is asked for later than the trip was.
  const isFirst = askedAt !== undefined && !proposed
  const shortNotice = isFirst ? shortNoticeWords(new Date(askedAt), new Date(startsAt)) : null
  return [shortNotice, skipReason && SKIP_WORDS[skipReason]].flatMap((words) => (words ? `${words}.` : []))
}

/** For the second approver: what the first one said. The requester's own sending is no approval. */
function approvedBefore(facts: NoticeFacts): string {
  return isRequestersDoing(facts) ? '' : approvedBy(facts)
}

/** Who gave the approval, and for whom, with their words where they had any. */
function approvedBy(facts: NoticeFacts): string {
  if (facts.actorName === null) return ''
  const whom = facts.onBehalfOf === undefined ? '' : ` for ${facts.onBehalfOf}`
  const words = quoted(facts)
  return `${facts.actorName} approved it${whom}${words === '' ? '.' : `: ${words}`}`
}

/** Whose note it was, with the note. */
function askedForIt(facts: NoticeFacts): string {
  const words = quoted(facts)
  return facts.actorName === null || words === '' ? words : `${facts.actorName} asked for a change: ${words}`
}

function notAnswered({ passedOnFrom = [] }: NoticeFacts): string {
  return passedOnFrom.length === 0 ? '' : `${namesPhrase(passedOnFrom)} did not answer in time.`
}

/** It expires at the departure; before it, because the requester was asked for a change and did not answer. */
function noAnswer({ facts, now }: Situation): string {
  const departures = [facts, facts.proposed ?? []].flat().map(({ startsAt }) => Date.parse(startsAt))
  return +now < Math.min(...departures)
    ? 'You were asked for a change, and did not answer in time.'
    : 'Nobody decided before the departure.'
}

function pleaseAnswer({ facts: { waitingFor }, due, isOverdue }: Situation): string {
  const until = due === null ? '' : isOverdue ? `Overdue since ${due}.` : `Please answer by ${due}.`
  const many = waitingFor.length > 1 ? `${waitingFor.length} people are asked; the first answer counts.` : ''
  return [until, many].join(' ').trim()
}

/** What happens if a last reminder is not answered either, and when. */
function afterwards({ facts, due, isOverdue, departure }: Situation): string {
  if (!facts.isLastReminder || due === null) return ''
  const { askedNext: next, proposed } = facts
  if (next === 'hr' && !isOverdue) return `After ${due} this goes to HR.`
  if (next && next !== 'hr' && next.names.length > 0 && !isOverdue) {
    return `After ${due} this ${next.asWell ? 'also goes' : 'goes'} to ${namesPhrase(next.names)}.`
  }
  return `Nobody else can be asked: without an answer, the ${proposed ? 'change' : 'request'} expires on ${departure}.`
}

/** What happens if the requester does not answer. */
function lapses({ facts, due }: Situation): string {
  if (!facts.isLastReminder || due === null) return ''
  return facts.proposed
    ? `After ${due} your change expires, and your booking stays as it was.`
    : `After ${due} your request expires, and the car is free for others.`
}

function stillAsked({ facts: { waitingFor, isLastReminder }, due }: Situation): string {
  const since = due === null ? '' : `An answer has been overdue since ${due}. `
  if (waitingFor.length === 0) return `${since}Nobody who could decide is left: please speak to HR.`.trim()
  const asked = `${namesPhrase(waitingFor)} ${waitingFor.length > 1 ? 'are' : 'is'} still asked`
  return `${since}${asked}${isLastReminder ? '.' : ', and reminded every working day.'}`
}

function whatYouCanDo({ facts: { proposed, waitingFor }, departure }: Situation): string {
  const who = waitingFor.length > 1 ? 'one of them' : (waitingFor[0] ?? 'HR')
  return proposed
    ? `You can speak to ${who}, or withdraw your change. Without an answer, it expires on ${departure}, and your booking stays as it was.`
    : `You can speak to ${who}, or change or cancel your request. Without an answer, it expires on ${departure}.`
}

function pleaseChange({ proposed }: NoticeFacts, due: string | null): string {
  const until = due === null ? '' : ` by ${due}`
  return proposed
    ? `Please change or withdraw it${until}. Until then both trips stay held for you; your booking stands as it is.`
    : `Please change or cancel it${until}. The car stays held for you until then.`
}

/** "Jo Meyer and Kim Novak are asked to decide by Mon 3 Nov, 17:00." */
function asked(names: string[], due: string | null): string {
  if (names.length === 0) return ''
  return `${namesPhrase(names)} ${names.length > 1 ? 'are' : 'is'} asked to decide${due === null ? '' : ` by ${due}`}.`
}

function askedFor({ askedFor: absent }: NoticeFacts): string {
  return absent === undefined ? '' : `You are asked for ${absent}, who is away.`
}
