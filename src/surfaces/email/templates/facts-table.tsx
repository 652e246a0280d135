import type { Fact } from '../mail-content.ts'
import { STYLES } from './email-style.ts'
import { TypedLines } from './typed-lines.tsx'

/** The trip, one fact a row. */
export function FactsTable({ rows }: { rows: Fact[] }) {
  if (rows.length === 0) return null
  return (
    <table className="facts" style={STYLES.table}>
      <tbody>
        {rows.map(({ label, value }) => (
          <tr key={label} className="fact">
            <th className="label" scope="row" style={STYLES.label}>
              {label}
            </th>
            <td className="value" dir="auto" style={STYLES.value}>
              <TypedLines text={value} />
            </td>
          </tr>
        ))}
      </tbody>
    </table>
  )
}
