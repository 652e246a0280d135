import type { InputBlockElement, MultiSelect, PlainTextOption, Select } from '@slack/types'
import { useRef, useState } from 'react'
import { stateField } from '../../protocol/block-kit/view-state.ts'
import type { OptionsGroup } from '../blocks/surface.ts'
import { useReader } from '../reader.ts'
import { Combobox } from './combobox.tsx'
import type { Field } from './field.ts'
import { useDelayed } from './use-delayed.ts'

const TYPING_PAUSE_MS = 250
/** https://docs.slack.dev/reference/block-kit/block-elements/select-menu-element#external_select */
const DEFAULT_QUERY_LENGTH = 3

const SELECTS = ['static_select', 'external_select', 'users_select'] as const
const MULTI_SELECTS = ['multi_static_select', 'multi_external_select', 'multi_users_select'] as const
type Kind = (typeof SELECTS)[number] | (typeof MULTI_SELECTS)[number]
type DrawnSelect = Extract<Select | MultiSelect, { type: Kind }>

export function isSelect(element: InputBlockElement): element is DrawnSelect {
  return [...SELECTS, ...MULTI_SELECTS].some((type) => type === element.type)
}

interface SelectElementProps {
  element: DrawnSelect
  field: Field
  label?: string | undefined
}

/** A menu to choose one or more from, with a search in it, over fixed options, people, or what Motorpool suggests. */
export function SelectElement({ element, field, label }: SelectElementProps) {
  const multiple = element.type.startsWith('multi_')
  const byUser = element.type === 'users_select' || element.type === 'multi_users_select'
  const people = usePeopleOptions()
  const suggested = useSuggestions(element, field)
  const selected = selectedOptions(element, field, byUser ? people : [])
  const choose = (options: PlainTextOption[]) => {
    const chosen = byUser ? options.map((option) => option.value) : options
    const key = stateField(element.type) ?? 'selected_option'
    field.commit({ type: element.type, [key]: multiple ? chosen : (chosen.at(-1) ?? null) })
  }
  return (
    <Combobox
      field={field}
      label={label ?? (field.dispatches ? element.placeholder?.text : undefined)}
      placeholder={element.placeholder?.text ?? (multiple ? 'Select options' : 'Select an option')}
      groups={suggested?.groups ?? (byUser ? [{ options: people }] : staticGroups(element))}
      note={suggested?.note}
      onQuery={suggested?.search}
      selected={selected}
      multiple={multiple}
      max={'max_selected_items' in element ? element.max_selected_items : undefined}
      focusOnLoad={element.focus_on_load === true}
      onChange={choose}
    />
  )
}

function staticGroups(element: DrawnSelect): OptionsGroup[] {
  if (!('options' in element || 'option_groups' in element)) return []
  return (
    element.option_groups?.map(({ label, options }) => ({ label: label.text, options })) ?? [
      { options: element.options ?? [] },
    ]
  )
}

function usePeopleOptions(): PlainTextOption[] {
  return useReader().people.map(({ userId, name }) => ({ text: { type: 'plain_text', text: name }, value: userId }))
}

function selectedOptions(element: DrawnSelect, field: Field, people: PlainTextOption[]): PlainTextOption[] {
  const held = field.state?.[stateField(element.type) ?? '']
  const all = (Array.isArray(held) ? held : held ? [held] : []) as (PlainTextOption | string)[]
  return all.flatMap((one) => (typeof one === 'string' ? people.filter(({ value }) => value === one) : [one]))
}

/** Asks Motorpool for options while somebody types; undefined for selects that have theirs. */
function useSuggestions(element: DrawnSelect, field: Field) {
  const external = element.type === 'external_select' || element.type === 'multi_external_select'
  const least = external ? (element.min_query_length ?? DEFAULT_QUERY_LENGTH) : 0
  const [groups, setGroups] = useState<OptionsGroup[]>([])
  const [note, setNote] = useState<string>()
  const newest = useRef('')
  const ask = useDelayed(async (query: string) => {
    const found = await field.suggest(query)
    if (newest.current !== query) return
    setGroups(found)
    setNote(undefined)
  }, TYPING_PAUSE_MS)
  if (!external) return undefined

  const search = (query: string) => {
    newest.current = query
    if (query.length < least) {
      setGroups([])
      return setNote(`Type ${least === 1 ? 'a letter' : `at least ${least} letters`} to search`)
    }
    setNote('Searching…')
    ask(query)
  }
  return { groups, note, search }
}
