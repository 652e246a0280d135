import type { KnownBlock } from '@slack/types'
import { useMemo } from 'react'
import type { WorkspaceMessage } from '../protocol/page-api.ts'
import { Avatar, BotAvatar } from './avatar.tsx'
import { SurfaceBlocks } from './blocks/surface-blocks.tsx'
import { useSurfaceState } from './blocks/use-surface-state.ts'
import { EyeIcon } from './icons.tsx'
import { useReader } from './reader.ts'
import type { Act } from './use-workspace.ts'
import { clockTime, longWhen } from './zoned-time.ts'

interface MessageItemProps {
  message: WorkspaceMessage
  /** The one before is by the same author and just as old: no need to say again who speaks. */
  followsOn: boolean
  act: Act
  onProblem: (problem: string) => void
}

export function MessageItem({ message, followsOn, act, onProblem }: MessageItemProps) {
  const { person, botName } = useReader()
  const byBot = message.from === 'bot'
  const at = new Date(message.at)
  const time = (
    <time dateTime={message.at} title={longWhen(at, person.timeZone)}>
      {clockTime(at, person.timeZone)}
    </time>
  )
  return (
    <article className={`message ${followsOn ? 'follows-on' : ''} ${message.ephemeral ? 'ephemeral' : ''}`}>
      {message.ephemeral && (
        <p className="message-only-you">
          <EyeIcon /> Only visible to you
        </p>
      )}
      <div className="message-gutter">{followsOn ? time : byBot ? <BotAvatar /> : <Avatar name={person.name} />}</div>
      <div className="message-content">
        {!followsOn && (
          <header className="message-head">
            <b className="message-author">{byBot ? botName : person.name}</b>
            {byBot && <span className="app-badge">APP</span>}
            {time}
          </header>
        )}
        <MessageBody message={message} act={act} onProblem={onProblem} />
        {message.edited && <span className="message-edited">(edited)</span>}
      </div>
    </article>
  )
}

function MessageBody({ message, act, onProblem }: Omit<MessageItemProps, 'followsOn'>) {
  const blocks = useMemo(() => (message.blocks.length > 0 ? message.blocks : textBlocks(message.text)), [message])
  const use = useSurfaceState({
    id: `${message.channel}-${message.ts}`,
    source: { kind: 'message', channel: message.channel, ts: message.ts },
    blocks,
    act,
    onProblem,
  })
  return <SurfaceBlocks blocks={blocks} use={use} />
}

/** A message without blocks shows its text: https://docs.slack.dev/messaging/formatting-message-text */
function textBlocks(text: string): KnownBlock[] {
  return [{ type: 'section', block_id: 'text', text: { type: 'mrkdwn', text } }]
}
