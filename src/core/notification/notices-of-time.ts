import type { Step } from '../approval/step.ts'
import type { Notice } from './notice.ts'
import { askNotices, type Telling, tell, tellAsked } from './notices-for.ts'

/** It was not answered in time: its owner hears, and everybody who could have answered last, whoever it went on to. */
export function expiredNotices(step: Step | undefined): (telling: Telling) => Notice[] {
  const asked = [...(step?.asks ?? []), ...(step?.passedOn ?? [])].map((ask) => ask.person)
  return (telling) => {
    const kind = telling.event.type === 'change.expired' ? 'change_expired' : 'booking_expired'
    return tell(telling, kind, [telling.booking.requester, ...asked])
  }
}

/** Those who have to decide. In chat their card is posted again: one that was sent long ago pings nobody. */
export function approvalReminders(step: Step): (telling: Telling) => Notice[] {
  return (telling) => tellAsked(telling, 'approval_reminder', step, { chat: true })
}

/** The requester, who has to change something. */
export function changeReminders(step: Step): (telling: Telling) => Notice[] {
  const options = { chat: true, stepId: step.id, asCard: 'request' } as const
  return (telling) => tell(telling, 'change_reminder', [telling.booking.requester], options)
}

/** The requester hears that the last deadline passed, and who can still answer. */
export function overdueNotices(telling: Telling): Notice[] {
  const step = telling.booking.steps.find(({ status }) => status === 'open')
  const left = (step?.asks ?? []).flatMap(({ person }) => (person.active ? [person.name] : []))
  return tell(telling, 'step_overdue', [telling.booking.requester]).map((notice) => ({
    ...notice,
    facts: { ...notice.facts, waitingFor: left },
  }))
}

/** The requester hears where it went; those who were not asked before are. */
export function passedOnNotices(from: Step): (telling: Telling) => Notice[] {
  return (telling) => {
    const closed = telling.event.type === 'step.unanswered'
    const asked = new Set(closed ? [] : from.asks.map((ask) => ask.person.id))
    return [
      ...tell(telling, closed ? 'step_unanswered' : 'step_escalated', [telling.booking.requester]),
      ...askNotices(telling).filter((notice) => !asked.has(notice.personId)),
    ]
  }
}
