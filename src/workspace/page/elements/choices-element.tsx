import type { Checkboxes, Option, RadioButtons } from '@slack/types'
import { SlackText } from '../text/slack-text.tsx'
import type { Field } from './field.ts'

/** Radio buttons or checkboxes. */
export function ChoicesElement({ element, field }: { element: Checkboxes | RadioButtons; field: Field }) {
  const many = element.type === 'checkboxes'
  const chosen = chosenOptions(field)
  const isChosen = (option: Option) => chosen.some((one) => one.value === option.value)
  const toggle = (option: Option) => {
    if (!many) return field.commit({ type: element.type, selected_option: option })
    const selected = element.options.filter((one) => (one === option ? !isChosen(one) : isChosen(one)))
    field.commit({ type: element.type, selected_options: selected })
  }
  return (
    <fieldset className="choices" aria-labelledby={`${field.id}-label`} aria-describedby={field.describedBy}>
      {element.options.map((option, index) => (
        <label key={option.value ?? index} className="choice">
          <input
            type={many ? 'checkbox' : 'radio'}
            name={field.id}
            checked={isChosen(option)}
            onChange={() => toggle(option)}
            data-focus-on-load={(element.focus_on_load && index === 0) || undefined}
          />
          <span className="choice-text">
            <SlackText text={option.text} />
            {option.description && (
              <span className="choice-description">
                <SlackText text={option.description} />
              </span>
            )}
          </span>
        </label>
      ))}
    </fieldset>
  )
}

function chosenOptions({ state }: Field): Option[] {
  const one = state?.selected_option
  return (state?.selected_options ?? (one ? [one] : [])) as Option[]
}
