import { CarIcon } from './icons.tsx'

const COLOURS = [
  '#1d6fa5',
  '#2b7a5f',
  '#b0467d',
  '#8a5a00',
  '#6a4fb3',
  '#b5472f',
  '#4a6b1f',
  '#3f5f8a',
  '#9b3a9b',
  '#0f7680',
  '#7a4b2a',
]

/** A person's initials on a colour of their own; said by nobody, since the name stands beside it. */
export function Avatar({ name }: { name: string }) {
  const hash = [...name].reduce((sum, letter) => (sum * 31 + (letter.codePointAt(0) ?? 0)) % 9973, 7)
  return (
    <span className="avatar" style={{ background: COLOURS[hash % COLOURS.length] }} aria-hidden="true">
      {initials(name)}
    </span>
  )
}

export function BotAvatar() {
  return (
    <span className="avatar avatar-bot" aria-hidden="true">
      <CarIcon />
    </span>
  )
}

function initials(name: string): string {
  const words = name.trim().split(/\s+/)
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words
  return ends.map((word) => firstLetter(word ?? '')).join('')
}

function firstLetter(word: string): string {
  const [first] = new Intl.Segmenter().segment(word)
  return first?.segment.toUpperCase() ?? ''
}
