import type { Button } from '@slack/types'
import { PlainText } from '../text/slack-text.tsx'
import type { Field } from './field.ts'

/** A Block Kit button. One with a URL opens it, and tells Motorpool all the same. */
export function ButtonElement({ element, field }: { element: Button; field: Field }) {
  const { text, value, style, url, accessibility_label } = element
  const press = () => {
    if (url) window.open(url, '_blank', 'noopener')
    field.press({ type: 'button', text, ...(value === undefined ? {} : { value }), ...(style ? { style } : {}) })
  }
  return (
    <button
      type="button"
      className={`button button-small ${style ? `button-${style}` : ''}`}
      onClick={press}
      disabled={field.pending}
      aria-busy={field.pending}
      aria-label={accessibility_label}
    >
      <PlainText text={text.text} />
      {field.pending && <span className="spinner" aria-hidden="true" />}
    </button>
  )
}
