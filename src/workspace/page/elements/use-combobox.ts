import type { PlainTextOption } from '@slack/types'
import { type KeyboardEvent, useRef, useState } from 'react'
import type { OptionsGroup } from '../blocks/surface.ts'

export interface ComboboxChoice {
  groups: OptionsGroup[]
  /** Called with what was typed, also when the list opens; without it the options are searched here. */
  onQuery?: ((query: string) => void) | undefined
  selected: PlainTextOption[]
  multiple: boolean
  max?: number | undefined
  onChange: (selected: PlainTextOption[]) => void
}

/** What a combobox remembers while somebody searches in it, and what the keys do. */
export function useCombobox({ groups, onQuery, selected, multiple, max, onChange }: ComboboxChoice) {
  const [query, setQuery] = useState<string | null>(null)
  const [active, setActive] = useState(0)
  const input = useRef<HTMLInputElement>(null)
  const open = query !== null
  const shown = onQuery ? groups : searched(groups, query ?? '')
  const options = shown.flatMap((group) => group.options)
  const isSelected = (option: PlainTextOption) => selected.some(({ value }) => value === option.value)
  const isFull = multiple && max !== undefined && selected.length >= max

  const search = (text: string) => {
    setQuery(text)
    setActive(text === '' && !multiple ? Math.max(0, options.findIndex(isSelected)) : 0)
    onQuery?.(text)
  }
  const close = () => setQuery(null)
  const remove = (option: PlainTextOption) => onChange(selected.filter(({ value }) => value !== option.value))
  const choose = (option: PlainTextOption) => {
    input.current?.focus()
    if (!multiple) {
      close()
      return onChange([option])
    }
    if (isSelected(option)) return remove(option)
    if (!isFull) onChange([...selected, option])
    if (query) search('')
  }
  const move = (step: number) => {
    if (open) setActive((active + step + options.length) % Math.max(1, options.length))
    else search('')
  }
  /** Says whether the key meant something here. */
  const obey = (key: string): boolean => {
    const option = options[active]
    if (key === 'ArrowDown') move(1)
    else if (key === 'ArrowUp') move(-1)
    else if (key === 'Escape' && open) close()
    else if (key === 'Enter' && open && option) choose(option)
    else return key === 'Enter' && open
    return true
  }
  const pressKey = (event: KeyboardEvent) => {
    const last = selected.at(-1)
    if (event.key === 'Backspace' && multiple && !query && last) remove(last)
    if (!obey(event.key)) return
    // Enter must not submit the form now, and Escape closes the list, not the modal around it.
    event.preventDefault()
    event.stopPropagation()
  }
  return {
    query,
    open,
    active,
    setActive,
    shown,
    options,
    input,
    isSelected,
    isFull,
    search,
    close,
    choose,
    remove,
    pressKey,
  }
}

function searched(groups: OptionsGroup[], query: string): OptionsGroup[] {
  const words = query.trim().toLowerCase()
  const matches = ({ text, description }: PlainTextOption) =>
    `${text.text} ${description?.text ?? ''}`.toLowerCase().includes(words)
  return groups
    .map((group) => ({ ...group, options: group.options.filter(matches) }))
    .filter((group) => group.options.length > 0)
}
