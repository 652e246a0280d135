import { addHours } from 'date-fns'
import { DEADLINES } from '../../src/core/approval/deadlines.ts'
import { type Decision, decideStep } from '../../src/core/approval/decide-step.ts'
import type { Step } from '../../src/core/approval/step.ts'
import type { Booking, NewBooking, Traveller } from '../../src/core/booking/booking.ts'
import { cancelBooking } from '../../src/core/booking/cancel-booking.ts'
import { type ChangeTrip, changeTrip, type TripChanged } from '../../src/core/booking/change-trip.ts'
import { type RequestBooking, requestBooking } from '../../src/core/booking/request-booking.ts'
import { openMatter } from '../../src/core/booking/trip-change.ts'
import type { TripWindow } from '../../src/core/booking/trip-window.ts'
import { BookingError, type Refusal } from '../../src/core/booking-error.ts'
import type { Role } from '../../src/core/people/person.ts'
import type { Deps } from '../../src/core/ports.ts'
import type { Database } from '../../src/store/database.ts'
import { createStore } from '../../src/store/store.ts'
import { takeDemoDatabase } from './database.ts'

/** Business time in store tests: a Monday morning. */
export const NOW = new Date('2030-03-04T08:00:00Z')

/** A trip that leaves and comes back so many hours from {@link NOW}. */
export function trip(fromHour: number, toHour: number): TripWindow {
  return { startsAt: addHours(NOW, fromHour), endsAt: addHours(NOW, toHour) }
}

/** The demo company in a database that nobody else uses meanwhile, and its people doing things. People and cars go by first name and name. */
export interface Company {
  database: Database
  databaseUrl: string
  /** The use cases' surroundings, with the clock at {@link NOW}. */
  deps: Deps
  personId(firstName: string): string
  vehicleId(name: string): string
  /** One more person in Berlin, without a manager unless one is named. */
  hire(name: string, about?: { role?: Role; manager?: string }): Promise<string>
  /** Anna books the Octavia for an hour, unless said otherwise. */
  request(about?: Partial<RequestBooking> & { by?: string; car?: string | null }): Promise<Booking>
  /** Somebody answers the open step. */
  decide(booking: NewBooking, by: string, decision?: Decision): Promise<Booking>
  cancel(booking: NewBooking, by: string): Promise<Booking>
  /** The requester sends the form of what there is to decide, changed so. */
  change(booking: NewBooking, about: Partial<ChangeTrip> & { car?: string | null }): Promise<TripChanged>
  /** The same company in other surroundings: at another time, say. */
  under(changes: Partial<Deps>): Company
  /** Takes a car out of use for a while. */
  maintain(car: string, window: TripWindow): Promise<void>
  close(): Promise<void>
}

export const APPROVE: Decision = { kind: 'approve', comment: '' }
export const REJECT: Decision = { kind: 'reject', reason: 'The budget is spent' }

export async function openCompany(): Promise<Company> {
  const { url, database, giveBack } = await takeDemoDatabase()
  const { prisma, sql } = database
  const surroundings: Deps = {
    store: createStore(database),
    now: () => NOW,
    deadlines: DEADLINES,
    channels: { chat: ['slack'], email: true },
  }
  const people = new Map((await sql<Named[]>`SELECT id, name FROM people`).map(({ id, name }) => [firstName(name), id]))
  const vehicles = new Map((await sql<Named[]>`SELECT id, name FROM vehicles`).map(({ id, name }) => [name, id]))
  const personId = (name: string) => known(people, name)
  const vehicleId = (name: string) => known(vehicles, name)

  const company = (deps: Deps): Company => ({
    database,
    databaseUrl: url,
    deps,
    under: (changes) => company({ ...deps, ...changes }),
    personId,
    vehicleId,
    hire: async (name, { role = 'employee', manager } = {}) => {
      const { siteId } = await prisma.person.findUniqueOrThrow({ where: { id: personId('Anna') } })
      const email = `${name.toLowerCase().replaceAll(' ', '.')}@example.com`
      const managerId = manager ? personId(manager) : null
      const { id } = await prisma.person.create({ data: { name, email, role, siteId, managerId } })
      people.set(firstName(name), id)
      return id
    },
    request: ({ by = 'Anna', car = 'Škoda Octavia', ...about } = {}) =>
      requestBooking(deps, {
        requestKey: crypto.randomUUID(),
        requesterId: personId(by),
        window: trip(24, 25),
        passengers: 1,
        vehicleId: car === null ? null : vehicleId(car),
        destination: 'Hamburg',
        type: 'business_trip',
        reason: 'client_meeting',
        details: '',
        driverIds: [],
        companionIds: [],
        otherCompanions: [],
        ...about,
      }),
    decide: (booking, by, decision = APPROVE) =>
      decideStep(deps, { stepId: openStep(booking).id, actorId: personId(by), decision }),
    cancel: (booking, by) => cancelBooking(deps, { bookingId: booking.id, actorId: personId(by), why: '' }),
    change: (booking, { car, ...about }) => {
      const { vehicle, travellers, ...said } = openMatter(booking).trip
      const ids = (kind: Traveller['kind']) =>
        travellers.flatMap((traveller) => (traveller.kind === kind ? (traveller.person?.id ?? []) : []))
      const vehicleId = car === undefined ? vehicle.id : car === null ? null : known(vehicles, car)
      const form = { ...said, vehicleId, driverIds: ids('driver'), companionIds: ids('companion'), otherCompanions: [] }
      return changeTrip(deps, { bookingId: booking.id, actorId: booking.requester.id, ...form, ...about })
    },
    maintain: async (car, window) => {
      const about = { vehicleId: vehicleId(car), ...window }
      await prisma.maintenanceWindow.create({ data: { ...about, hold: { create: about } } })
    },
    close: giveBack,
  })
  return company(surroundings)
}

export function openStep(booking: NewBooking): Step {
  const open = booking.steps.find((step) => step.status === 'open')
  if (!open) throw new Error(`no step of this booking is open: it is ${booking.status}`)
  return open
}

/** How somebody was refused; anything but a refusal is an error of the test. */
export async function refusalOf(promise: Promise<unknown>): Promise<Refusal> {
  const answer = await orRefusal(promise)
  if (answer && typeof answer === 'object' && 'code' in answer) return answer as Refusal
  throw new Error('nobody was refused')
}

/** What somebody was answered: what they asked for, or how they were refused. */
export async function orRefusal<T>(promise: Promise<T>): Promise<T | Refusal> {
  try {
    return await promise
  } catch (error) {
    if (error instanceof BookingError) return error.refusal
    throw error
  }
}

interface Named {
  id: string
  name: string
}

function firstName(name: string): string {
  return name.split(' ')[0] ?? name
}

function known(ids: Map<string, string>, name: string): string {
  const id = ids.get(name)
  if (!id) throw new Error(`the company has no ${name}`)
  return id
}
