import type { Channel, NoticeFacts, NoticeKind } from '../../core/notification/notice.ts'
import { bookingName, carName } from './booking-words.ts'
import { formatDateTime, formatWindow } from './format-window.ts'
import { SKIP_WORDS, shortNoticeWords } from './oddity-words.ts'

export type NumberedFacts = NoticeFacts & { number: number }

export interface NoticeWords {
  /** One line, without anything a person typed at length. */
  subject: string
  headline: string
  /** Car, window and destination in one line. */
  trip: string
  /** What there is to say beyond the trip: why, who is next, until when. May be empty. */
  remarks: string[]
  /** The trip and the remarks: with the headline, the whole message. */
  lines: string[]
}

interface Situation {
  facts: NumberedFacts
  /** "#12" */
  name: string
  isRequester: boolean
  /** When an answer is needed, in the reader's zone; null where nobody is asked. */
  due: string | null
}

type Text = (situation: Situation) => string

/**
 * The one short text of a notice, the same on every channel. It says nothing relative to today, since it is read later.
 * Plain text: whatever a person typed is in it as typed, and each channel escapes it its own way.
 * @param zone the reader's zone (IANA), `now` when it happened (for the year)
 */
export function noticeWords(
  kind: NoticeKind,
  facts: NumberedFacts,
  zone: string,
  now: Date,
  reader: { isRequester: boolean },
): NoticeWords {
  const siteZone = facts.vehicle.siteTimeZone
  const window = formatWindow(
    { startsAt: new Date(facts.startsAt), endsAt: new Date(facts.endsAt) },
    zone,
    siteZone,
    now,
  )
  const due = facts.dueAt === null ? null : formatDateTime(new Date(facts.dueAt), zone, siteZone, now)
  const situation: Situation = { facts, name: bookingName(facts.number), isRequester: reader.isRequester, due }

  const remarks = REMARKS[kind](situation).filter((line) => line !== '')
  const trip = `${carName(facts.vehicle)}, ${window}, ${facts.destination}`
  return {
    subject: oneLine(`${SUBJECT[kind](situation)}: ${facts.vehicle.name}, ${window}`),
    headline: HEADLINE[kind](situation),
    trip,
    remarks,
    lines: [trip, ...remarks],
  }
}

const HEADLINE: Record<NoticeKind, Text> = {
  booking_requested: ({ name }) => `We have your request ${name}`,
  approval_needed: ({ name, facts }) => `${facts.requesterName}${department(facts)} asks for a car (${name})`,
  manager_approved: ({ name, facts }) =>
    facts.actorName === null ? `Your request ${name} is with HR` : `${facts.actorName} approved your request ${name}`,
  booking_approved: ({ name, facts, isRequester }) =>
    isRequester ? `Your booking ${name} is approved` : `You are on a trip with ${facts.requesterName} (${name})`,
  booking_rejected: ({ name, facts, isRequester }) =>
    by(facts.actorName, 'rejected', isRequester ? `your request ${name}` : `request ${name}`),
  booking_cancelled: ({ name, facts, isRequester }) => {
    const noun = facts.wasApproved ? 'booking' : 'request'
    if (!isRequester) return by(facts.actorName, 'cancelled', `${noun} ${name}`)
    if (facts.actorName === facts.requesterName) return `You cancelled your ${noun} ${name}`
    return by(facts.actorName, 'cancelled', `your ${noun} ${name}`)
  },
  delivery_failed: ({ facts }) =>
    `Motorpool cannot reach ${unreached(facts)} by ${CHANNEL_WORDS[facts.undelivered?.channel ?? 'email']}`,
}

const CHANNEL_WORDS: Record<Channel, string> = { slack: 'Slack', teams: 'Teams', email: 'mail' }

/** "Mara Lindt", or everybody. */
function unreached(facts: NoticeFacts): string {
  return facts.undelivered?.name ?? 'anybody'
}

const SUBJECT: Record<NoticeKind, Text> = {
  booking_requested: ({ name }) => `Request ${name}`,
  approval_needed: ({ facts }) => `${facts.requesterName} asks for a car`,
  manager_approved: ({ name }) => `Request ${name} is with HR`,
  booking_approved: ({ name, facts, isRequester }) =>
    isRequester ? `Approved ${name}` : `Trip with ${facts.requesterName}`,
  booking_rejected: ({ name }) => `Rejected ${name}`,
  booking_cancelled: ({ name }) => `Cancelled ${name}`,
  delivery_failed: ({ facts }) => `Motorpool cannot reach ${unreached(facts)}`,
}

const REMARKS: Record<NoticeKind, (situation: Situation) => string[]> = {
  booking_requested: ({ facts, due }) => [`The car is held for you. ${asked(facts.waitingFor, due)}`.trim()],
  approval_needed: ({ facts, due }) => [
    ...oddities(facts),
    approvedBefore(facts),
    [
      due === null ? '' : `Please answer by ${due}.`,
      facts.waitingFor.length > 1 ? `${facts.waitingFor.length} people are asked; the first answer counts.` : '',
    ]
      .join(' ')
      .trim(),
  ],
  manager_approved: ({ facts, due }) => [quoted(facts), `HR is next. ${asked(facts.waitingFor, due)}`.trim()],
  // What an approver says is for the requester.
  booking_approved: ({ facts, isRequester }) => [
    isRequester && facts.actorName !== null ? said(facts.actorName, facts) : '',
  ],
  booking_rejected: ({ facts }) => [quoted(facts)],
  booking_cancelled: ({ facts, isRequester }) => [
    quoted(facts),
    isRequester || facts.wasApproved ? '' : 'There is nothing left to decide.',
  ],
  delivery_failed: ({ facts }) => [
    `The error is ${quoted(facts)}.`,
    'You are told once, until something gets through again. `npm run doctor` says what to do.',
  ],
}

/** What is odd about a request, for those who decide. */
function oddities({ askedAt, startsAt, skipReason }: NoticeFacts): string[] {
  const shortNotice = askedAt === undefined ? null : shortNoticeWords(new Date(askedAt), new Date(startsAt))
  return [shortNotice, skipReason && SKIP_WORDS[skipReason]].flatMap((words) => (words ? `${words}.` : []))
}

/** What is said by somebody alone, in their own words: “Take the train.”; '' where nothing is. */
export function quoted({ comment }: Pick<NoticeFacts, 'comment'>): string {
  return comment === null || comment.trim() === '' ? '' : `“${comment.trim()}”`
}

function department(facts: NoticeFacts): string {
  return facts.requesterDepartment === '' ? '' : ` (${facts.requesterDepartment})`
}

/** Names who did it, or says it without a name when the rules did. */
function by(actorName: string | null, verb: 'rejected' | 'cancelled', what: string): string {
  if (actorName !== null) return `${actorName} ${verb} ${what}`
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} is ${verb}`
}

/** Who gave the approval, with their words where they had any. */
function said(name: string, facts: NoticeFacts): string {
  const words = quoted(facts)
  return words === '' ? `${name} approved it.` : `${name} approved it: ${words}`
}

/** For the second approver: what the first one said. The requester's own sending is no approval. */
function approvedBefore(facts: NoticeFacts): string {
  return facts.actorName === null || facts.actorName === facts.requesterName ? '' : said(facts.actorName, facts)
}

/** "Jo Meyer and Kim Novak are asked to decide by Mon 3 Nov, 17:00." */
function asked(names: string[], due: string | null): string {
  const [first, second] = names
  if (first === undefined) return ''
  const until = due === null ? '' : ` by ${due}`
  if (second === undefined) return `${first} is asked to decide${until}.`
  const others = names.length === 2 ? second : `${names.length - 1} others`
  return `${first} and ${others} are asked to decide${until}.`
}

/** A line break in a name must not become a second header of a mail. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim()
}
