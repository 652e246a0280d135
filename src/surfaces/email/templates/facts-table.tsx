import { carName, passengersPhrase, travellersPhrase } from '../../view-models/booking-words.ts'
import { formatLength, formatWindow } from '../../view-models/format-window.ts'
import { toldTrip } from '../../view-models/notice-words.ts'
import { shownFacts, type TripChange } from '../../view-models/trip-changes.ts'
import { STYLES } from './email-style.ts'
import type { NoticeEmailProps } from './notice-email-props.ts'
import { TypedLines } from './typed-lines.tsx'

export interface Fact {
  label: TripChange['label']
  value: string
}

interface FactsTableProps extends NoticeEmailProps {
  more: Fact[]
  /** What is told beside it already. */
  changes: TripChange[]
}

/** The trip: when, which car, where to, who. */
export function FactsTable({ kind, facts, reader, now, more, changes }: FactsTableProps) {
  const { window, vehicle, destination, travellers, passengers } = shownFacts(toldTrip(kind, facts))
  const aboard = passengers > travellers.length ? `\n${passengersPhrase(passengers)} aboard` : ''
  const trip: Fact[] = [
    {
      label: 'When',
      value: `${formatWindow(window, reader.zone, vehicle.siteTimeZone, now)}\n${formatLength(window)}`,
    },
    { label: 'Car', value: `${carName(vehicle)}, ${vehicle.siteName}` },
    { label: 'Where', value: destination },
    { label: 'Who', value: `${travellersPhrase(travellers)}${aboard}` },
    ...more,
  ]
  const changed = new Set(changes.map(({ label }) => label))
  const rows = trip.filter(({ label }) => !changed.has(label))
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
