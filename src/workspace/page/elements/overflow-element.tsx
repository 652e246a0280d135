import type { Overflow } from '@slack/types'
import { type KeyboardEvent, useEffect, useRef, useState } from 'react'
import { MoreIcon } from '../icons.tsx'
import { PlainText } from '../text/slack-text.tsx'
import type { Field } from './field.ts'

/** The “⋯” button and its menu: https://www.w3.org/WAI/ARIA/apg/patterns/menu-button/ */
export function OverflowElement({ element, field }: { element: Overflow; field: Field }) {
  const [open, setOpen] = useState(false)
  const button = useRef<HTMLButtonElement>(null)
  const menu = useRef<HTMLDivElement>(null)
  useEffect(() => {
    if (open) menu.current?.querySelector('button')?.focus()
  }, [open])

  const close = () => {
    setOpen(false)
    button.current?.focus()
  }
  const choose = (option: Overflow['options'][number]) => {
    close()
    if (option.url) window.open(option.url, '_blank', 'noopener')
    field.press({ type: 'overflow', selected_option: option })
  }
  const pressKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step) {
      event.preventDefault()
      const items = [...(menu.current?.querySelectorAll('button') ?? [])]
      const at = items.findIndex((item) => item.matches(':focus'))
      items.at((at + step) % items.length)?.focus()
    } else if (event.key === 'Escape') {
      event.preventDefault()
      event.stopPropagation()
      close()
    }
  }
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: only notices that the focus has left the menu
    <div className="overflow" onBlur={(event) => !event.currentTarget.contains(event.relatedTarget) && setOpen(false)}>
      <button
        ref={button}
        type="button"
        className="button button-small"
        aria-label="More actions"
        aria-haspopup="menu"
        aria-expanded={open}
        disabled={field.pending}
        onClick={() => setOpen(!open)}
      >
        {field.pending ? <span className="spinner" aria-hidden="true" /> : <MoreIcon />}
      </button>
      {open && (
        <div ref={menu} role="menu" tabIndex={-1} className="overflow-menu" onKeyDown={pressKey}>
          {element.options.map((option, index) => (
            <button key={option.value ?? index} type="button" role="menuitem" onClick={() => choose(option)}>
              <PlainText text={option.text.text} />
            </button>
          ))}
        </div>
      )}
    </div>
  )
}
