import type { Channel, NoticeFacts, NoticeKind } from '../../core/notification/notice.ts'
import { isRequestersDoing, namesPhrase, type Situation, whoIsAskedSince } from './notice-situation.ts'

type Text = (situation: Situation) => string

/** What happened, in one sentence. */
export const HEADLINE: Record<NoticeKind, Text> = {
  booking_requested: ({ name }) => `We have your request ${name}`,
  approval_needed: ({ name, facts }) => `${facts.requesterName}${department(facts)} ${asksFor(facts)} (${name})`,
  approval_reminder: (situation) =>
    `${urgency(situation)}${situation.facts.requesterName}${department(situation.facts)} is still waiting for your answer (${situation.name})`,
  manager_approved: ({ name, facts }) =>
    facts.actorName === null ? `Your ${matter(facts, name)} is with HR` : done('approved', facts, name, true),
  booking_approved: ({ name, facts, isRequester }) =>
    isRequester ? `Your booking ${name} is approved` : `You are on a trip with ${facts.requesterName} (${name})`,
  booking_rejected: ({ name, facts, isRequester }) => done('rejected', facts, name, isRequester),
  booking_cancelled: ({ name, facts, isRequester }) => {
    const noun = facts.wasApproved ? 'booking' : 'request'
    if (facts.requesterLeft) return `${facts.requesterName} has left; their ${noun} ${name} was cancelled`
    if (!isRequester) return by(facts, 'cancelled', `${noun} ${name}`)
    if (isRequestersDoing(facts)) return `You cancelled your ${noun} ${name}`
    return by(facts, 'cancelled', `your ${noun} ${name}`)
  },
  booking_expired: ({ name, facts, isRequester }) =>
    isRequester ? `Your request ${name} expired` : `The request ${name} of ${facts.requesterName} expired`,
  booking_changed: ({ name, facts, isRequester }) =>
    isRequester ? `You changed your booking ${name}` : `Your trip with ${facts.requesterName} was changed (${name})`,
  change_requested: ({ name, facts }) =>
    facts.proposed ? `We have your change of ${name}` : `We have your changed request ${name}`,
  change_approved: ({ name, facts, isRequester }) =>
    isRequester ? `Your change of ${name} is approved` : `Your trip with ${facts.requesterName} was changed (${name})`,
  change_rejected: ({ name, facts, isRequester }) =>
    by(facts, 'rejected', `${isRequester ? 'your' : 'the'} change of ${name}`),
  change_withdrawn: ({ name, facts, isRequester }) =>
    isRequester ? `You withdrew your change of ${name}` : by(facts, 'withdrew', `the change of ${name}`),
  change_expired: ({ name, facts, isRequester }) =>
    isRequester ? `Your change of ${name} expired` : `The change of ${name} by ${facts.requesterName} expired`,
  changes_requested: ({ name, facts }) => asksToChange(facts, name),
  change_reminder: (situation) => {
    const urgent = urgency(situation)
    const yours = `${matter(situation.facts, situation.name)} is still waiting for your answer`
    return urgent === '' ? `Your ${yours}` : `${urgent}your ${yours}`
  },
  trip_left: ({ name, facts }) => `You no longer come along with ${facts.requesterName} (${name})`,
  step_escalated: ({ name, facts }) => {
    const { newly, asWell } = whoIsAskedSince(facts)
    const who = namesPhrase(newly)
    if (who === '') return `Your ${matter(facts, name)} went on`
    if (asWell) return `${who} ${newly.length > 1 ? 'are' : 'is'} asked about your ${matter(facts, name)} as well`
    return `Your ${matter(facts, name)} went on to ${who}`
  },
  step_unanswered: ({ name, facts }) => `Your ${matter(facts, name)} went on to HR`,
  step_overdue: ({ name, facts }) =>
    facts.isLastReminder
      ? `Your ${matter(facts, name)} is about to expire: nobody has answered yet`
      : `Nobody has answered your ${matter(facts, name)} in time`,
  delivery_failed: ({ facts }) => {
    const channel = CHANNEL_WORDS[facts.undelivered?.channel ?? 'email']
    return facts.undelivered?.isRefused
      ? `A message to ${unreached(facts)} was not taken by ${channel}`
      : `Motorpool cannot reach ${unreached(facts)} by ${channel}`
  },
  check_found: ({ facts }) => `The nightly check found what does not fit: ${count(facts)}`,
}

/** The line that a mailbox lists, before the car and the time. */
export const SUBJECT: Record<NoticeKind, Text> = {
  booking_requested: ({ name }) => `Request ${name}`,
  approval_needed: ({ facts }) => `${facts.requesterName} ${asksFor(facts)}`,
  approval_reminder: (situation) =>
    `${urgency(situation)}${situation.facts.requesterName} is still waiting for your answer`,
  manager_approved: ({ name, facts }) => `${titled(facts, name)} is with HR`,
  booking_approved: ({ name, facts, isRequester }) =>
    isRequester ? `Approved ${name}` : `Trip with ${facts.requesterName}`,
  booking_rejected: ({ name }) => `Rejected ${name}`,
  booking_cancelled: ({ name }) => `Cancelled ${name}`,
  booking_expired: ({ name }) => `Expired ${name}`,
  booking_changed: ({ name }) => `Changed ${name}`,
  change_requested: ({ name, facts }) => (facts.proposed ? `Change of ${name}` : `Changed request ${name}`),
  change_approved: ({ name }) => `Changed ${name}`,
  change_rejected: ({ name }) => `Change rejected, ${name} stays`,
  change_withdrawn: ({ name }) => `Change withdrawn, ${name} stays`,
  change_expired: ({ name }) => `Change expired, ${name} stays`,
  changes_requested: ({ name }) => `${name} is back for a change`,
  change_reminder: (situation) => `${urgency(situation)}${situation.name} is waiting for your answer`,
  trip_left: ({ facts }) => `No longer with ${facts.requesterName}`,
  step_escalated: ({ name, facts }) => `${titled(facts, name)} went on`,
  step_unanswered: ({ name, facts }) => `${titled(facts, name)} is with HR`,
  step_overdue: ({ name, facts }) =>
    `${titled(facts, name)} ${facts.isLastReminder ? 'is about to expire' : 'is overdue'}`,
  delivery_failed: ({ facts }) =>
    facts.undelivered?.isRefused
      ? `A message to ${unreached(facts)} was not taken`
      : `Motorpool cannot reach ${unreached(facts)}`,
  check_found: ({ facts }) => `Motorpool’s nightly check: ${count(facts)}`,
}

/** Tells a last reminder, and one after the deadline, from the first. */
function urgency({ facts, isOverdue }: Situation): string {
  if (isOverdue) return 'Overdue: '
  return facts.isLastReminder ? 'Last reminder: ' : ''
}

const CHANNEL_WORDS: Record<Channel, string> = { slack: 'Slack', teams: 'Teams', email: 'mail' }

/** "Mara Lindt", or everybody. */
function unreached(facts: NoticeFacts): string {
  return facts.undelivered?.name ?? 'anybody'
}

function count({ findings = [] }: NoticeFacts): string {
  const bookings = new Set(findings.map(({ number }) => number)).size
  return bookings === 1 ? '1 booking' : `${bookings} bookings`
}

function asksFor(facts: NoticeFacts): string {
  if (facts.proposed) return 'asks for a change'
  return facts.former && isRequestersDoing(facts) ? 'changed a request' : 'asks for a car'
}

/** What is decided: "request #12", or "change of #12" where the booking stands. */
function matter({ proposed }: NoticeFacts, name: string): string {
  return proposed ? `change of ${name}` : `request ${name}`
}

function titled(facts: NoticeFacts, name: string): string {
  return facts.proposed ? `Change of ${name}` : `Request ${name}`
}

function department(facts: NoticeFacts): string {
  return facts.requesterDepartment === '' ? '' : ` (${facts.requesterDepartment})`
}

function done(verb: 'approved' | 'rejected', facts: NoticeFacts, name: string, isRequester: boolean): string {
  return by(facts, verb, isRequester ? `your ${matter(facts, name)}` : matter(facts, name))
}

/** Names who did it, and for whom, or says it without a name when the rules did. */
function by(facts: NoticeFacts, verb: 'approved' | 'rejected' | 'cancelled' | 'withdrew', what: string): string {
  if (facts.actorName !== null) return `${actor(facts, facts.actorName)} ${verb} ${what}`
  return `${what.charAt(0).toUpperCase()}${what.slice(1)} is ${verb === 'withdrew' ? 'withdrawn' : verb}`
}

function asksToChange(facts: NoticeFacts, name: string): string {
  const what = `${facts.proposed ? 'adjust' : 'change'} your ${matter(facts, name)}`
  return facts.actorName === null ? `Please ${what}` : `${actor(facts, facts.actorName)} asks you to ${what}`
}

function actor({ onBehalfOf }: NoticeFacts, name: string): string {
  return onBehalfOf === undefined ? name : `${name} (for ${onBehalfOf})`
}
