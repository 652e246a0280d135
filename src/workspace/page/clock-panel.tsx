import { type FormEvent, type KeyboardEvent, useId, useRef, useState } from 'react'
import type { ClockMove } from '../protocol/page-api.ts'
import { postClockMove } from './api.ts'
import { fromLocalInput, lengthWords, motorpoolTime, toLocalInput } from './zoned-time.ts'

const STEPS = [
  { name: '+15 min', minutes: 15 },
  { name: '+1 hour', minutes: 60 },
  { name: '+1 day', minutes: 24 * 60 },
]

interface ClockPanelProps {
  /** What the clock shows. */
  time: Date
  aheadMs: number
  timeZone: string
}

/** Motorpool's clock, which can be moved forward to see what becomes due. */
export function ClockPanel({ time, aheadMs, timeZone }: ClockPanelProps) {
  const [choosing, setChoosing] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const chooser = useRef<HTMLButtonElement>(null)
  const move = async (to: ClockMove) => {
    const refused = await postClockMove(to)
    setProblem(refused)
    return refused === null
  }
  const stopChoosing = () => {
    setChoosing(false)
    setProblem(null)
    chooser.current?.focus()
  }
  const choose = async (to: Date) => (await move({ to: to.toISOString() })) && stopChoosing()
  return (
    <section className="clock" aria-label="Motorpool’s clock">
      <h2>Motorpool’s clock · {timeZone.replaceAll('_', ' ')}</h2>
      <p className="clock-time">
        <time dateTime={time.toISOString()}>{motorpoolTime(time, new Date(), timeZone)}</time>
      </p>
      <p className="clock-about" role="status">
        {aheadMs > 0 ? (
          <span className="clock-ahead">{lengthWords(aheadMs)} ahead</span>
        ) : (
          'Move it to see what comes due.'
        )}
      </p>
      <div className="clock-steps">
        {STEPS.map(({ name, minutes }) => (
          <button key={name} type="button" onClick={() => move({ forwardMinutes: minutes })}>
            {name}
          </button>
        ))}
        <button
          ref={chooser}
          type="button"
          aria-expanded={choosing}
          onClick={() => (choosing ? stopChoosing() : setChoosing(true))}
        >
          to…
        </button>
      </div>
      {choosing && (
        <MomentForm from={time} timeZone={timeZone} onChoose={choose} onProblem={setProblem} onDismiss={stopChoosing} />
      )}
      {problem && (
        <p className="clock-problem" role="alert">
          {problem}
        </p>
      )}
    </section>
  )
}

function focus(field: HTMLInputElement | null): void {
  field?.focus()
}

interface MomentFormProps {
  from: Date
  timeZone: string
  onChoose: (to: Date) => void
  onProblem: (problem: string) => void
  onDismiss: () => void
}

function MomentForm({ from, timeZone, onChoose, onProblem, onDismiss }: MomentFormProps) {
  const id = useId()
  const [typed, setTyped] = useState(() => toLocalInput(+from / 1000, timeZone))
  const submit = (event: FormEvent) => {
    event.preventDefault()
    const seconds = fromLocalInput(typed, timeZone)
    if (seconds === null) onProblem('Choose a day and a time.')
    else onChoose(new Date(seconds * 1000))
  }
  const pressKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.stopPropagation()
    onDismiss()
  }
  return (
    <form className="clock-form" noValidate onSubmit={submit} onKeyDown={pressKey}>
      <label htmlFor={id} className="only-heard">
        Move the clock to
      </label>
      <input
        id={id}
        className="text-input"
        type="datetime-local"
        max="9999-12-31T23:59"
        value={typed}
        ref={focus}
        onChange={(event) => setTyped(event.target.value)}
      />
      <button type="submit" className="button button-small">
        Move
      </button>
    </form>
  )
}
