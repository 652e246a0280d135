import { type KeyboardEvent, useRef } from 'react'
import { BotAvatar } from './avatar.tsx'
import { SendIcon } from './icons.tsx'
import { useReader } from './reader.ts'
import { COMMAND, commandHints } from './slash-command.ts'

interface ComposerProps {
  text: string
  onChange: (text: string) => void
  onSend: (text: string) => void
}

/** The message field. Enter sends, Shift + Enter makes a new line, Tab or Enter completes a command begun with "/". */
export function Composer({ text, onChange, onSend }: ComposerProps) {
  const { botName } = useReader()
  const field = useRef<HTMLTextAreaElement>(null)
  const hints = commandHints(text)
  const completes = text.length > 0 && text !== COMMAND && COMMAND.startsWith(text)
  const complete = (completed: string) => {
    onChange(completed)
    field.current?.focus()
  }
  const send = () => text.trim() !== '' && onSend(text.trim())
  const pressKey = (event: KeyboardEvent) => {
    if (event.nativeEvent.isComposing) return
    if (completes && (event.key === 'Tab' || event.key === 'Enter')) {
      event.preventDefault()
      complete(`${COMMAND} `)
    } else if (event.key === 'Enter' && !event.shiftKey) {
      event.preventDefault()
      send()
    }
  }
  return (
    <div className="composer">
      {hints.length > 0 && (
        <div className="command-hints">
          <p>Commands of {botName}</p>
          {hints.map(({ command, description }) => (
            <button key={command} type="button" onClick={() => complete(command)}>
              <BotAvatar />
              <b className="command">{command}</b> <span>{description}</span>
            </button>
          ))}
        </div>
      )}
      <div className="composer-box">
        <textarea
          ref={field}
          aria-label={`Message ${botName}`}
          placeholder={`Message ${botName}, or type ${COMMAND}`}
          rows={Math.min(8, text.split('\n').length)}
          value={text}
          dir="auto"
          onChange={(event) => onChange(event.target.value)}
          onKeyDown={pressKey}
        />
        <button type="button" className="composer-send" aria-label="Send" disabled={text.trim() === ''} onClick={send}>
          <SendIcon />
        </button>
      </div>
      <p className="composer-help" aria-hidden="true">
        <b>Enter</b> to send · <b>Shift + Enter</b> for a new line
      </p>
    </div>
  )
}
