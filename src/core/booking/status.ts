/** A booking's life as one table: nothing else decides what may follow what. */
const NEXT = {
  draft: { submit: 'pending_manager' },
  pending_manager: {
    approve: 'pending_hr',
    skip: 'pending_hr',
    escalate: 'pending_hr',
    reject: 'rejected',
    ask_for_change: 'changes_requested',
    change: 'pending_manager',
    cancel: 'cancelled',
    expire: 'expired',
  },
  pending_hr: {
    approve: 'approved',
    reject: 'rejected',
    ask_for_change: 'changes_requested',
    change: 'pending_manager',
    cancel: 'cancelled',
    expire: 'expired',
  },
  changes_requested: {
    resubmit: 'pending_manager',
    resubmit_to_hr: 'pending_hr',
    cancel: 'cancelled',
    expire: 'expired',
  },
  approved: { cancel: 'cancelled', check_out: 'in_use', complete: 'completed', miss: 'no_show' },
  in_use: { return: 'completed' },
  completed: {},
  rejected: {},
  cancelled: {},
  expired: {},
  no_show: {},
} as const satisfies Record<string, Partial<Record<string, string>>>

export type BookingStatus = keyof typeof NEXT

type ActionOf<S> = S extends BookingStatus ? keyof (typeof NEXT)[S] : never
export type BookingAction = ActionOf<BookingStatus>

/** The status that `action` leads to, or null where it may not happen. */
export function nextStatus(status: BookingStatus, action: BookingAction): BookingStatus | null {
  const row: Partial<Record<BookingAction, BookingStatus>> = NEXT[status]
  return row[action] ?? null
}

/** True if nothing can follow this status. */
export function isFinal(status: BookingStatus): boolean {
  return Object.keys(NEXT[status]).length === 0
}

/** Whether a booking in this status has a hold on its car. Total, so that a new status has to say. */
const HOLDS_A_CAR: Record<BookingStatus, boolean> = {
  draft: false,
  pending_manager: true,
  pending_hr: true,
  changes_requested: true,
  approved: true,
  in_use: true,
  completed: false,
  rejected: false,
  cancelled: false,
  expired: false,
  no_show: false,
}

export function isLive(status: BookingStatus): boolean {
  return HOLDS_A_CAR[status]
}

/** Whether it is still open what becomes of it: somebody has to decide, or the requester to answer. */
export function isUndecided(status: BookingStatus): boolean {
  return isPending(status) || status === 'changes_requested'
}

/** Whether somebody still has to decide. */
export function isPending(status: BookingStatus): boolean {
  return status === 'pending_manager' || status === 'pending_hr'
}
