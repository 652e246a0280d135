import { type KeyboardEvent, type ReactNode, useLayoutEffect, useRef } from 'react'

/** Where the focus goes, the best first. */
const FOCUSABLE = ['[data-focus-on-load]', '.blocks :is(input, textarea)', '.dialog-foot button:last-child']

interface DialogProps {
  /** The id of the element that holds the title. */
  labelledBy: string
  className: string
  /** The focus moves inside whenever this changes. */
  focusKey: string
  onDismiss: () => void
  children: ReactNode
}

/** A modal dialog: keeps the focus inside, gives it back when it goes, and asks to be dismissed on Escape. */
export function Dialog({ labelledBy, className, focusKey, onDismiss, children }: DialogProps) {
  const dialog = useRef<HTMLDialogElement>(null)
  useLayoutEffect(() => {
    const element = dialog.current
    element?.showModal()
    return () => element?.close()
  }, [])
  // biome-ignore lint/correctness/useExhaustiveDependencies: another view in the same frame takes the focus
  useLayoutEffect(() => {
    const view = dialog.current?.querySelector('section:not([hidden])')
    const found = FOCUSABLE.map((selector) => view?.querySelector<HTMLElement>(selector))
    found.find(Boolean)?.focus()
  }, [focusKey])

  const pressKey = (event: KeyboardEvent) => {
    if (event.key !== 'Escape') return
    event.preventDefault()
    event.stopPropagation()
    onDismiss()
  }
  return (
    <dialog
      ref={dialog}
      aria-modal="true"
      aria-labelledby={labelledBy}
      className={`dialog ${className}`}
      onKeyDown={pressKey}
      onCancel={(event) => {
        event.preventDefault()
        onDismiss()
      }}
    >
      {children}
    </dialog>
  )
}
