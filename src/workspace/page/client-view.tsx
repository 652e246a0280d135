import { useState } from 'react'
import type { WorkspacePerson, WorkspacePersonState, WorkspaceState } from '../protocol/page-api.ts'
import { BotAvatar } from './avatar.tsx'
import { ClientTabs } from './client-tabs.tsx'
import { Composer } from './composer.tsx'
import { Conversation } from './conversation.tsx'
import { HomeTab } from './home-tab.tsx'
import { Mailbox } from './mailbox.tsx'
import { ModalStack } from './modal-stack.tsx'
import { Notice, useNotice } from './notices.tsx'
import type { Place } from './place.ts'
import { ReaderContext } from './reader.ts'
import { COMMAND } from './slash-command.ts'
import type { Act } from './use-workspace.ts'

interface ClientViewProps {
  state: WorkspaceState
  place: Place
  chosen: WorkspaceState['people'][number]
  /** What their client shows; null until it is known. */
  person: WorkspacePersonState | null
  act: Act
}

/** One person's Slack, open at their conversation with the bot. */
export function ClientView({ state, place, chosen, person, act }: ClientViewProps) {
  const { notice, show } = useNotice()
  return (
    <ReaderContext value={{ person: chosen, people: state.people, botName: state.botName }}>
      <header className="client-head">
        <BotAvatar />
        <h1>{state.botName}</h1>
        <span className="app-badge">APP</span>
        <span className="client-as">
          as <b className="client-as-name">{chosen.name}</b>
        </span>
      </header>
      <ClientTabs place={place} chosen={chosen} />
      <div className="tab-panel" role="tabpanel" aria-labelledby={`tab-${place.tab}`}>
        {person && place.tab === 'home' && <HomeTab view={person.home} act={act} onProblem={show} />}
        {person && place.tab === 'mailbox' && <Mailbox mails={person.mails} place={place} />}
        {person && place.tab === 'messages' && (
          <MessagesTab person={person} chosen={chosen} act={act} onProblem={show} />
        )}
      </div>
      {person && person.modals.length > 0 && <ModalStack views={person.modals} act={act} />}
      {notice && <Notice text={notice} onDismiss={() => show(null)} />}
    </ReaderContext>
  )
}

interface MessagesTabProps {
  person: WorkspacePersonState
  chosen: WorkspacePerson
  act: Act
  onProblem: (problem: string | null) => void
}

function MessagesTab({ person, chosen, act, onProblem }: MessagesTabProps) {
  const [text, setText] = useState('')
  const send = async (said: string) => {
    setText('')
    onProblem(null)
    const result = await act('say', { text: said })
    if (result.ok) return
    setText((typedSince) => typedSince || said)
    onProblem(result.error ?? 'That could not be sent.')
  }
  const firstName = chosen.name.split(' ')[0]
  const beginning = (
    <div className="beginning">
      <BotAvatar />
      <p>
        This is the very beginning of {firstName}’s conversation with the bot. Type <code>{COMMAND}</code> below to book
        a car.
      </p>
      {person.messages.length === 0 && (
        <button type="button" className="button" onClick={() => send(COMMAND)}>
          Send {COMMAND}
        </button>
      )}
    </div>
  )
  return (
    <>
      <Conversation messages={person.messages} beginning={beginning} act={act} onProblem={onProblem} />
      <Composer text={text} onChange={setText} onSend={send} />
    </>
  )
}
