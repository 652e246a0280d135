import type { TripChange } from '../../view-models/trip-changes.ts'
import { STYLES } from './email-style.ts'
import { TypedLines } from './typed-lines.tsx'

/** What a change is about: old beside new, for what differs only. `isOpen`: it is not in force yet. */
export function ChangesTable({ changes, isOpen }: { changes: TripChange[]; isOpen: boolean }) {
  if (changes.length === 0) return null
  return (
    <table className="facts" style={STYLES.changes}>
      <tbody>
        <tr className="columns">
          <td style={STYLES.labels} />
          <th className="label" scope="col" style={STYLES.column}>
            {isOpen ? 'Now' : 'Before'}
          </th>
          <th className="label" scope="col" style={STYLES.column}>
            {isOpen ? 'Asked for' : 'Now'}
          </th>
        </tr>
        {changes.map(({ label, was, is }) => (
          <tr key={label} className="fact">
            <th className="label" scope="row" style={STYLES.label}>
              {label}
            </th>
            <td className="label was" dir="auto" style={STYLES.was}>
              <TypedLines text={was} />
            </td>
            <td className="value" dir="auto" style={STYLES.value}>
              <TypedLines text={is} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
