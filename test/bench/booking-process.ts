import { startApp } from '../../src/app.ts'
import { readConfig } from '../../src/config.ts'
import { requestBooking } from '../../src/core/booking/request-booking.ts'
import { openBenchCompany } from './bench-company.ts'

/** Many, for the relay works in the same process at the same time. */
const CALLERS = 64

/** A Motorpool that books for itself: says where it is ready, makes `BOOKINGS` bookings, says its memory in bytes. */
const config = readConfig()
const { request, deps } = await openBenchCompany(config.databaseUrl ?? '')
const app = await startApp(config)
console.log(app.url)
let next = 0
const caller = async () => {
  while (next < Number(process.env.BOOKINGS)) await requestBooking(deps, request(next++))
}
await Promise.all(Array.from({ length: CALLERS }, caller))
console.log(`rss ${process.memoryUsage().rss}`)
process.on('SIGTERM', () => process.exit(0))
