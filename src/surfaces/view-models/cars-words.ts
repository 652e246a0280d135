import { addDays } from 'date-fns/addDays'
import { subMinutes } from 'date-fns/subMinutes'
import type { CarInWindow } from '../../core/booking/overview.ts'
import type { TripWindow } from '../../core/booking/trip-window.ts'
import { bySuitability } from '../../core/fleet/vehicle.ts'
import { type Person, readerZone, type Site } from '../../core/people/person.ts'
import { carName, seatsPhrase } from './booking-words.ts'
import { formatDay, formatHour, formatMoment, formatWindow, isToday, zoneNote } from './format-window.ts'
import type { When } from './when-words.ts'

/** When cars are free, as words: counts first, then every car, the reader's own site first and free cars first. */
export interface CarList {
  headline: string
  /** `name` says whose clock the times go by, where that is not the site's. */
  sites: { siteName: string; name: string; cars: { state: CarState; text: string }[] }[]
}

/** `free`: for the whole window, or now where the rest of today was asked for. */
type CarState = 'free' | 'partly' | 'taken'

/** How far beyond the window trips are looked at that follow one another, to say when a car is back. Days. */
const LOOK_AHEAD = 7

/** For which time the claims of {@link carList} and {@link carWords} are to be read. */
export function windowToLookAt({ window }: When): TripWindow {
  return { startsAt: window.startsAt, endsAt: addDays(window.endsAt, LOOK_AHEAD) }
}

export function carList(cars: CarInWindow[], when: When, reader: Person, now: Date): CarList {
  const zone = readerZone(reader)
  const described = carsInOrder(cars, when, reader, now)
  const sites = new Map(described.map(({ vehicle: { site } }) => [site.id, site]))
  return {
    headline: headline(described, when, reader, now),
    sites: [...sites.values()].toSorted(ownFirst(reader.site.id)).map((site) => {
      const there = described.filter(({ vehicle }) => vehicle.site.id === site.id)
      return {
        siteName: site.name,
        name: siteHeading(site, there, when, zone),
        cars: there.map(({ vehicle, state, words }) => ({
          state,
          text: `${carName(vehicle)}, ${seatsPhrase(vehicle.seats)}: ${words}`,
        })),
      }
    }),
  }
}

interface DescribedCar extends CarInWindow {
  state: CarState
  words: string
}

const STATES: CarState[] = ['free', 'partly', 'taken']

/** Free cars first; of equal ones, the reader's own site and the smallest first. */
export function carsInOrder(cars: CarInWindow[], when: When, reader: Person, now: Date): DescribedCar[] {
  const zone = readerZone(reader)
  return cars
    .toSorted((a, b) => bySuitability(reader.site.id)(a.vehicle, b.vehicle))
    .map((car) => ({ ...car, ...carWords(car, when, zone, now) }))
    .toSorted((a, b) => STATES.indexOf(a.state) - STATES.indexOf(b.state))
}

/** "Lisbon (times are Berlin time)": only where there are times to read. */
export function siteHeading(site: Site, cars: DescribedCar[], { window }: When, zone: string): string {
  if (cars.every(({ words }) => words === FREE)) return site.name
  return `${site.name}${zoneNote(window.startsAt, zone, site.timeZone).replace('(', '(times are ')}`
}

function ownFirst(ownSiteId: string) {
  const distance = (site: { id: string }) => (site.id === ownSiteId ? 0 : 1)
  return (a: { id: string; name: string }, b: { id: string; name: string }) =>
    distance(a) - distance(b) || a.name.localeCompare(b.name)
}

function headline(cars: { state: CarState }[], { span, window }: When, reader: Person, now: Date): string {
  if (cars.length === 0) return 'No car is in service yet.'
  const zone = readerZone(reader)
  const count = (state: CarState) => cars.filter((car) => car.state === state).length
  const verb = count('free') === 1 || cars.length === 1 ? 'is' : 'are'
  const free = `${count('free')} of ${cars.length === 1 ? '1 car' : `${cars.length} cars`} ${verb} free`
  if (span === 'rest') return `${free} now${count('partly') > 0 ? `, ${count('partly')} more later today` : ''}`
  const some = count('partly') > 0 ? `, ${count('partly')} more for a part of it` : ''
  const day = `all day, ${formatDay(window.startsAt, zone, now)}${zoneNote(window.startsAt, zone, reader.site.timeZone)}`
  const when = span === 'day' ? day : formatWindow(window, zone, reader.site.timeZone, now)
  return `${free} ${when}${some}`
}

const FREE = 'free'

interface Blocked extends TripWindow {
  kind: 'booking' | 'maintenance' | 'both'
}

/** "free until 14:00", "out until tomorrow 17:30", "free until 12:00 and from 16:00": what a car does in the time asked about. */
function carWords(car: CarInWindow, when: When, zone: string, now: Date): { state: CarState; words: string } {
  const { window, span } = when
  const blocked = blockedTimes(car).filter((one) => one.startsAt < window.endsAt && one.endsAt > window.startsAt)
  const [first] = blocked
  if (!first) return { state: 'free', words: FREE }
  const isAtWindowStart = first.startsAt <= window.startsAt
  const moment = (at: Date) => momentIn(window, at, zone, now)
  if (span === 'rest') {
    if (!isAtWindowStart) return { state: 'free', words: `free until ${moment(first.startsAt)}` }
    const isOut = car.claims.some((claim) => claim.startsAt <= now && claim.endsAt > now)
    const words = `${doing(first, isOut)} until ${moment(first.endsAt)}`
    return { state: first.endsAt < window.endsAt ? 'partly' : 'taken', words }
  }
  const gaps = gapsBetween(blocked, window)
  if (gaps.length === 0) return { state: 'taken', words: `${doing(first, false)} until ${moment(first.endsAt)}` }
  return { state: 'partly', words: `free ${listed(gaps.map((gap) => gapWords(gap, window, moment)))}` }
}

/**
 * When a car cannot be taken: a trip has to end the car's turnaround before the next one begins. Claims that leave no time
 * between them are one.
 */
function blockedTimes({ vehicle, claims }: CarInWindow): Blocked[] {
  const blocked: Blocked[] = []
  for (const { startsAt, endsAt, kind } of claims) {
    const from = subMinutes(startsAt, vehicle.turnaroundMinutes)
    const last = blocked.at(-1)
    if (last && from <= last.endsAt) {
      if (endsAt > last.endsAt) last.endsAt = endsAt
      if (last.kind !== kind) last.kind = 'both'
    } else blocked.push({ startsAt: from, endsAt, kind })
  }
  return blocked
}

function doing({ kind }: Blocked, isOut: boolean): string {
  if (kind === 'maintenance') return 'in maintenance'
  if (kind === 'both') return 'not free'
  return isOut ? 'out' : 'booked'
}

function gapsBetween(blocked: Blocked[], window: TripWindow): TripWindow[] {
  const starts = [window.startsAt, ...blocked.map((one) => one.endsAt)]
  const ends = [...blocked.map((one) => one.startsAt), window.endsAt]
  return starts.flatMap((startsAt, index) => {
    const endsAt = ends[index] ?? window.endsAt
    return endsAt > startsAt ? [{ startsAt, endsAt }] : []
  })
}

/** "until 12:00", "13:00 – 14:00", "from 16:00". */
function gapWords(gap: TripWindow, window: TripWindow, moment: (at: Date) => string): string {
  if (+gap.startsAt === +window.startsAt) return `until ${moment(gap.endsAt)}`
  if (+gap.endsAt === +window.endsAt) return `from ${moment(gap.startsAt)}`
  return `${moment(gap.startsAt)} – ${moment(gap.endsAt)}`
}

function listed(parts: string[]): string {
  return parts.length > 1 ? `${parts.slice(0, -1).join(', ')} and ${parts.at(-1)}` : (parts[0] ?? '')
}

/** On the day that was asked about, the hour is enough. */
function momentIn({ startsAt }: TripWindow, at: Date, zone: string, now: Date): string {
  return isToday(at, zone, startsAt) ? formatHour(at, zone) : formatMoment(at, zone, now)
}
