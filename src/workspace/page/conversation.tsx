import { Fragment, type ReactNode, useLayoutEffect, useRef } from 'react'
import type { WorkspaceMessage } from '../protocol/page-api.ts'
import { MessageItem } from './message-item.tsx'
import { useReader } from './reader.ts'
import type { Act } from './use-workspace.ts'
import { dayLabel } from './zoned-time.ts'

const FOLLOW_ON_MS = 5 * 60_000
const NEAR_END_PX = 120

interface ConversationProps {
  messages: WorkspaceMessage[]
  /** What stands above the first message. */
  beginning: ReactNode
  act: Act
  onProblem: (problem: string) => void
}

/** The messages between a person and the bot, oldest first, kept at its end while somebody reads there. */
export function Conversation({ messages, beginning, act, onProblem }: ConversationProps) {
  const { timeZone } = useReader().person
  const scroller = useRef<HTMLDivElement>(null)
  const atEnd = useRef(true)
  const now = new Date()
  useLayoutEffect(() => {
    const element = scroller.current
    if (!element) return
    const stay = () => atEnd.current && element.scrollTo({ top: element.scrollHeight })
    const grown = new ResizeObserver(stay)
    for (const child of element.children) grown.observe(child)
    grown.observe(element)
    return () => grown.disconnect()
  }, [])
  const scrolled = () => {
    const element = scroller.current
    if (element) atEnd.current = element.scrollHeight - element.scrollTop - element.clientHeight < NEAR_END_PX
  }
  const days = messages.map(({ at }) => dayLabel(new Date(at), now, timeZone))
  return (
    <div className="conversation" ref={scroller} onScroll={scrolled}>
      <div className="conversation-inside">
        {beginning}
        <div role="log" aria-label="Conversation">
          {messages.map((message, index) => (
            <Fragment key={`${message.channel}-${message.ts}`}>
              {days[index] !== days[index - 1] && (
                <div className="day-divider">
                  <span>{days[index]}</span>
                </div>
              )}
              <MessageItem
                message={message}
                followsOn={days[index] === days[index - 1] && followsOn(message, messages[index - 1])}
                act={act}
                onProblem={onProblem}
              />
            </Fragment>
          ))}
        </div>
      </div>
    </div>
  )
}

function followsOn(message: WorkspaceMessage, before: WorkspaceMessage | undefined): boolean {
  if (!before || before.from !== message.from || before.ephemeral !== message.ephemeral) return false
  return Date.parse(message.at) - Date.parse(before.at) < FOLLOW_ON_MS
}
