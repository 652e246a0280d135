import { setTimeout as pause } from 'node:timers/promises'
import { cardAbout, fillForm, requestCar, waitUntilTold } from '../support/asking.ts'
import { holdTable } from '../support/held-table.ts'
import { withMotorpoolEach } from '../support/motorpool-each.ts'
import { everythingSent, statusOf } from '../support/what-stands.ts'

/** An end of the database's connections waits 5 s for what they carry. Milliseconds. */
const LONGER_THAN_THE_DATABASE = 6500

// At the same time, for each waits for seconds.
const it = withMotorpoolEach().concurrent

it.for(['a press', 'a submission'])(
  '%s that takes too long is done before the process stops',
  async (which, { motorpool, expect }) => {
    const [anna, mara] = [motorpool.person('anna'), motorpool.person('mara')]
    await requestCar(anna, 'Amrum')
    const asked = await cardAbout(mara, 'Amrum')
    const form = await fillForm(anna, 'Borkum', { Car: 'Ford Transit', Drivers: ['Ben Koch'] })
    await everythingSent(motorpool.database)
    // The relay does without this table: nothing but the work itself keeps the process.
    const held = await holdTable(motorpool.database, 'audit_entries')
    if (which === 'a press') {
      await mara.press(asked, 'Approve')
      await waitUntilTold(mara, /takes longer than usual/)
    } else {
      await form.submit()
      expect(form.text()).toContain('takes longer than usual')
    }

    let stopped = false
    const stopping = motorpool.app.stop().then(() => {
      stopped = true
    })
    await pause(LONGER_THAN_THE_DATABASE)
    expect(stopped).toBe(false)
    await held.release()
    await stopping
    if (which === 'a press') expect(await statusOf(motorpool.database, 'Amrum')).toBe('pending_hr')
    else expect(await statusOf(motorpool.database, 'Borkum')).toBe('pending_manager')
  },
)

it('a list that was pressed while the database stalled is shown anew once it is done', async ({ motorpool }) => {
  const [anna, mara] = [motorpool.person('anna'), motorpool.person('mara')]
  await requestCar(anna, 'Amrum')
  await mara.types('/book-car approvals')
  const list = await mara.waitForMessage(/1 request waits for your decision/)
  const held = await holdTable(motorpool.database, 'bookings')
  await mara.press(list, 'Approve')
  await waitUntilTold(mara, /takes longer than usual/)
  await held.release()
  await waitUntilTold(mara, /Nothing waits for your decision/)
})
