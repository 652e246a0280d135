import { describe, expect, it } from 'vitest'
import { homeView } from '../../../src/surfaces/slack/views/home-view.ts'
import { approvalCard } from '../../../src/surfaces/view-models/booking-card.ts'
import { listReader } from '../../../src/surfaces/view-models/cancel-choice.ts'
import type { Home } from '../../../src/surfaces/view-models/home.ts'
import { tripEntry } from '../../../src/surfaces/view-models/trip-entry.ts'
import { blockProblems } from '../../../src/workspace/protocol/block-kit/check-blocks.ts'
import { ANNA, aBooking, anHrStep, aStep, BEN, decided, HANNA, MARA, NOW } from '../../support/builders.ts'
import { aFullBooking } from '../../support/full-booking.ts'
import { buttonsOf } from '../../support/slack-modal.ts'
import { plainText, textOf } from '../../support/visible-text.ts'
import { NOT_ESCAPED, TYPED } from './typed-texts.ts'

const aHome = (changes: Partial<Home> = {}): Home => ({
  away: { own: null, standingIn: [] },
  drafts: { entries: [], more: 0 },
  waiting: { requests: [], more: 0 },
  trips: { entries: [], more: 0 },
  news: { lines: [], ids: [], more: null },
  cars: { siteName: 'Berlin', lines: [], more: 0 },
  history: { lines: [], filter: 'all', page: 0, pages: 1 },
  rows: { since: 0, waiting: [], trips: [], drafts: [] },
  ...changes,
})
const shown = (changes: Partial<Home>) => {
  const view = homeView(aHome(changes))
  expect(blockProblems(view.blocks, 'home')).toEqual([])
  expect(textOf(view)).not.toMatch(NOT_ESCAPED)
  return textOf(view)
}
const request = (booking: ReturnType<typeof aBooking>) => approvalCard(booking, 'hr', listReader(HANNA), NOW)

const anAbsence = () => ({ personId: MARA.id, startsAt: NOW, endsAt: NOW, standIn: BEN })

describe('homeView', () => {
  it('shows whoever decides what was decided before', () => {
    const steps = [decided(aStep(), { comment: 'Take the <small> one' }), anHrStep()]
    const approved = request(aBooking({ status: 'pending_hr', steps }))
    const text = shown({ waiting: { requests: [approved], more: 0 } })
    expect(text).toContain(
      ':white_check_mark: Approved by Mara Lindt as manager, Mon 2 Nov, 10:00: “Take the &lt;small&gt; one”',
    )
    const skipped = [aStep({ status: 'skipped', skipReason: 'no_manager', asks: [], closedAt: NOW }), anHrStep()]
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
    [null, 'Mark all read'],
    ['2', 'Mark these read'],
    ['95+', 'Mark these read'],
  ])('marks as read what it shows, and says so where %s more are new', (more, label) => {
    const ids = Array.from({ length: 5 }, () => crypto.randomUUID())
    const view = homeView(aHome({ news: { lines: ids.map(() => 'News'), ids, more } }))
    expect(/and (\S+) more/.exec(textOf(view))?.[1] ?? null).toBe(more)
    const button = buttonsOf(view).find(({ element }) => element.action_id === MARK_READ_ID)
    expect(button?.element).toMatchObject({ text: { text: label }, value: ids.join(',') })
  })

  it.each(TYPED)('of %s, everything as long as it may be, is what Slack takes', (_case, typed) => {
    const booking = aFullBooking(typed, 'pending_manager')
    const steps = [decided(aStep(), { comment: typed(1000) }), anHrStep()]
    const requests = Array.from({ length: 5 }, () => request({ ...booking, status: 'pending_hr', steps }))
    const entries = Array.from({ length: 5 }, () => tripEntry(booking, listReader(BEN), NOW))
    const own = { absence: anAbsence(), isAway: true, text: `You are away. ${typed(150)} stands in for you.` }
    const draft = { draftId: crypto.randomUUID(), text: `${typed(150)}: 99 people`, kept: 'Saved today' }
    shown({
      away: { own, standingIn: Array.from({ length: 5 }, () => `You stand in for ${typed(150)} until Friday.`) },
      drafts: { entries: Array.from({ length: 20 }, () => draft), more: 0 },
      waiting: { requests, more: 4 },
      trips: { entries, more: 4 },
    })
  })

  const labels = (changes: Partial<Home>) =>
    buttonsOf(homeView(aHome(changes))).map(({ element }) => plainText(element.text))

  it.each([
    ['nobody is away', null, ['Book a car', 'I am away …']],
    ['they are away', true, ['Book a car', 'I am back', 'Change']],
    ['they are going away', false, ['Book a car', 'I am staying', 'Change']],
  ])('offers what fits while %s', (_when, isAway, expected) => {
    const own = isAway === null ? null : { absence: anAbsence(), isAway, text: 'You are away until <Friday>.' }
    expect(labels({ away: { own, standingIn: [] } })).toEqual(expected)
    if (own) expect(shown({ away: { own, standingIn: [] } })).toContain('You are away until &lt;Friday&gt;.')
  })

  it('lists drafts, each to be continued or, asked once, discarded', () => {
    const entries = [{ draftId: 'a', text: '<Hamburg>: 2 people', kept: 'Saved today 10:02, goes away on Wed 2 Dec' }]
    const drafts = { entries, more: 3 }
    expect(shown({ drafts })).toContain(
      'Your drafts\n&lt;Hamburg&gt;: 2 people\nSaved today 10:02, goes away on Wed 2 Dec',
    )
    expect(shown({ drafts })).toContain('and 3 more')
    const [carryOn, discard] = buttonsOf(homeView(aHome({ drafts }))).slice(2)
    expect(carryOn?.element).toMatchObject({ text: { text: 'Continue' }, value: 'a' })
    expect(discard?.element).toMatchObject({
      text: { text: 'Discard' },
      value: 'a',
      confirm: { title: { text: 'Discard this draft?' } },
    })
    expect(shown({})).not.toContain('drafts')
  })
})

const MARK_READ_ID = 'home_mark_read'
