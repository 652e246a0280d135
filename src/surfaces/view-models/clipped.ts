/** Plain text, cut to so many UTF-16 code units, with an ellipsis where something is missing. */
export function clipped(text: string, most: number): string {
  return text.length <= most ? text : `${text.slice(0, wholeCharacters(text, most - 1))}…`
}

/** The end of the last character that fits whole: most emoji are two code units. */
export function wholeCharacters(text: string, most: number): number {
  const code = text.charCodeAt(most - 1)
  return text.length > most && code >= 0xd800 && code <= 0xdbff ? most - 1 : most
}
