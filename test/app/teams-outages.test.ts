import { setTimeout as pause } from 'node:timers/promises'
import { describe } from 'vitest'
import { messageFrom } from '../support/bot-connector/activities.ts'
import { shownText } from '../support/bot-connector/teams-person.ts'
import { businessClock } from '../support/business-clock.ts'
import {
  answerTo,
  decidingButtons,
  nowShown,
  requestInTeams,
  teamsCardAbout,
  teamsCardsAbout,
  textNow,
  waitUntilShown,
} from '../support/demo-in-teams.ts'
import { withGateEach } from '../support/motorpool-each.ts'
import { startTcpGate } from '../support/tcp-gate.ts'
import { startTeamsCompany, type TeamsCompany } from '../support/teams-company.ts'
import { bookingsTo, statusOf, whatStands } from '../support/what-stands.ts'

// Each waits for seconds until something is back, so each has a company of its own, and they wait at the same time.
const it = withGateEach.extend<{ company: TeamsCompany }>({
  company: async ({ gate }, use) => {
    const company = await startTeamsCompany(businessClock(), ['anna', 'mara', 'hanna'], { reach: gate.through })
    await use(company)
    company.connector.faults.clear()
    gate.open()
    gate.resume()
    await company.stop()
  },
}).concurrent

describe.concurrent('while Teams cannot be reached', () => {
  it('a request is taken all the same, and its cards come once, later', async ({ company, expect }) => {
    const { connector, everythingSent, people } = company
    const { anna, mara } = people
    const form = await answerTo(anna, 'book')
    connector.faults.down(true)
    await anna.presses(form, 'Request car', { destination: 'Lahr' })
    expect(textNow(anna, form)).toMatch(/Request #\d+ is sent/)
    await pause(1500)
    expect(teamsCardsAbout(mara, 'Lahr')).toEqual([])
    connector.faults.down(false)
    await teamsCardAbout(mara, 'Lahr')
    await everythingSent()
    for (const person of [anna, mara]) expect(teamsCardsAbout(person, 'Lahr')).toHaveLength(1)
  })

  it('a decision overtakes the first post of a card, which then shows the end of it', async ({ company, expect }) => {
    const { connector, everythingSent, people } = company
    const { anna, mara, hanna } = people
    await requestInTeams(anna, 'Landau')
    const asked = await teamsCardAbout(mara, 'Landau')
    await everythingSent()
    connector.faults.down(true)
    await mara.presses(asked, 'Approve')
    await anna.presses(await teamsCardAbout(anna, 'Landau'), 'Cancel booking')
    connector.faults.down(false)
    await everythingSent()
    for (const person of [anna, mara, hanna]) {
      expect(teamsCardsAbout(person, 'Landau')).toHaveLength(1)
      const card = await teamsCardAbout(person, 'Landau', /Cancelled by Anna Schmidt/)
      expect(decidingButtons(card)).toEqual([])
    }
  })

  it('a 429 with Retry-After pauses everything for that long', async ({ company, expect }) => {
    const { connector, everythingSent, people } = company
    const { anna, mara } = people
    const form = await answerTo(anna, 'book')
    connector.faults.add({
      match: { method: 'SendToConversation' },
      kind: 'rate_limited',
      retryAfterSeconds: 3,
      times: 2,
    })
    const posts = () => connector.calls.filter(({ name }) => name === 'SendToConversation').length
    const before = posts()
    await anna.presses(form, 'Request car', { destination: 'Leer' })
    await expect.poll(posts).toBeGreaterThan(before)
    await pause(300)
    const struck = posts()
    await pause(2000)
    expect(posts()).toBe(struck)
    await teamsCardAbout(mara, 'Leer')
    await everythingSent()
    for (const person of [anna, mara]) expect(teamsCardsAbout(person, 'Leer')).toHaveLength(1)
  })

  it('a word is not answered twice when the first answer was lost', async ({ company, expect }) => {
    const { connector, people } = company
    const { anna } = people
    const message = messageFrom(anna.user, connector.serviceUrl, 'help')
    const before = anna.sees().length
    connector.faults.add({ match: { method: 'SendToConversation' }, kind: 'drop_after_acting' })
    await connector.deliver(message)
    await connector.deliver(message)
    expect(anna.sees()).toHaveLength(before + 1)
  })
})

describe.concurrent('a conversation that Teams moves to another service URL', () => {
  it('is answered there at once, and the next cards go there, new ones and old ones', async ({ company, expect }) => {
    const { connector, everythingSent, people } = company
    const { anna, mara } = people
    await requestInTeams(anna, 'Lindau')
    const old = await teamsCardAbout(mara, 'Lindau')
    await everythingSent()
    const door = await startTcpGate()
    try {
      const moved = door.through(connector.serviceUrl)
      const message = messageFrom(mara.user, moved, 'help')
      const before = mara.sees().length
      const delivered = await connector.deliver(message, connector.authority.sign({ serviceurl: moved }))
      expect(delivered.status).toBe(200)
      expect(mara.sees()).toHaveLength(before + 1)

      door.shut()
      await requestInTeams(anna, 'Lingen', { departure_time: '18:00', return_time: '19:00' })
      await anna.presses(await teamsCardAbout(anna, 'Lindau'), 'Cancel booking')
      await teamsCardAbout(anna, 'Lingen')
      await pause(1000)
      expect(teamsCardsAbout(mara, 'Lingen')).toEqual([])
      expect(textNow(mara, old)).not.toContain('Cancelled')
      door.open()
      await teamsCardAbout(mara, 'Lingen')
      await waitUntilShown(mara, old, /Cancelled by Anna Schmidt/)
      await answerTo(mara, 'help')
      await everythingSent()
    } finally {
      await door.close()
    }
  })
})

describe.concurrent('while the database is away', () => {
  it('a press and a word are answered with a clear word, nothing is half done, and pressing again does it', async ({
    gate,
    company,
    expect,
  }) => {
    const { motorpool, everythingSent, people } = company
    const { anna, mara } = people
    await requestInTeams(anna, 'Lohr')
    const asked = await teamsCardAbout(mara, 'Lohr')
    const form = await answerTo(anna, 'book')
    await everythingSent()
    const before = await whatStands(motorpool.database)
    gate.shut()
    const pressed = await mara.presses(asked, 'Approve')
    expect(pressed).toMatchObject({ status: 200, said: expect.stringMatching(/It is not certain|takes longer/) })
    expect(await anna.presses(form, 'Request car', { destination: 'Lorch' })).toMatchObject({
      status: 200,
      said: expect.stringMatching(/It is not certain|takes longer/),
    })
    expect(shownText(await answerTo(anna, 'my bookings'))).toMatch(/^⚠️ Motorpool cannot look that up right now/)
    expect(await whatStands(motorpool.database)).toEqual(before)
    expect(decidingButtons(nowShown(mara, asked))).toContain('Approve')

    gate.open()
    const again = async () => {
      await mara.presses(asked, 'Approve')
      return statusOf(motorpool.database, 'Lohr')
    }
    await expect.poll(again, { timeout: 10_000 }).toBe('pending_hr')
    await expect.poll(() => textNow(mara, asked)).toContain('Approved by Mara Lindqvist as manager')
  })

  it('a press is answered before Teams gives up where the database only stalls, and is done once', async ({
    gate,
    company,
    expect,
  }) => {
    const { motorpool, everythingSent, people } = company
    const { anna, mara } = people
    const form = await answerTo(anna, 'book')
    await everythingSent()
    gate.stall()
    const started = Date.now()
    const pressed = await anna.presses(form, 'Request car', { destination: 'Lauf' })
    expect(Date.now() - started).toBeLessThan(4700)
    expect(pressed).toMatchObject({ status: 200, said: expect.stringContaining('takes longer than usual') })
    gate.resume()
    await expect.poll(async () => (await bookingsTo(motorpool.database, 'Lauf')).length, { timeout: 8000 }).toBe(1)
    await anna.presses(form, 'Request car', { destination: 'Lauf' })
    expect(textNow(anna, form)).toMatch(/Request #\d+ is sent/)
    expect(await bookingsTo(motorpool.database, 'Lauf')).toHaveLength(1)
    await teamsCardAbout(mara, 'Lauf')
  })
})
