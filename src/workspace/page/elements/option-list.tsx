import type { PlainTextOption } from '@slack/types'
import { type RefObject, useEffect, useRef } from 'react'
import type { OptionsGroup } from '../blocks/surface.ts'
import { CheckIcon } from '../icons.tsx'
import { PlainText } from '../text/slack-text.tsx'
import { useAnchored } from './use-anchored.ts'

interface OptionListProps {
  /** The combobox's id; the list and its options derive theirs from it. */
  id: string
  anchor: RefObject<HTMLElement | null>
  groups: OptionsGroup[]
  note: string | undefined
  active: number
  multiple: boolean
  isSelected: (option: PlainTextOption) => boolean
  isBarred: (option: PlainTextOption) => boolean
  onChoose: (option: PlainTextOption) => void
  onPoint: (index: number) => void
}

/** The options of a combobox, floating below or above it. The focus stays in the combobox. */
export function OptionList(props: OptionListProps) {
  const { id, groups, active } = props
  const list = useRef<HTMLDivElement>(null)
  const style = useAnchored(props.anchor)
  useEffect(() => {
    list.current?.querySelector(`[data-index="${active}"]`)?.scrollIntoView({ block: 'nearest' })
  }, [active])
  const offsets = groups.map((_, at) => groups.slice(0, at).reduce((sum, { options }) => sum + options.length, 0))
  return (
    <div
      ref={list}
      id={`${id}-list`}
      role="listbox"
      tabIndex={-1}
      aria-label="Options"
      aria-multiselectable={props.multiple}
      className="option-list"
      style={style}
      onMouseDown={(event) => event.preventDefault()}
    >
      {props.note && <p className="option-note">{props.note}</p>}
      {groups.map((group, at) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: groups have no other identity
        // biome-ignore lint/a11y/useSemanticElements: a fieldset is no part of a listbox
        <div key={at} role="group" aria-label={group.label}>
          {group.label && (
            <div className="option-group" aria-hidden="true">
              {group.label}
            </div>
          )}
          {group.options.map((option, within) => {
            const index = (offsets[at] ?? 0) + within
            return <OptionRow key={option.value ?? index} {...props} option={option} index={index} />
          })}
        </div>
      ))}
    </div>
  )
}

function OptionRow(props: OptionListProps & { option: PlainTextOption; index: number }) {
  const { id, option, index, active, onChoose, onPoint } = props
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the combobox, which has the focus, handles the keys
    // biome-ignore lint/a11y/useFocusableInteractive: the combobox keeps the focus and names the active option
    <div
      id={`${id}-option-${index}`}
      role="option"
      aria-selected={props.isSelected(option)}
      aria-disabled={props.isBarred(option)}
      data-index={index}
      data-active={index === active || undefined}
      className="option"
      onClick={() => onChoose(option)}
      onMouseMove={() => onPoint(index)}
    >
      <span className="option-text">
        <PlainText text={option.text.text} />
        {option.description && (
          <span className="option-description">
            <PlainText text={option.description.text} />
          </span>
        )}
      </span>
      {props.isSelected(option) && <CheckIcon />}
    </div>
  )
}
