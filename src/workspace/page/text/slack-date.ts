import { TZDate } from '@date-fns/tz'
import { differenceInMonths } from 'date-fns/differenceInMonths'
import { format } from 'date-fns/format'
import { formatDistance } from 'date-fns/formatDistance'
import { nearDay } from '../zoned-time.ts'

/**
 * What `<!date^…>` shows, in the reader's zone.
 * https://docs.slack.dev/messaging/formatting-message-text#date-formatting
 *
 * @param seconds since 1970
 * @param pattern for example "{date_short_pretty} at {time}"
 */
export function formatSlackDate(seconds: number, pattern: string, timeZone: string, now = new Date()): string {
  const at = new TZDate(seconds * 1000, timeZone)
  const year = Math.abs(differenceInMonths(at, now)) < 6 ? '' : ', yyyy'
  const day = (full: string) => nearDay(at, now, timeZone) ?? format(at, full)
  const long = `EEEE, MMMM do${year}`
  const tokens: Record<string, () => string> = {
    date_num: () => format(at, 'yyyy-MM-dd'),
    date: () => format(at, `MMMM do${year}`),
    date_pretty: () => day(`MMMM do${year}`),
    date_short: () => format(at, `MMM d${year}`),
    date_short_pretty: () => day(`MMM d${year}`),
    date_long: () => format(at, long),
    date_long_pretty: () => day(long),
    date_long_full: () => format(at, 'EEEE, MMMM do, yyyy'),
    day_divider_pretty: () => day(long),
    time: () => format(at, 'h:mm a'),
    time_secs: () => format(at, 'h:mm:ss a'),
    ago: () => formatDistance(at, now, { addSuffix: true }),
  }
  return pattern.replace(/\{(\w+)\}/g, (token, name: string, index: number) => {
    const text = tokens[name]?.() ?? token
    return index > 0 && /^(Today|Yesterday|Tomorrow)$/.test(text) ? text.toLowerCase() : text
  })
}
