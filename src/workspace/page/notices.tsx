import { useCallback, useEffect, useState } from 'react'
import { CloseIcon, WarningIcon } from './icons.tsx'

const SHOWN_MS = 8_000

/** What went wrong, for a while, one at a time. */
export function useNotice() {
  const [notice, setNotice] = useState<{ text: string } | null>(null)
  useEffect(() => {
    if (!notice) return
    const timer = setTimeout(() => setNotice(null), SHOWN_MS)
    return () => clearTimeout(timer)
  }, [notice])
  const show = useCallback((text: string | null) => setNotice(text === null ? null : { text }), [])
  return { notice: notice?.text ?? null, show }
}

export function Notice({ text, onDismiss }: { text: string; onDismiss: () => void }) {
  return (
    <div className="notice" role="alert">
      <WarningIcon />
      <span>{text}</span>
      <button type="button" className="icon-button" aria-label="Dismiss" onClick={onDismiss}>
        <CloseIcon />
      </button>
    </div>
  )
}
