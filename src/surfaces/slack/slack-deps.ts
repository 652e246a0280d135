import type { Drafts } from '../../core/booking/draft.ts'
import type { FormChoices } from '../../core/booking/form-choices.ts'
import type { Overview } from '../../core/booking/overview.ts'
import type { PressedCards } from '../../core/notification/pressed-cards.ts'
import type { Absences } from '../../core/people/absences.ts'
import type { Directory, Unidentified } from '../../core/people/identify-person.ts'
import type { Deps } from '../../core/ports.ts'
import type { SlackProfiles } from './profiles.ts'

/** The Homes of those who have opened theirs. */
export interface Homes {
  /** Drawn anew, showing what was chosen; what is not chosen now, as before. */
  wanted(personId: string, viewState?: Record<string, string | number | null>): Promise<void>
  /** Remembers the rows that it shows, drawn from this view state, so that they keep their places. */
  keepRows(personId: string, rows: { [section: string]: number | string[] }, before: unknown): Promise<void>
  /** Drawn anew where they have opened theirs. */
  changed(personIds: string[]): Promise<void>
}

/** What was answered before: Slack sends an event again when it is not acknowledged. */
export interface HandledActivities {
  isFirst(conversationId: string, activityId: string): Promise<boolean>
}

/** What every listener is given. */
export interface SlackDeps {
  core: Deps
  directory: Directory
  profiles: SlackProfiles
  choices: FormChoices
  drafts: Drafts
  absences: Absences
  cards: PressedCards
  homes: Homes
  /** Takes away what the Home of somebody who lost their way in showed last. Never throws. */
  closeHome(userId: string, why: Unidentified): Promise<void>
  overview: Overview
  activities: HandledActivities
  log: { info(facts: object, message: string): void; error(facts: object, message: string): void }
}
