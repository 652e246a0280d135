import type { Misfits } from '../core/notification/misfits.ts'
import { reportMisfits } from '../core/notification/report-misfits.ts'
import type { Deps } from '../core/ports.ts'
import type { Job, JobLog } from './job.ts'

/** Looks once a night whether everything fits together. After what is due, which would be found to be late. */
export function nightlyCheck(core: Deps & { misfits: Misfits }, companyTimeZone: string, log: JobLog): Job {
  return {
    name: 'nightly check',
    run: async () => {
      const found = await reportMisfits(core, companyTimeZone)
      if (found.length > 0) log.error({ found }, 'Some bookings do not fit together')
    },
  }
}
