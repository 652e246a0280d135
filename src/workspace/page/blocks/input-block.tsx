import type { InputBlock } from '@slack/types'
import { InputElementView } from '../elements/element-view.tsx'
import { useField } from '../elements/field.ts'
import { WarningIcon } from '../icons.tsx'
import { SlackText } from '../text/slack-text.tsx'

/** A labelled field of a modal, with its hint and what is wrong with it. */
export function InputBlockView({ block }: { block: InputBlock }) {
  const { element } = block
  const field = useField({
    blockId: block.block_id ?? '',
    element,
    dispatches: block.dispatch_action === true,
    optional: block.optional === true,
    hinted: block.hint !== undefined,
  })
  // A group of radio buttons or checkboxes is labelled as a whole; everything else is one control.
  const grouped = element.type === 'radio_buttons' || element.type === 'checkboxes'
  const Label = grouped ? 'span' : 'label'
  return (
    <div className={field.error ? 'block-input has-error' : 'block-input'} data-block-id={block.block_id}>
      <Label className="input-label" id={`${field.id}-label`} {...(grouped ? {} : { htmlFor: field.id })}>
        <SlackText text={block.label} />
        {block.optional && <span className="input-optional"> (optional)</span>}
      </Label>
      <InputElementView element={element} field={field} />
      {field.error && (
        <p className="input-error" id={`${field.id}-error`}>
          <WarningIcon />
          {field.error}
        </p>
      )}
      {block.hint && (
        <div className="input-hint" id={`${field.id}-hint`}>
          <SlackText text={block.hint} />
        </div>
      )}
    </div>
  )
}
