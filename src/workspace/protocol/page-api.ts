/**
 * What the workspace's page and its server say to each other, over JSON on loopback. Everything here stands for what a
 * Slack client shows or does on behalf of the person chosen on the left; none of it is known to Motorpool, but for the clock.
 */
import type { KnownBlock, PlainTextOption, View } from '@slack/types'

/** Somebody of the demo company who can be chosen on the left. */
export interface WorkspacePerson {
  userId: string
  name: string
  email: string
  /** For the eye only, for example "Manager · Sales". */
  title: string
  /** IANA name, as in the Slack profile. */
  timeZone: string
}

/** One message in a person's conversation with the bot, as their client would show it. */
export interface WorkspaceMessage {
  channel: string
  /** Slack's `ts`: identifies the message inside its channel. */
  ts: string
  from: 'bot' | 'person'
  text: string
  blocks: KnownBlock[]
  /** Seen only by this person, and never part of the history ("Only visible to you"). */
  ephemeral: boolean
  edited: boolean
  /** A response URL answered instead of the bot's token; carried along for the buttons it may hold. */
  at: string
}

/** A modal or the Home tab as the client holds it: what `views.open` and its kin return. */
export type WorkspaceView = View & {
  id: string
  hash: string
  type: 'modal' | 'home'
  root_view_id: string
  previous_view_id: string | null
}

export interface WorkspaceMail {
  id: string
  to: string
  from: string
  subject: string
  html: string
  text: string
  attachments: { filename: string; contentType: string; content: string }[]
  at: string
}

/** `GET /workspace/state` */
export interface WorkspaceState {
  /** Grows with every change; the same number comes over a WebSocket of `/workspace/changes`. */
  version: number
  teamName: string
  botName: string
  people: (WorkspacePerson & { unread: number; unreadMails: number })[]
  clock: ClockState
}

/** Motorpool's own time: `GET /workspace/clock`. Everything of Slack's and of the mail service's keeps the real one. */
export interface ClockState {
  now: string
  /** Milliseconds ahead of real time. */
  aheadMs: number
}

/** `POST /workspace/clock`: on by some minutes, or to a moment; answered with {@link ClockState} or a {@link ClockProblem}. */
export type ClockMove = { forwardMinutes: number } | { to: string }

/** Why the clock did not move (status 400), and which field says what cannot be. */
export interface ClockProblem {
  field: string | null
  error: string
}

/** `GET /workspace/people/:userId` (`?tab=messages` or `mailbox` marks what stands there as seen) */
export interface WorkspacePersonState {
  version: number
  messages: WorkspaceMessage[]
  /** The open modals, undermost first; the last one is on top. Empty when none is open. */
  modals: WorkspaceView[]
  home: WorkspaceView | null
  /** Newest first: the mails to this person's address. */
  mails: WorkspaceMail[]
}

/** Slack's own form of `view.state.values` and `state.values`: block id → action id → the element's state. */
export type ElementState = Record<string, unknown> & { type: string }
export type ViewState = Record<string, Record<string, ElementState>>

/** `POST /workspace/people/:userId/<act>` with one of these bodies; answered with {@link ActResult}. */
export interface Acts {
  /** What was typed into the message field, for example "/book-car mine". */
  say: { text: string }
  /** A button pressed or a select changed, in a message, in the top modal or on Home. */
  action: {
    source: { kind: 'message'; channel: string; ts: string } | { kind: 'view'; viewId: string }
    blockId: string
    /** The action as Slack sends it, without `action_ts`: type, action_id, value or selected_…, text. */
    action: Record<string, unknown> & { type: string; action_id: string }
    state: ViewState
  }
  submit: { viewId: string; state: ViewState }
  /** The ✕, Escape or the Cancel button. `clearAll`: the whole stack. */
  close: { viewId: string; clearAll: boolean }
  /** What a select with an external source offers for the typed letters. */
  suggest: { viewId: string; blockId: string; actionId: string; value: string }
  /** The Home tab is looked at. */
  home: Record<string, never>
}

/** What became of an act, in the words Slack's client would have for it. */
export interface ActResult {
  ok: boolean
  /** A sentence for the person, as Slack words it ("… failed with the error “dispatch_failed”"). */
  error?: string
  /** Answer to a submit: messages at their blocks. */
  fieldErrors?: Record<string, string>
  /** Answer to `suggest`. */
  options?: PlainTextOption[]
  optionGroups?: { label: { type: 'plain_text'; text: string }; options: PlainTextOption[] }[]
}
