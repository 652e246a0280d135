import type { CarClaim } from '../../core/booking/overview.ts'
import { formatMoment } from './format-window.ts'

/** What a car is doing at `now`: "free", "free until today 14:00", "out until tomorrow 17:30", "in maintenance until …". */
export function carNowWords(claims: CarClaim[], zone: string, now: Date): string {
  const current = claims.find((claim) => claim.startsAt <= now && claim.endsAt > now)
  if (!current) {
    const next = claims.find((claim) => claim.startsAt > now)
    return next ? `free until ${formatMoment(next.startsAt, zone, now)}` : 'free'
  }
  const doing = current.kind === 'maintenance' ? 'in maintenance' : 'out'
  return `${doing} until ${formatMoment(backAt(claims, current), zone, now)}`
}

/** Trips that follow one another without a gap are one absence. */
function backAt(claims: CarClaim[], current: CarClaim): Date {
  return claims.reduce(
    (end, claim) => (claim.kind === current.kind && claim.startsAt <= end && claim.endsAt > end ? claim.endsAt : end),
    current.endsAt,
  )
}
