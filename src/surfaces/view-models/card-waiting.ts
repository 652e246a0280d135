import type { Ask, Step } from '../../core/approval/step.ts'
import type { Booking } from '../../core/booking/booking.ts'
import { waitingStep } from '../../core/booking/next-due.ts'
import { openChange, openMatter } from '../../core/booking/trip-change.ts'
import type { Moment } from './card-outcomes.ts'
import { namesPhrase } from './notice-situation.ts'

/** Who is to answer, and until when; null when nobody is. `isRequester`: they read it themselves. */
export function waitingWords(booking: Booking, isRequester: boolean, moment: Moment): string | null {
  const step = waitingStep(booking)
  if (openMatter(booking).status === 'changes_requested') return waitingForOwner(booking, step, isRequester, moment)
  if (step?.status !== 'open') return null
  const until = step.dueAt ? `, ${step.overdueAt ? 'overdue since' : 'by'} ${moment(step.dueAt)}` : ''
  const whom =
    step.kind === 'hr'
      ? `${hrOrAdmin(step)} (${shortList(step.asks.map((ask) => named(ask)))})`
      : shortList(step.asks.map((ask) => named(ask, '(', ')')))
  return `${openChange(booking) ? 'The change is waiting' : 'Waiting'} for ${whom}${until}`
}

/** Until when the reader is to answer, or since when that is overdue; null where there is no deadline. */
export function answerWords({ dueAt, overdueAt }: Pick<Step, 'dueAt' | 'overdueAt'>, moment: Moment): string | null {
  if (!dueAt) return null
  return overdueAt ? `Please answer: overdue since ${moment(dueAt)}` : `Please answer by ${moment(dueAt)}`
}

function waitingForOwner(booking: Booking, step: Step | undefined, isRequester: boolean, moment: Moment): string {
  const by = step?.dueAt ? ` by ${moment(step.dueAt)}` : ''
  if (!isRequester) return `Waiting for ${booking.requester.name} to change it${by && `,${by}`}`
  return openChange(booking)
    ? `Please change or withdraw your change${by}. Until then both trips stay held; your booking stands as it is.`
    : `Please change or cancel it${by}. The car stays held for you until then.`
}

/** How the reader of an approver's card comes to it, where that is not plain: for whom they are asked, or to whom it went on. */
export function readersPart(step: Step | undefined, personId: string, moment: Moment): string | null {
  if (step?.status !== 'open') return null
  const ask = step.asks.find(({ person }) => person.id === personId)
  if (ask) return ask.onBehalfOf && `You are asked for ${ask.onBehalfOf.name}, who is away`
  const passed = step.passedOn.findLast(({ person }) => person.id === personId)
  if (!passed) return null
  const forThem = step.asks.filter(({ onBehalfOf }) => onBehalfOf?.id === personId)
  if (forThem.length > 0) return `Passed on to ${namesOf(forThem)} while you are away`
  if (+passed.at === +(step.escalatedAt ?? NaN)) {
    return `Passed on to ${namesOf(step.asks)}: you did not answer by ${moment(passed.at)}`
  }
  return `Now with ${namesOf(step.asks)}`
}

function namesOf(asks: Ask[]): string {
  return namesPhrase(asks.map(({ person }) => person.name))
}

/** "Tom Berg for Mara Lindt", the second in brackets where they are given. */
function named({ person, onBehalfOf }: Ask, open = '', close = ''): string {
  return onBehalfOf ? `${person.name} ${open}for ${onBehalfOf.name}${close}` : person.name
}

/** Where there is no usable HR person, the admins are asked in their place; where HR did not answer, as well. */
function hrOrAdmin({ asks }: Step): string {
  const admins = asks.filter(({ person, onBehalfOf }) => (onBehalfOf ?? person).role === 'admin').length
  if (admins === 0) return 'HR'
  return admins === asks.length ? 'an admin' : 'HR or an admin'
}

/** "Anna, Ben or 3 others": a card is no address list. */
function shortList(names: string[]): string {
  if (names.length > 3) return `${names.slice(0, 2).join(', ')} or ${names.length - 2} others`
  return names.length > 1 ? `${names.slice(0, -1).join(', ')} or ${names.at(-1)}` : (names[0] ?? '')
}
