/** What a mail is about at a glance, as the colour of its edge. */
export type EmailTone = 'asking' | 'waiting' | 'good' | 'bad' | 'gone'

export const TONE_COLOURS: Record<EmailTone, string> = {
  asking: '#3563c9',
  waiting: '#b7791f',
  good: '#2f855a',
  bad: '#c0392b',
  gone: '#7b8794',
}

const SANS = '-apple-system, BlinkMacSystemFont, "Segoe UI", Roboto, "Helvetica Neue", Arial, sans-serif'

const typed = { overflowWrap: 'anywhere', wordBreak: 'break-word' } as const

/** Inline, because many mail programs read nothing else; {@link DARK_STYLE} overrides it where it can. */
export const STYLES = {
  body: { backgroundColor: '#f2f4f7', margin: 0, padding: 0 },
  page: { backgroundColor: '#f2f4f7', fontFamily: SANS, padding: '24px 8px' },
  card: { backgroundColor: '#ffffff', borderRadius: '8px', margin: '0 auto', maxWidth: '600px', width: '100%' },
  inside: { padding: '28px 24px 24px' },
  headline: { ...typed, color: '#1f2933', fontSize: '21px', fontWeight: 600, lineHeight: '28px', margin: '0 0 16px' },
  text: { ...typed, color: '#3e4c59', fontSize: '16px', lineHeight: '24px', margin: '0 0 12px' },
  table: { borderCollapse: 'collapse', margin: '20px 0 24px', width: '100%' },
  /** Old and new take the same room. */
  changes: { borderCollapse: 'collapse', margin: '20px 0 24px', tableLayout: 'fixed', width: '100%' },
  labels: { padding: 0, width: '58px' },
  label: {
    borderTop: '1px solid #e4e7eb',
    color: '#616e7c',
    fontSize: '15px',
    fontWeight: 400,
    lineHeight: '22px',
    padding: '10px 12px 10px 0',
    textAlign: 'left',
    verticalAlign: 'top',
    width: '64px',
  },
  column: { color: '#616e7c', fontSize: '13px', fontWeight: 400, padding: '0 8px 4px 0', textAlign: 'left' },
  was: {
    ...typed,
    borderTop: '1px solid #e4e7eb',
    color: '#616e7c',
    fontSize: '15px',
    lineHeight: '22px',
    padding: '10px 12px 10px 0',
    textAlign: 'left',
    verticalAlign: 'top',
  },
  value: {
    ...typed,
    borderTop: '1px solid #e4e7eb',
    color: '#1f2933',
    fontSize: '15px',
    lineHeight: '22px',
    padding: '10px 0',
    textAlign: 'left',
    verticalAlign: 'top',
  },
  button: {
    backgroundColor: '#3563c9',
    borderRadius: '6px',
    color: '#ffffff',
    fontSize: '15px',
    fontWeight: 600,
    padding: '12px 20px',
    textDecoration: 'none',
  },
  footer: { color: '#616e7c', fontSize: '13px', lineHeight: '20px', margin: '16px auto 0', textAlign: 'center' },
} as const

export const DARK_STYLE = `
:root { color-scheme: light dark; supported-color-schemes: light dark; }
@media (prefers-color-scheme: dark) {
  .page { background-color: #14181d !important; }
  .card { background-color: #1f252c !important; }
  .headline, .value { color: #f0f3f6 !important; }
  .text { color: #cbd2d9 !important; }
  .label, .footer { color: #9aa5b1 !important; }
  .label, .value { border-color: #323f4b !important; }
  .button { background-color: #5b87e5 !important; color: #0f1419 !important; }
}
`
