import type { PlainTextOption } from '@slack/types'
import { useRef } from 'react'
import { ChevronIcon, CloseIcon } from '../icons.tsx'
import type { Field } from './field.ts'
import { OptionList } from './option-list.tsx'
import { type ComboboxChoice, useCombobox } from './use-combobox.ts'

interface ComboboxProps extends ComboboxChoice {
  field: Field
  label: string | undefined
  placeholder: string
  /** Said instead of the options, for example while they are being fetched. */
  note?: string | undefined
  focusOnLoad: boolean
}

/** A select with a search in it: https://www.w3.org/WAI/ARIA/apg/patterns/combobox/ */
export function Combobox(props: ComboboxProps) {
  const { field, selected, multiple } = props
  const box = useRef<HTMLDivElement>(null)
  const combo = useCombobox(props)
  return (
    <div className="combobox" ref={box} data-open={combo.open} data-invalid={field.error !== undefined}>
      {multiple && <Chips options={selected} onRemove={combo.remove} />}
      <ComboboxInput {...props} combo={combo} />
      {field.pending && <span className="spinner" aria-hidden="true" />}
      {field.optional && !multiple && selected.length > 0 && (
        <button
          type="button"
          className="combobox-clear"
          aria-label="Clear selection"
          onClick={() => props.onChange([])}
        >
          <CloseIcon />
        </button>
      )}
      <ChevronIcon />
      {combo.open && (
        <OptionList
          id={field.id}
          anchor={box}
          groups={combo.shown}
          note={props.note ?? (combo.options.length === 0 ? 'No results' : undefined)}
          active={combo.active}
          isSelected={combo.isSelected}
          isBarred={(option) => combo.isFull && !combo.isSelected(option)}
          multiple={multiple}
          onChoose={combo.choose}
          onPoint={combo.setActive}
        />
      )}
    </div>
  )
}

function ComboboxInput(props: ComboboxProps & { combo: ReturnType<typeof useCombobox> }) {
  const { field, combo, multiple, selected } = props
  const { open, active } = combo
  const chosenText = multiple ? '' : (selected[0]?.text.text ?? '')
  return (
    <input
      ref={combo.input}
      id={field.id}
      type="text"
      role="combobox"
      autoComplete="off"
      aria-label={props.label}
      aria-expanded={open}
      aria-controls={`${field.id}-list`}
      aria-activedescendant={open && combo.options[active] ? `${field.id}-option-${active}` : undefined}
      aria-autocomplete="list"
      aria-invalid={field.error !== undefined}
      aria-describedby={field.describedBy}
      aria-required={!field.optional}
      data-focus-on-load={props.focusOnLoad || undefined}
      placeholder={multiple && selected.length > 0 ? '' : chosenText || props.placeholder}
      data-chosen={chosenText !== '' || undefined}
      value={combo.query ?? chosenText}
      onChange={(event) => combo.search(event.target.value)}
      onClick={() => !open && combo.search('')}
      onBlur={combo.close}
      onKeyDown={combo.pressKey}
    />
  )
}

function Chips({ options, onRemove }: { options: PlainTextOption[]; onRemove: (option: PlainTextOption) => void }) {
  return options.map((option) => (
    <span key={option.value} className="chip">
      {option.text.text}
      <button type="button" aria-label={`Remove ${option.text.text}`} onClick={() => onRemove(option)}>
        <CloseIcon />
      </button>
    </span>
  ))
}
