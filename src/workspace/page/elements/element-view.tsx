import type { ActionsBlockElement, InputBlockElement, SectionBlockAccessory } from '@slack/types'
import { ButtonElement } from './button-element.tsx'
import { ChoicesElement } from './choices-element.tsx'
import { DateTimeElement } from './date-time-element.tsx'
import { type Field, useField } from './field.ts'
import { OverflowElement } from './overflow-element.tsx'
import { isSelect, SelectElement } from './select-element.tsx'
import { TextElement } from './text-element.tsx'

interface ElementViewProps {
  blockId: string
  element: ActionsBlockElement | SectionBlockAccessory
  /** What the element is about, where it has no label of its own. */
  label?: string | undefined
}

/** An element of an actions block or beside a section: whatever is done with it is told to Motorpool at once. */
export function ElementView({ blockId, element, label }: ElementViewProps) {
  const use = element.type === 'image' ? { type: element.type } : element
  const field = useField({ blockId, element: use, dispatches: true, optional: false, hinted: false })
  if (element.type === 'button') return <ButtonElement element={element} field={field} />
  if (element.type === 'overflow') return <OverflowElement element={element} field={field} />
  return <InputElementView element={element as InputBlockElement} field={field} label={label} />
}

interface InputElementViewProps {
  element: InputBlockElement
  field: Field
  label?: string | undefined
}

/** An element that holds a value. Without `label`, the input block around it has one. */
export function InputElementView({ element, field, label }: InputElementViewProps) {
  const spoken = label && plainLabel(element, label)
  if (isSelect(element)) return <SelectElement element={element} field={field} label={spoken} />
  switch (element.type) {
    case 'plain_text_input':
    case 'number_input':
    case 'email_text_input':
    case 'url_text_input':
      return <TextElement element={element} field={field} />
    case 'datepicker':
    case 'timepicker':
    case 'datetimepicker':
      return <DateTimeElement element={element} field={field} label={spoken} />
    case 'radio_buttons':
    case 'checkboxes':
      return <ChoicesElement element={element} field={field} />
    default:
      return <p className="unsupported">This workspace does not draw “{element.type}”.</p>
  }
}

function plainLabel(element: InputBlockElement, label: string): string {
  const placeholder = 'placeholder' in element ? element.placeholder?.text : undefined
  return placeholder ?? label.replace(/[*_~`]/g, '')
}
