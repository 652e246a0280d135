import { tzOffset } from '@date-fns/tz'

const MINUTE = 60_000

/** Clocks have been changed only at full quarters of an hour of UTC for half a century, so an offset is good for as long. */
const QUARTER = 15 * MINUTE

/** The offsets that were asked for last, by zone. To ask costs twenty times what it costs to look here, and every line of a card asks. */
const known = new Map<string, Map<number, number>>()
const MOST_KNOWN = 2_000

/**
 * Returns how far the clock of `zone` (IANA) is ahead of UTC at this moment, both in milliseconds.
 * @throws RangeError where there is no such zone
 */
export function zoneOffset(moment: number, zone: string): number {
  const quarter = Math.floor(moment / QUARTER)
  const ofZone = known.get(zone) ?? new Map<number, number>()
  const before = ofZone.get(quarter)
  if (before !== undefined) return before
  const offset = tzOffset(zone, new Date(moment)) * MINUTE
  if (Number.isNaN(offset)) throw new RangeError(`no such moment or time zone: ${zone}`)
  if (ofZone.size >= MOST_KNOWN) ofZone.clear()
  ofZone.set(quarter, offset)
  known.set(zone, ofZone)
  return offset
}
