import { expect } from 'vitest'
import { cardAbout, cardsAbout, change, fillForm } from './asking.ts'
import type { BusinessClock } from './business-clock.ts'
import { startMotorpool, type TestMotorpool, type TestOptions } from './motorpool.ts'
import type { SlackModal } from './slack-modal.ts'
import { type SeenMessage, type SlackPerson, textOf } from './slack-person.ts'
import { bookingsTo, everythingSent } from './what-stands.ts'

type Name = 'anna' | 'ben' | 'mara' | 'hanna' | 'aydin'

/** The demo company, which has Slack alone, and whose time passes. */
export interface SlackCompany {
  motorpool: TestMotorpool
  people: Record<Name, SlackPerson>
  /** Moves the clock there, lets what is due happen, and waits until everybody knows. */
  until(at: Date): Promise<void>
  /** Waits until nothing is on its way to anybody any more. */
  everythingSent(): Promise<void>
  /** A request of Anna's for the Octavia, for a departure at this moment and eight hours. */
  requested(destination: string, departure: Date): Promise<SeenMessage>
  /** The same, approved by Mara, then by Hanna. */
  approved(destination: string, departure: Date): Promise<SeenMessage>
  /** What somebody's one card about a trip says became of it, a line each, without when it was decided; its buttons last. */
  cardOf(person: SlackPerson, destination: string): Promise<string[]>
  /** What somebody was told about a booking beside their card: messages in chat, then mails, oldest first. */
  toldOf(person: SlackPerson, destination: string): Promise<{ chat: string[]; mails: string[] }>
  /** What the mails about a booking do to somebody's calendar, oldest first: "REQUEST until 17:00"; throws when they are not of one row. */
  calendarOf(person: SlackPerson, destination: string): Promise<string[]>
}

export async function startSlackCompany(clock: BusinessClock, options: TestOptions = {}): Promise<SlackCompany> {
  const motorpool = await startMotorpool({ now: clock.now, ...options })
  const people = {
    anna: motorpool.person('anna'),
    ben: motorpool.person('ben'),
    mara: motorpool.person('mara'),
    hanna: motorpool.person('hanna'),
    aydin: motorpool.person('aydin'),
  }
  const { anna, mara, hanna } = people
  const mailsAbout = async (person: SlackPerson, destination: string) => {
    await everythingSent(motorpool.database)
    const [booking] = await bookingsTo(motorpool.database, destination)
    const about = new RegExp(`#${booking?.number}\\b`)
    return person
      .mails()
      .filter(({ text }) => about.test(text))
      .toReversed()
  }
  const requested = async (destination: string, departure: Date) => {
    const form = await fillForm(anna, destination)
    await changeTo(form, departure)
    await form.fill('Car', 'Škoda Octavia')
    expect(await form.submit()).toEqual({ ok: true })
    return cardAbout(anna, destination)
  }
  return {
    motorpool,
    people,
    everythingSent: () => everythingSent(motorpool.database),
    until: async (at) => {
      clock.set(at)
      await motorpool.app.tick()
      await everythingSent(motorpool.database)
    },
    requested,
    approved: async (destination, departure) => {
      await requested(destination, departure)
      await mara.press(await cardAbout(mara, destination), 'Approve')
      await hanna.press(await cardAbout(hanna, destination), 'Approve')
      return cardAbout(anna, destination, /Approved by Hanna Weber/)
    },
    cardOf: async (person, destination) => {
      await everythingSent(motorpool.database)
      const [card, another] = cardsAbout(person, destination)
      if (!card || another) throw new Error(`not one card about ${destination} for ${person.email}`)
      const buttons = card.buttons().join(' | ')
      return [...outcomesIn(textOf(card)), ...(buttons ? [`[${buttons}]`] : [])]
    },
    toldOf: async (person, destination) => {
      const mails = await mailsAbout(person, destination)
      const cards = cardsAbout(person, destination).map(({ ts }) => ts)
      const messages = person
        .messages()
        .filter((message) => message.from === 'bot' && !message.ephemeral && !cards.includes(message.ts))
      const chat = messages.map(textOf).filter((text) => text.includes(destination))
      return {
        chat: chat.map((text) => text.split('\n')[0]?.replaceAll('*', '').replace(/#\d+/, '#n') ?? ''),
        mails: mails.map(({ subject }) => subject.split(':')[0]?.replace(/#\d+/, '#n') ?? ''),
      }
    },
    calendarOf: async (person, destination) => {
      const mails = await mailsAbout(person, destination)
      return oneRow(mails.flatMap(({ attachments }) => attachments.map(({ content }) => content)))
    },
  }
}

/** Lines that begin with an emoji. */
function outcomesIn(text: string): string[] {
  const lines = text.split('\n').filter((line) => /^:\w+: /.test(line))
  return lines.map((line) => line.replace(/^:\w+: /, '').replace(/, \w{3} \d+ \w{3}, \d\d:\d\d/, ''))
}

/** Of iCalendar files in base64: one UID, and each later than the one before. Berlin is two hours ahead of UTC then. */
function oneRow(files: string[]): string[] {
  const read = files.map((file) => {
    const text = Buffer.from(file, 'base64').toString()
    const field = (name: string) => new RegExp(`^${name}:(.*)\r$`, 'm').exec(text)?.[1] ?? ''
    const [, hour = '', minute = ''] = /T(\d\d)(\d\d)00Z$/.exec(field('DTEND')) ?? []
    const says = `${field('METHOD')} until ${Number(hour) + 2}:${minute}`
    return { uid: field('UID'), sequence: Number(field('SEQUENCE')), says }
  })
  expect(new Set(read.map(({ uid }) => uid)).size).toBeLessThanOrEqual(1)
  const sequences = read.map(({ sequence }) => sequence)
  expect(sequences).toEqual([...new Set(sequences)].toSorted((a, b) => a - b))
  return read.map(({ says }) => says)
}

async function changeTo(form: SlackModal, departure: Date) {
  await change(form, 'Return', new Date(+departure + 8 * 3600_000))
  await change(form, 'Departure', departure)
}
