import type { Overview } from '../../core/booking/overview.ts'
import type { TripWindow } from '../../core/booking/trip-window.ts'
import type { Vehicle } from '../../core/fleet/vehicle.ts'
import type { Directory } from '../../core/people/identify-person.ts'
import type { Person } from '../../core/people/person.ts'
import type { Deps } from '../../core/ports.ts'
import type { SlackProfiles } from './profiles.ts'

/** What the form reads to offer choices. */
export interface FormChoices {
  freeVehicles(window: TripWindow, seats: number): Promise<Vehicle[]>
  /** Everybody active, or null when there are more than `most`. */
  everybody(most: number): Promise<Person[] | null>
  searchPeople(text: string, most: number): Promise<Person[]>
}

/** A card that somebody pressed: known or not, it is ours from now on, and drawn anew. */
export interface PressedCards {
  pressed(press: {
    externalId: string
    /** Null where nobody may act any more: a card that is known is still drawn anew. */
    personId: string | null
    about: { stepId: string } | { bookingId: string }
  }): Promise<void>
}

/** The Homes of those who have opened theirs. */
export interface Homes {
  /** Drawn anew, showing what was chosen; without `viewState` what was chosen before. */
  wanted(personId: string, viewState?: Record<string, string | number>): Promise<void>
}

/** What every listener is given. */
export interface SlackDeps {
  core: Deps
  directory: Directory
  profiles: SlackProfiles
  choices: FormChoices
  cards: PressedCards
  homes: Homes
  overview: Overview
  log: { error(facts: object, message: string): void }
}
