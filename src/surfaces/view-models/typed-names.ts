import { cleanText } from '../../core/text/clean-text.ts'

/** The rule of {@link typedNames}, for the person who types. */
export const NAMES_HINT = 'Separate names with semicolons: “Hofer, Max” is one person.'

/**
 * Returns the names in a field, each once cleaned. Semicolons and line ends separate them; commas do so only between full names, with
 * a first and a last name each: "Kim Lee, Jo Park" are two people, and "Hofer, Max" is one.
 */
export function typedNames(typed: string): string[] {
  return separated(typed, /[;\n]/).flatMap((name) => {
    const parts = separated(name, ',')
    return parts.every((part) => part.includes(' ')) || parts.length === 1 ? parts : [name]
  })
}

/** Returns the parts of a text that are more than blanks. */
export function separated(text: string, separator: string | RegExp): string[] {
  return text
    .split(separator)
    .map((part) => cleanText(part))
    .filter((part) => part !== '')
}
