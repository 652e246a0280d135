import { carName, passengersPhrase, travellersPhrase } from '../../view-models/booking-words.ts'
import { formatLength, formatWindow } from '../../view-models/format-window.ts'
import { STYLES } from './email-style.ts'
import type { NoticeEmailProps } from './notice-email-props.ts'
import { TypedLines } from './typed-lines.tsx'

interface FactsTableProps extends NoticeEmailProps {
  more: { label: string; value: string }[]
}

/** The trip: when, which car, where to, who. */
export function FactsTable({ facts, reader, now, more }: FactsTableProps) {
  const { vehicle, travellers, passengers } = facts
  const window = { startsAt: new Date(facts.startsAt), endsAt: new Date(facts.endsAt) }
  const aboard = passengers > travellers.length ? `\n${passengersPhrase(passengers)} aboard` : ''
  const rows = [
    {
      label: 'When',
      value: `${formatWindow(window, reader.zone, vehicle.siteTimeZone, now)}\n${formatLength(window)}`,
    },
    { label: 'Car', value: `${carName(vehicle)}, ${vehicle.siteName}` },
    { label: 'Where', value: facts.destination },
    { label: 'Who', value: `${travellersPhrase(travellers)}${aboard}` },
    ...more,
  ]
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
