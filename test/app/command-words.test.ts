import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import { cancelBooking, cardAbout, fillForm, requestCar, toldAlone } from '../support/asking.ts'
import { businessClock } from '../support/business-clock.ts'
import { startMotorpool, type TestMotorpool } from '../support/motorpool.ts'
import { type SeenMessage, type SlackPerson, textOf } from '../support/slack-person.ts'
import { waitUntil } from '../support/wait-until.ts'
import { everythingSent, statusOf } from '../support/what-stands.ts'

const clock = businessClock()
let motorpool: TestMotorpool
let anna: SlackPerson
let ben: SlackPerson
let mara: SlackPerson
let hanna: SlackPerson
beforeAll(async () => {
  motorpool = await startMotorpool({ now: clock.now })
  anna = motorpool.person('anna')
  ben = motorpool.person('ben')
  mara = motorpool.person('mara')
  hanna = motorpool.person('hanna')
})
afterAll(() => motorpool.stop())
beforeEach(() => clock.nextWeek())

/** Types words after the command and gives what this person alone is told. */
async function asks(person: SlackPerson, words: string): Promise<SeenMessage> {
  const before = alone(person).length
  expect(await person.types(`/book-car ${words}`)).toEqual({ ok: true })
  return waitUntil(() => alone(person)[before], `an answer to ${words}`)
}

const alone = (person: SlackPerson) => person.messages().filter(({ ephemeral }) => ephemeral)
const now = (person: SlackPerson, list: SeenMessage) => person.messages().find(({ ts }) => ts === list.ts) ?? list

/** The same message once it fits: a list that is pressed is shown anew in its place. */
function shownAnew(person: SlackPerson, list: SeenMessage, wanted: RegExp): Promise<SeenMessage> {
  const fitting = () => [now(person, list)].find((message) => wanted.test(textOf(message)))
  return waitUntil(fitting, () => `${wanted} in:\n${textOf(now(person, list))}`)
}

describe('help', () => {
  it.each(['help', '  HELP  '])('is given for “%s”', async (words) => {
    const help = textOf(await asks(anna, words))
    for (const word of ['mine', 'cars', 'approvals', 'help']) expect(help).toContain(`/book-car ${word}`)
    expect(help).not.toContain('understand')
  })

  it.each([
    ['lend me a car', 'lend'],
    ['mine please', 'please'],
    ['<!channel>', '&lt;!channel&gt;'],
    ['__proto__', '__proto__'],
  ])('names the word of “%s” that is not known', async (words, named) => {
    const help = textOf(await asks(anna, words))
    expect(help).toContain(`I did not understand “${named}”`)
    expect(help).toContain('/book-car mine')
  })

  it('the command alone opens the form, white space or not', async () => {
    await anna.types('/book-car   ')
    expect((await anna.openModal()).title()).toBe('Book a car')
  })
})

describe('the words that Teams has', () => {
  it.each([
    ['my bookings', /You have no trips ahead/],
    ['My Trips', /You have no trips ahead/],
    ['drafts', /You have no drafts/],
    ['my approvals', /Nothing waits for your decision/],
  ])('“%s” is understood', async (words, answer) => {
    expect(textOf(await asks(hanna, words))).toMatch(answer)
  })

  it('“book a car” opens the form', async () => {
    await anna.types('/book-car book a car')
    expect((await anna.openModal()).title()).toBe('Book a car')
  })

  it('drafts are gone on with and discarded from their list, which is shown anew in its place', async () => {
    const form = await fillForm(anna, 'Duderstadt')
    await form.press('Save as draft')
    await waitUntil(() => form.text().includes('Saved'), 'a draft')
    const list = await asks(anna, 'drafts')
    expect(textOf(list)).toContain('Duderstadt')
    await anna.press(list, 'Continue')
    expect((await anna.openModal()).value('Destination')).toBe('Duderstadt')
    await anna.press(list, 'Discard')
    await shownAnew(anna, list, /You have no drafts/)
  })
})

describe('mine', () => {
  it('says how to book where there is nothing ahead', async () => {
    expect(textOf(await asks(hanna, 'mine'))).toBe('You have no trips ahead. Type `/book-car` to book a car.')
  })

  it('lists the next trips, and who comes along sees them once they are approved', async () => {
    await requestCar(anna, 'Ahrensburg & more', { Passengers: '2', Companions: ['Ben Koch (Sales)'] })
    const own = await asks(anna, 'Mine')
    expect(textOf(own)).toMatch(
      /#\d+: Mon .*09:00 – 17:00, .*\(B-MP .*\), Ahrensburg &amp; more\. Waiting for the manager/,
    )
    expect(textOf(own)).toContain('You drive')
    expect(own.buttons()).toEqual(['Change', 'Cancel'])

    expect(textOf(await asks(ben, 'mine'))).not.toContain('Ahrensburg')
    await mara.press(await cardAbout(mara, 'Ahrensburg'), 'Approve')
    await hanna.press(await cardAbout(hanna, 'Ahrensburg'), 'Approve')
    const along = await asks(ben, 'mine')
    expect(textOf(along)).toContain('You come along; asked for by Anna Schmidt')
    expect(along.buttons()).toEqual([])
  })

  it('a trip is cancelled from the list, which is shown anew in its place', async () => {
    await requestCar(anna, 'Bautzen')
    const list = await asks(anna, 'mine')
    await everythingSent(motorpool.database)
    const count = anna.messages().length
    await cancelBooking(anna, list)
    await shownAnew(anna, list, /You have no trips ahead/)
    expect(await statusOf(motorpool.database, 'Bautzen')).toBe('cancelled')
    await anna.waitForMessage(/Cancelled by Anna Schmidt/)
    await everythingSent(motorpool.database)
    expect(alone(anna).at(-1)?.ts).toBe(list.ts)
    expect(anna.messages()).toHaveLength(count)
  })

  it('what its modal brought is what it shows in the end, however slow Slack is', async () => {
    await requestCar(anna, 'Bochum')
    const list = await asks(anna, 'mine')
    const pictures = () => motorpool.slack.calls.filter(({ method }) => method === 'response_url').length
    const before = pictures()
    motorpool.slack.faults.add({ kind: 'slow', ms: 500, match: { method: 'response_url' }, times: 1 })
    await cancelBooking(anna, list)
    await shownAnew(anna, list, /You have no trips ahead/)
    expect(pictures()).toBe(before + 1)
  })

  it('a trip that was cancelled elsewhere meanwhile keeps its place, and a press there is done already', async () => {
    await requestCar(anna, 'Celle')
    const list = await asks(anna, 'mine')
    await cancelBooking(anna, await cardAbout(anna, 'Celle'))
    await anna.press(list, 'Cancel')
    const anew = await shownAnew(anna, list, /Celle\. Cancelled$/)
    expect(textOf(anew)).toMatch(/^\*You have no trips ahead\*/)
    expect(anew.buttons()).toEqual([])
  })

  it('a press that comes too late is told on top of the list as it stands', async () => {
    const duarte = motorpool.person('duarte')
    await requestCar(duarte, 'Coimbra')
    const list = await asks(duarte, 'mine')
    const aydin = motorpool.person('aydin')
    const approvals = await asks(aydin, 'approvals')
    await aydin.press(approvals, 'Approve')
    await shownAnew(aydin, approvals, /Coimbra\. You approved it/)
    await cancelBooking(aydin, await asks(aydin, 'approvals'))
    await duarte.press(list, 'Cancel')
    const anew = await shownAnew(duarte, list, /^:warning: .*Aydin Kaya cancelled it, today/)
    expect(textOf(anew)).toMatch(/You have no trips ahead[\s\S]*Coimbra\. Cancelled/)
  })
})

describe('approvals', () => {
  it('says so when nothing waits', async () => {
    expect(textOf(await asks(ben, 'approvals'))).toBe('*Nothing waits for your decision*')
  })

  it('a request is approved from the list, keeps its place there, and then stands among what was decided', async () => {
    await requestCar(anna, 'Dessau')
    const list = await asks(mara, 'approvals')
    expect(textOf(list)).toContain('1 request waits for your decision')
    expect(textOf(list)).toMatch(/Anna Schmidt \(Sales\) asks for a car[\s\S]*Dessau[\s\S]*Please answer by/)
    expect(list.buttons()).toEqual(['Approve', 'Approve with a comment', 'Ask for a change', 'Reject'])
    expect(await mara.press(list, 'Approve')).toEqual({ ok: true })
    const anew = await shownAnew(mara, list, /Nothing waits for your decision/)
    expect(textOf(anew)).toMatch(/Nothing waits for your decision\*\n.*Anna Schmidt: .*Dessau\. You approved it/)
    expect(anew.buttons()).toEqual([])
    await cardAbout(hanna, 'Dessau')
    await mara.press(list, 'Approve')
    expect(textOf(now(mara, list))).not.toContain(':warning:')
    expect(textOf(await asks(mara, 'approvals'))).toMatch(
      /Decided by you[\s\S]*Anna Schmidt: .*Dessau\. You approved it/,
    )
  })

  it('a second press at the same spot meets nobody else’s request', async () => {
    const places = ['Spot 1', 'Spot 2']
    await requestCar(anna, 'Spot 1')
    await requestCar(ben, 'Spot 2')
    const list = await asks(mara, 'approvals')
    const order = [...textOf(list).matchAll(/Spot \d/g)].map(([place]) => place)
    await mara.press(list, 'Approve')
    const anew = await shownAnew(mara, list, /You approved it/)
    expect([...textOf(anew).matchAll(/Spot \d/g)].map(([place]) => place)).toEqual(order)
    await mara.press(list, 'Approve')
    expect(textOf(now(mara, list))).not.toMatch(/^:warning:/)
    const statuses = await Promise.all(places.map((place) => statusOf(motorpool.database, place)))
    expect(statuses.filter((status) => status === 'pending_hr')).toHaveLength(1)
  })

  it.each([
    ['Reject', 'Reason', 'No fuel', 'rejected'],
    ['Approve with a comment', 'Comment', 'Bring cake', 'pending_hr'],
    ['Ask for a change', 'What should be changed?', 'Take the train', 'changes_requested'],
  ])('%s asks for words first', async (button, field, words, status) => {
    const destination = `Erfurt ${status}`
    await requestCar(anna, destination)
    const list = await asks(mara, 'approvals')
    await mara.press(list, button)
    const modal = await mara.openModal()
    await modal.fill(field, words)
    expect(await modal.submit()).toEqual({ ok: true })
    expect(await statusOf(motorpool.database, destination)).toBe(status)
    const anew = await shownAnew(mara, list, new RegExp(`${destination}\\. You `))
    expect(textOf(anew)).toContain('Nothing waits for your decision')
    expect(anew.buttons()).toEqual([])
  })

  it('is shown anew when the words come too late to count', async () => {
    await requestCar(anna, 'Eutin')
    const list = await asks(mara, 'approvals')
    await mara.press(list, 'Reject')
    const modal = await mara.openModal()
    await modal.fill('Reason', 'No fuel')
    await cancelBooking(anna, await cardAbout(anna, 'Eutin'))
    expect(await modal.submit()).toEqual({ ok: true })
    await modal.waitFor(/Changed since you looked: Anna Schmidt cancelled it/)
    await shownAnew(mara, list, /Nothing waits for your decision/)
  })

  it('an admin cancels what they approved', async () => {
    const [duarte, aydin] = [motorpool.person('duarte'), motorpool.person('aydin')]
    await requestCar(duarte, 'Evora')
    const list = await asks(aydin, 'approvals')
    await aydin.press(list, 'Approve')
    await shownAnew(aydin, list, /Evora\. You approved it/)
    const decided = await asks(aydin, 'approvals')
    expect(decided.buttons()).toEqual(['Cancel'])
    await cancelBooking(aydin, decided)
    const anew = await shownAnew(aydin, decided, /Evora\. You approved it.*; cancelled since/)
    expect(anew.buttons()).toEqual([])
    expect(await statusOf(motorpool.database, 'Evora')).toBe('cancelled')
    await cardAbout(duarte, 'Evora', /Cancelled by Aydin Kaya/)
  })

  it('keeps a decision whose list cannot be shown anew', async () => {
    await requestCar(anna, 'Erkner')
    const list = await asks(mara, 'approvals')
    await mara.press(list, 'Reject')
    const modal = await mara.openModal()
    await modal.fill('Reason', 'No fuel')
    motorpool.slack.faults.add({ kind: 'server_error', match: { method: 'response_url' } })
    expect(await modal.submit()).toEqual({ ok: true })
    expect(await statusOf(motorpool.database, 'Erkner')).toBe('rejected')
    await mara.press(list, 'Approve')
    await shownAnew(mara, list, /You rejected it, today/)
  })
})

describe('cars', () => {
  it('says what is free now, own site first, with the others labelled', async () => {
    const list = textOf(await asks(anna, 'cars'))
    expect(list).toContain('6 of 6 cars are free now')
    expect(list.indexOf('*Berlin*')).toBeLessThan(list.indexOf('*Lisbon*'))
    expect(list).toContain('Škoda Octavia (B-MP 505), 5 seats: free')
  })

  it('says when a car is booked, for the time that was asked about', async () => {
    await requestCar(anna, 'Fulda')
    const car = textOf(await cardAbout(anna, 'Fulda')).match(/(\S+ ?\S* ?\S* \(B-MP \w+\))/)?.[1] ?? ''
    expect(textOf(await asks(ben, 'CARS  Today 10-12'))).toContain(`${car}, 2 seats: booked until 17:00`)
    expect(textOf(await asks(ben, 'cars 16:00-18:00'))).toContain(`${car}, 2 seats: free from 17:00`)
    expect(textOf(await asks(ben, 'cars tomorrow'))).toContain('6 of 6 cars are free all day, Tue ')
  })

  it('are one site’s alone where it is named', async () => {
    const list = textOf(await asks(anna, 'cars Lisbon tomorrow'))
    expect(list).toContain('*Lisbon*')
    expect(list).not.toContain('*Berlin*')
  })

  it.each([
    ['yesterday', /I did not understand that time\. Try “today”/],
    ['<!here>', /I did not understand that time/],
    ['2020-01-01', /That time has passed/],
    ['today 12-9', /end before they begin/],
  ])('answers “cars %s” with one line', async (words, line) => {
    const answer = textOf(await asks(anna, `cars ${words}`))
    expect(answer).toMatch(line)
    expect(answer.split('\n')).toHaveLength(1)
  })
})

it('somebody who is not in the directory is told so, and gets help all the same', async () => {
  const sam = motorpool.person('sam')
  for (const word of ['mine', 'approvals', 'cars']) {
    expect(textOf(await asks(sam, word))).toContain('You are not in the company directory')
  }
  expect(textOf(await asks(sam, 'help'))).toContain('/book-car mine')
})

describe('the shortcut', () => {
  it('opens the same form', async () => {
    expect(await anna.globalShortcut('book_car')).toEqual({ ok: true })
    const form = await anna.openModal()
    expect(form.title()).toBe('Book a car')
    await form.fill('Destination', 'Gotha')
    expect(await form.submit()).toEqual({ ok: true })
    await cardAbout(anna, 'Gotha')
  })

  it('tells somebody unknown in a modal', async () => {
    const sam = motorpool.person('sam')
    const before = toldAlone(sam).length
    await sam.globalShortcut('book_car')
    expect((await sam.openModal()).text()).toContain('You are not in the company directory')
    expect(toldAlone(sam)).toHaveLength(before)
  })

  it('offers the form in a message where it did not open in time', async () => {
    motorpool.slack.faults.add({
      match: { method: 'views.open' },
      kind: 'error',
      error: 'expired_trigger_id',
      times: 2,
    })
    await anna.globalShortcut('book_car')
    const message = await anna.waitForMessage(/did not let the form open in time/)
    await anna.press(message, 'Open the form')
    expect((await anna.openModal()).title()).toBe('Book a car')
  })
})
