import { addDays, addHours } from 'date-fns'
import { decideStep } from '../../../src/core/approval/decide-step.ts'
import { reaskStep } from '../../../src/core/approval/reask-step.ts'
import { cancelBooking } from '../../../src/core/booking/cancel-booking.ts'
import { changeTrip } from '../../../src/core/booking/change-trip.ts'
import { type RequestBooking, requestBooking } from '../../../src/core/booking/request-booking.ts'
import { reportUndelivered } from '../../../src/core/notification/report-undelivered.ts'
import { endAbsence, setAbsence } from '../../../src/core/people/set-absence.ts'
import { bookingsDue } from '../../../src/jobs/bookings-due.ts'
import { checkCompany } from '../../../src/store/check-company.ts'
import { FIRST_LOOK, readHome } from '../../../src/surfaces/view-models/home.ts'
import { APPROVE, openStep } from '../company.ts'
import type { LargeCompany } from './grow-company.ts'
import type { StoreParts } from './store-parts.ts'

/** What people and the service do all day, by name. They build on one another, in this order; the trip is so many days ahead. */
export function hotActs(parts: StoreParts, company: LargeCompany, day: number): Record<string, () => Promise<unknown>> {
  const {
    deps,
    overview,
    cards,
    outbox,
    directory,
    absences,
    drafts,
    due,
    homes,
    activities,
    imports,
    misfits,
    directoryChanges,
  } = parts
  const [dispatcher = '', anybody = ''] = company.employees
  const [manager = ''] = company.managers.slice(1)
  const decider = company.hr[0] ?? ''
  const account = { platform: 'slack', tenantId: 'T1', userId: 'U-new' } as const
  const startsAt = addDays(deps.now(), day)
  const trip: RequestBooking = {
    requestKey: crypto.randomUUID(),
    requesterId: anybody,
    window: { startsAt, endsAt: addHours(startsAt, 2) },
    passengers: 2,
    vehicleId: company.cars[0] ?? '',
    destination: 'Hamburg',
    type: 'business_trip',
    reason: 'client_meeting',
    details: '',
    driverIds: [],
    companionIds: [dispatcher],
    otherCompanions: [],
  }
  const booked = async () => {
    const booking = await deps.store.findBookingByRequestKey(trip.requestKey)
    if (!booking) throw new Error('the booking is gone')
    return booking
  }
  const readers = [dispatcher, anybody, manager, decider]
  const forEach = (act: (personId: string) => Promise<unknown>) => async () => {
    for (const personId of readers) await act(personId)
  }
  const draft = () => ({
    id: crypto.randomUUID(),
    personId: anybody,
    requestKey: 'a draft',
    form: {},
    touchedAt: deps.now(),
  })

  return {
    'a request': () => requestBooking(deps, trip),
    'a request for any car': () => {
      const window = { startsAt: addDays(startsAt, 1), endsAt: addDays(startsAt, 2) }
      const anyCar = { window, vehicleId: null, companionIds: [], requestKey: crypto.randomUUID() }
      return requestBooking(deps, { ...trip, ...anyCar })
    },
    'a Home': forEach(async (personId) => {
      const person = await deps.store.findPerson(personId)
      if (person) await readHome({ ...deps, overview, drafts, absences }, person, FIRST_LOOK)
    }),
    approvals: forEach((personId) =>
      Promise.all([overview.waitingFor(personId, deps.now(), 50), overview.decidedBy(personId, 5)]),
    ),
    'mine, page by page': forEach(async (personId) => {
      await overview.nextTrips(personId, deps.now(), 20)
      for (const filter of ['all', 'pending', 'approved', 'rejected', 'cancelled'] as const) {
        await overview.history(personId, filter, 3, 8)
      }
    }),
    'news that were read': forEach(async (personId) => {
      const { notices } = await overview.unreadNotices(personId, 5)
      await overview.markRead(
        personId,
        notices.map(({ id }) => id),
        deps.now(),
      )
    }),
    'other lists': async () => {
      await overview.standingInFor(decider, deps.now())
      await overview.sites()
      await overview.carsIn(trip.window, null)
      await parts.choices.freeVehicles(trip.window, 2)
      const siteId = (await deps.store.findPerson(anybody))?.site.id ?? ''
      const query = { siteId, window: trip.window, passengers: 2, forBookingId: null }
      await parts.choices.siteOutlook(query)
      await deps.store.siteOutlook(query)
      await parts.choices.everybody(100)
      await parts.choices.activePeople([anybody])
      await parts.choices.searchPeople('employee 1', 10)
    },
    'claims and what became of them': async () => {
      const [sent, late, dead] = await outbox.claimDeliveries('email', 3)
      if (!sent || !late || !dead) throw new Error('too few mails are due')
      await outbox.settleDelivery(sent, { kind: 'sent', externalId: 'mail' })
      await outbox.settleDelivery(late, { kind: 'retry', afterSeconds: 0, counts: true, error: 'later' })
      await outbox.settleDelivery(dead, { kind: 'dead', error: 'never' })
      await outbox.claimDeliveries('slack', 10)
      const [drawn, failed] = await outbox.claimCards('slack', 10)
      if (!drawn || !failed) throw new Error('too few cards are due')
      await outbox.settleCard(drawn, { kind: 'drawn', externalId: 'message' })
      await outbox.settleCard(failed, { kind: 'retry', afterSeconds: 0, counts: true, error: 'later' })
      await outbox.pause({ channel: 'teams', act: 'posting', personId: anybody }, 1)
      await outbox.holdForSetup('teams', 'everything', failed.id, 'no key')
    },
    'somebody pressing a card': async () => {
      const about = { stepId: openStep(await booked()).id }
      await directory.findByAccount({ ...account, userId: 'U-manager.1@example.com' })
      for (const externalId of ['message', 'unknown']) {
        await cards.pressed({
          platform: 'slack',
          externalId,
          personId: manager,
          about,
          isOurs: true,
          hasChanged: false,
        })
      }
    },
    'both approvals': async () => {
      await deps.store.findBookingByStep(openStep(await booked()).id)
      await decideStep(deps, { stepId: openStep(await booked()).id, actorId: manager, decision: APPROVE })
      await decideStep(deps, { stepId: openStep(await booked()).id, actorId: decider, decision: APPROVE })
    },
    'a change of what is approved': async () => {
      const window = { startsAt, endsAt: addHours(startsAt, 4) }
      const { vehicle } = await booked()
      const change = { ...trip, window, vehicleId: vehicle.id, bookingId: (await booked()).id, actorId: anybody }
      await changeTrip(deps, change)
    },
    'an absence, and what waits moving': async () => {
      const now = deps.now()
      const away = { personId: manager, startsAt: now, endsAt: addDays(now, 7), standInId: decider }
      await setAbsence({ ...deps, absences }, away)
      const claim = await absences.claim(manager)
      for (const bookingId of (await absences.concernedBookings(manager)).slice(0, 3))
        await reaskStep(deps, { bookingId })
      await absences.concernedBookings(decider)
      if (claim) await absences.settle(manager, claim, now)
      await absences.claimDue(now, 10)
      await endAbsence({ ...deps, absences }, { personId: manager })
    },
    'a tick': async () => {
      const log = { error: (facts: object) => expectNothing(facts) }
      const job = bookingsDue(deps, due, { isAnswering: () => false, log })
      const { id, version } = await booked()
      await due.settle(id, version, deps.now())
      await job.run(addDays(deps.now(), 1), new AbortController().signal)
      await due.putOff((await booked()).id)
      await due.release([(await booked()).id])
    },
    'a cancellation': async () => cancelBooking(deps, { bookingId: (await booked()).id, actorId: anybody, why: '' }),
    'somebody who is found, linked and moves': async () => {
      await directory.findByEmail('employee.1@example.com')
      for (const personId of [decider, anybody]) {
        await directory.linkAccount(personId, { ...account, userId: `U-${personId}` }, 'Europe/Berlin')
        await directory.zoneChanged({ ...account, userId: `U-${personId}` }, 'Asia/Tokyo')
      }
      await directory.findByAccount(account)
      for (const personId of [decider, anybody]) await directory.holderOf({ ...account, userId: `U-${personId}` })
      await directory.putOffCheck({ ...account, userId: `U-${anybody}` })
      await directory.revokeAccount({ ...account, userId: `U-${decider}` })
    },
    'a form put aside': async () => {
      const saved = await drafts.save(draft(), { most: 20, keptSince: addDays(deps.now(), -30) })
      if (typeof saved === 'string') throw new Error(saved)
      await drafts.list(anybody, addDays(deps.now(), -30))
      await drafts.find(anybody, saved.id, addDays(deps.now(), -30))
      await drafts.discard(anybody, saved.id)
      await drafts.prune(addDays(deps.now(), -3000), 10)
    },
    'a Home that is opened': async () => {
      await homes.wanted(anybody)
      await homes.keepRows(anybody, { waiting: [(await booked()).id] }, null)
      await homes.changed([anybody, decider])
    },
    'a message in Teams': async () => {
      await activities.isFirst('conversation', 'activity')
      await activities.forget(10)
    },
    'what the doctor looks at': () => checkCompany(parts.prisma),
    'what an import looks at': async () => {
      await directoryChanges.settle((await directoryChanges.claim(deps.now())) ?? deps.now())
      await imports.lastDeciders()
      await directoryChanges.concernedBookings(deps.now())
      await imports.channelsInUse()
      await imports.tripsOf([decider, anybody], deps.now())
      await imports.placesOf([decider, anybody], deps.now())
    },
    'what is over going away': async () => {
      const last = await parts.past.prune(addDays(deps.now(), -5), null, 10)
      await parts.past.prune(addDays(deps.now(), -5), last, 10)
    },
    'the nightly check': async () => {
      const at = deps.now()
      const tomorrow = addDays(at, 1)
      // The first time, a look is only due at the next one.
      const claim = (await misfits.claim(at, at)) ?? (await misfits.claim(tomorrow, tomorrow)) ?? ''
      await misfits.keep({ claim, at, next: at }, await misfits.find(at), null)
      await misfits.release(claim)
      await misfits.read((await booked()).id)
    },
    'what cannot be delivered': async () => {
      const { id: bookingId } = await booked()
      await reportUndelivered(deps, { kind: 'setup', bookingId, channel: 'email', person: null, error: 'no key' })
    },
  }
}

function expectNothing(facts: object): never {
  throw new Error(`failed: ${JSON.stringify(facts)}`, { cause: facts })
}
