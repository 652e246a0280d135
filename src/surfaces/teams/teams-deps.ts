import type { DraftDeps, Drafts } from '../../core/booking/draft.ts'
import type { FormChoices } from '../../core/booking/form-choices.ts'
import type { Overview } from '../../core/booking/overview.ts'
import type { PressedCards } from '../../core/notification/pressed-cards.ts'
import type { AbsenceDeps, Absences } from '../../core/people/absences.ts'
import type { Directory } from '../../core/people/identify-person.ts'
import type { Deps } from '../../core/ports.ts'
import type { TeamsAdapter } from './adapter.ts'
import type { TeamsProfiles } from './profiles.ts'

/** What was answered before: Teams sends a message again when its answer is slow. */
interface HandledActivities {
  isFirst(conversationId: string, activityId: string): Promise<boolean>
}

/** What every handler is given. */
export interface TeamsDeps {
  core: Deps
  directory: Directory
  choices: FormChoices
  cards: PressedCards
  overview: Overview
  drafts: Drafts
  absences: Absences
  activities: HandledActivities
  adapter: Pick<TeamsAdapter, 'post' | 'update' | 'openConversation'>
  profiles: TeamsProfiles
  /** The same work; whoever stops the process waits for it, also when nobody else does any more. */
  tracked<T>(work: Promise<T>): Promise<T>
  log: { info(facts: object, message: string): void; error(facts: object, message: string): void }
}

/** What the use cases of drafts are given. */
export function draftDeps({ core, drafts }: TeamsDeps): DraftDeps {
  return { ...core, drafts }
}

/** Gives the use cases of absences what they need. */
export function absenceDeps({ core, absences }: TeamsDeps): AbsenceDeps {
  return { ...core, absences }
}
