import { describe, expect, it } from 'vitest'
import { homeView } from '../../../src/surfaces/slack/views/home-view.ts'
import { approvalCard } from '../../../src/surfaces/view-models/booking-card.ts'
import { listReader } from '../../../src/surfaces/view-models/cancel-choice.ts'
import type { Home } from '../../../src/surfaces/view-models/home.ts'
import { tripEntry } from '../../../src/surfaces/view-models/trip-entry.ts'
import { blockProblems } from '../../../src/workspace/protocol/block-kit/check-blocks.ts'
import { ANNA, aBooking, anHrStep, aStep, BEN, decided, HANNA, NOW } from '../../support/builders.ts'
import { aFullBooking } from '../../support/full-booking.ts'
import { buttonsOf } from '../../support/slack-modal.ts'
import { textOf } from '../../support/visible-text.ts'
import { NOT_ESCAPED, TYPED } from './typed-texts.ts'

const aHome = (changes: Partial<Home> = {}): Home => ({
  waiting: { requests: [], more: 0 },
  trips: { entries: [], more: 0 },
  news: { lines: [], ids: [], more: 0 },
  cars: { siteName: 'Berlin', lines: [], more: 0 },
  history: { lines: [], filter: 'all', page: 0, pages: 1 },
  ...changes,
})
const shown = (changes: Partial<Home>) => {
  const view = homeView(aHome(changes))
  expect(blockProblems(view.blocks, 'home')).toEqual([])
  expect(textOf(view)).not.toMatch(NOT_ESCAPED)
  return textOf(view)
}
const request = (booking: ReturnType<typeof aBooking>) => ({
  card: approvalCard(booking, 'hr', listReader(HANNA), NOW),
  stepId: 'hr-step',
})

describe('homeView', () => {
  it('shows whoever decides what was decided before', () => {
    const steps = [decided(aStep(), { comment: 'Take the <small> one' }), anHrStep()]
    const approved = request(aBooking({ status: 'pending_hr', steps }))
    const text = shown({ waiting: { requests: [approved], more: 0 } })
    expect(text).toContain(
      ':white_check_mark: Approved by Mara Lindt as manager, Mon 2 Nov, 10:00: “Take the &lt;small&gt; one”',
    )
    const skipped = [aStep({ status: 'skipped', skipReason: 'no_manager', asks: [] }), anHrStep()]
    const alone = request(aBooking({ status: 'pending_hr', steps: skipped }))
    expect(shown({ waiting: { requests: [alone], more: 0 } })).toContain(
      ':fast_forward: No manager is on record, so HR decides alone',
    )
  })

  it('says how many more there are, and where', () => {
    const requests = [request(aBooking({ status: 'pending_hr' }))]
    const entries = [tripEntry(aBooking(), listReader(ANNA), NOW)]
    const more = shown({ waiting: { requests, more: 4 }, trips: { entries, more: 2 } })
    expect(more).toContain('and 4 more: `/book-car approvals`')
    expect(more).toContain('and 2 more: `/book-car mine`')
    expect(shown({ waiting: { requests, more: 0 }, trips: { entries, more: 0 } })).not.toMatch(/and \d/)
  })

  it('says whose trip somebody comes along on', () => {
    const entries = [tripEntry(aBooking({ status: 'approved' }), listReader(BEN), NOW)]
    expect(shown({ trips: { entries, more: 0 } })).toContain('Approved\nYou come along; asked for by Anna Schmidt')
  })

  it.each([
    [0, 'Mark all read'],
    [2, 'Mark these read'],
  ])('marks as read what it shows, and says so where %d more are new', (more, label) => {
    const ids = Array.from({ length: 5 }, () => crypto.randomUUID())
    const view = homeView(aHome({ news: { lines: ids.map(() => 'News'), ids, more } }))
    expect(textOf(view).includes('and 2 more')).toBe(more === 2)
    const button = buttonsOf(view).find(({ element }) => element.action_id === MARK_READ_ID)
    expect(button?.element).toMatchObject({ text: { text: label }, value: ids.join(',') })
  })

  it.each(TYPED)('of %s, everything as long as it may be, is what Slack takes', (_case, typed) => {
    const booking = aFullBooking(typed, 'pending_manager')
    const steps = [decided(aStep(), { comment: typed(1000) }), anHrStep()]
    const requests = Array.from({ length: 5 }, () => request({ ...booking, status: 'pending_hr', steps }))
    const entries = Array.from({ length: 5 }, () => tripEntry(booking, listReader(BEN), NOW))
    shown({ waiting: { requests, more: 4 }, trips: { entries, more: 4 } })
  })
})

const MARK_READ_ID = 'home_mark_read'
