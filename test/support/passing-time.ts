import type { Deciders } from '../../src/core/approval/approvers.ts'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import { openApproval, openHrStep } from '../../src/core/approval/open-steps.ts'
import { passTime } from '../../src/core/approval/pass-time.ts'
import type { Booking } from '../../src/core/booking/booking.ts'
import { nextDue } from '../../src/core/booking/next-due.ts'
import { tripOf } from '../../src/core/booking/trip-change.ts'
import type { Change, Deps } from '../../src/core/ports.ts'
import { AYDIN, aBooking, aPerson, aStep, HANNA, JO, MARA, minutesAfter, NOW } from './builders.ts'

const HOUR = 60
const DAY = 24 * HOUR

export const trip = (startsAt: Date, hours = 8) => ({ startsAt, endsAt: minutesAfter(startsAt, hours * HOUR) })

export const VERA = aPerson({ name: 'Vera Brandt', role: 'manager' })

/** Mara, her manager Vera, two in HR and an admin; nobody is away. */
export const COMPANY: Deciders = { manager: MARA, above: VERA, hr: [HANNA, JO], admins: [AYDIN], absences: [] }

/** A booking that waits for the manager, or HR, since `now`. */
export function asked(kind: 'manager' | 'hr', changes: Partial<Booking>, now: Date, deciders = COMPANY): Booking {
  const timing = { now, deadlines: DEADLINES }
  const blank = aBooking({ ...changes, steps: [], createdAt: now })
  return kind === 'manager'
    ? openApproval(blank, deciders, timing).booking
    : openHrStep({ ...blank, status: 'pending_hr' }, deciders, timing)
}

/** Mara asked for a change an hour after the request; Anna has a day to answer. */
export const noted = (changes: Partial<Booking> = {}): Booking =>
  aBooking({
    status: 'changes_requested',
    steps: [
      aStep({
        status: 'changes_requested',
        closedAt: minutesAfter(NOW, HOUR),
        decidedBy: MARA,
        comment: 'Take the small one',
        dueAt: minutesAfter(NOW, HOUR + DAY),
        remindAt: minutesAfter(NOW, 6 * HOUR),
      }),
    ],
    ...changes,
  })
/** Approved for Thursday; the change that waits for Mara is a day later, unless said otherwise. */
export const changing = (startsAt = minutesAfter(aBooking().window.startsAt, DAY)): Booking => {
  const proposed = { ...tripOf(aBooking()), window: trip(startsAt) }
  const change = { status: 'pending_manager', trip: proposed } as const
  const first = aBooking({ status: 'approved' }).steps
  return aBooking({ status: 'approved', round: 2, change, steps: [...first, aStep({ id: 'second', round: 2 })] })
}

/** One booking, and a clock that is set. What happens to it is kept in words. */
export function passingTime(start: Booking, deciders: Deciders = COMPANY) {
  let now = start.createdAt
  let booking = start
  const changes: Change[] = []
  const store: Partial<Deps['store']> = {
    findBooking: async () => booking,
    deciders: async () => deciders,
    commit: async (change) => {
      changes.push(change)
      booking = { ...change.booking, number: booking.number }
      return { kind: 'committed', number: booking.number }
    },
  }
  const deps: Deps = {
    store: store as Deps['store'],
    now: () => now,
    deadlines: DEADLINES,
    channels: { chat: ['slack'], email: true },
  }

  async function at(to: Date): Promise<string[]> {
    now = to
    const before = changes.length
    await passTime(deps, { bookingId: booking.id })
    return changes.slice(before).flatMap(said)
  }

  return {
    /** What one look at this moment brings about. */
    at,
    /** What the whole rest of its life brings about when nobody does anything, each look at the moment that is due. */
    toTheEnd: async (): Promise<string[]> => {
      const told: string[] = []
      for (let due = nextDue(booking); due; due = nextDue(booking, due)) {
        told.push(...(await at(due)).map((line) => `${inBerlin(now)} ${line}`))
      }
      return told
    },
    booking: () => booking,
    changes,
  }
}

/** "step.escalated: step_escalated to Anna, approval_needed to Vera". */
function said({ events, notices }: Change): string {
  const kinds = [...new Set(notices.map(({ kind }) => kind))]
  const told = kinds.map((kind) => {
    const names = notices.filter((notice) => notice.kind === kind).map(({ personId }) => personId)
    return `${kind} to ${names.join(' ')}`
  })
  return `${events.map(({ type }) => type).join()}: ${told.join(', ') || 'nobody'}`
}

function inBerlin(at: Date): string {
  const parts = { weekday: 'short', hour: '2-digit', minute: '2-digit' } as const
  return new Intl.DateTimeFormat('en-GB', { ...parts, timeZone: 'Europe/Berlin' }).format(at).replace(',', '')
}
