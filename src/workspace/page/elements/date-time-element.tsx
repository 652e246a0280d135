import type { Datepicker, DateTimepicker, Timepicker } from '@slack/types'
import { useState } from 'react'
import { useReader } from '../reader.ts'
import { fromLocalInput, toLocalInput } from '../zoned-time.ts'
import type { Field } from './field.ts'
import { useDelayed } from './use-delayed.ts'

const TYPING_PAUSE_MS = 400
const KINDS = {
  datepicker: { input: 'date', field: 'selected_date' },
  timepicker: { input: 'time', field: 'selected_time' },
  datetimepicker: { input: 'datetime-local', field: 'selected_date_time' },
} as const

interface DateTimeElementProps {
  element: Datepicker | Timepicker | DateTimepicker
  field: Field
  label?: string | undefined
}

/** A day, a time, or both. A moment is shown and entered in the reader's Slack time zone, whatever the browser's is. */
export function DateTimeElement({ element, field, label }: DateTimeElementProps) {
  const { timeZone } = useReader().person
  const [typed, setTyped] = useState<string | null>(null)
  const commitLater = useDelayed(field.commit, TYPING_PAUSE_MS)
  const kind = KINDS[element.type]
  const parse = (text: string) => (element.type === 'datetimepicker' ? fromLocalInput(text, timeZone) : text || null)
  const held = field.state?.[kind.field] ?? null
  const heldText = typeof held === 'number' ? toLocalInput(held, timeZone) : String(held ?? '')
  // While somebody types the year, the browser must get back exactly what it had.
  const value = typed !== null && parse(typed) === held ? typed : heldText

  const change = (text: string) => {
    setTyped(text)
    const state = { type: element.type, [kind.field]: parse(text) }
    field.keep(state)
    if (field.dispatches) commitLater(state)
  }
  return (
    <input
      id={field.id}
      className="text-input date-input"
      type={kind.input}
      value={value}
      max={kind.input === 'time' ? undefined : kind.input === 'date' ? '9999-12-31' : '9999-12-31T23:59'}
      onChange={(event) => change(event.target.value)}
      aria-label={label}
      aria-invalid={field.error !== undefined}
      aria-describedby={field.describedBy}
      aria-required={!field.optional}
      data-focus-on-load={element.focus_on_load || undefined}
    />
  )
}
