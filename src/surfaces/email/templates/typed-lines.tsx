import { Fragment } from 'react'

/** Text with the line breaks it was typed with, in the HTML and in the text version alike. */
export function TypedLines({ text }: { text: string }) {
  const lines = text.split(/\r\n|\r|\n/)
  return lines.map((line, index) => (
    // biome-ignore lint/suspicious/noArrayIndexKey: rendered once, never reordered
    <Fragment key={index}>
      {index > 0 ? <br /> : null}
      {line}
    </Fragment>
  ))
}
