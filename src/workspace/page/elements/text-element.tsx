import type { EmailInput, NumberInput, PlainTextInput, URLInput } from '@slack/types'
import type { KeyboardEvent } from 'react'
import type { Field } from './field.ts'
import { useDelayed } from './use-delayed.ts'

const TYPING_PAUSE_MS = 400
const INPUT_MODES = { email_text_input: 'email', url_text_input: 'url' } as const

interface TextElementProps {
  element: PlainTextInput | NumberInput | EmailInput | URLInput
  field: Field
}

/**
 * A text, number, email or URL field. Where it dispatches, it does so on Enter unless it asks for every character.
 * https://docs.slack.dev/reference/block-kit/composition-objects/dispatch-action-configuration-object
 */
export function TextElement({ element, field }: TextElementProps) {
  const commitLater = useDelayed(field.commit, TYPING_PAUSE_MS)
  const value = typeof field.state?.value === 'string' ? field.state.value : ''
  const triggers = element.dispatch_action_config?.trigger_actions_on ?? ['on_enter_pressed']
  const stateOf = (text: string) => ({ type: element.type, value: text === '' ? null : text })

  const change = (text: string) => {
    field.keep(stateOf(text))
    if (field.dispatches && triggers.includes('on_character_entered')) commitLater(stateOf(text))
  }
  const pressKey = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.shiftKey || !field.dispatches || !triggers.includes('on_enter_pressed')) return
    event.preventDefault()
    field.commit(stateOf(value))
  }
  const props = {
    id: field.id,
    className: 'text-input',
    value,
    placeholder: element.placeholder?.text,
    maxLength: element.type === 'plain_text_input' ? element.max_length : undefined,
    'aria-invalid': field.error !== undefined,
    'aria-describedby': field.describedBy,
    'aria-required': !field.optional,
    'data-focus-on-load': element.focus_on_load || undefined,
    dir: 'auto' as const,
    onKeyDown: pressKey,
  }
  if (element.type === 'plain_text_input' && element.multiline) {
    return <textarea {...props} rows={3} onChange={(event) => change(event.target.value)} />
  }
  return (
    <input
      {...props}
      type="text"
      autoComplete="off"
      inputMode={inputMode(element)}
      onChange={(event) => change(event.target.value)}
    />
  )
}

function inputMode(element: TextElementProps['element']) {
  if (element.type === 'number_input') return element.is_decimal_allowed ? 'decimal' : 'numeric'
  return element.type === 'plain_text_input' ? 'text' : INPUT_MODES[element.type]
}
