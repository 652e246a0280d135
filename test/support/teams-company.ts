import type { SeenActivity } from './bot-connector/chats.ts'
import { type BotConnector, startBotConnector } from './bot-connector/start-bot-connector.ts'
import type { TeamsPerson } from './bot-connector/teams-person.ts'
import type { BusinessClock } from './business-clock.ts'
import { answerTo, DEMO_IN_TEAMS, nowShown, teamsCardAbout, waitUntilShown } from './demo-in-teams.ts'
import { startMotorpool, type TestMotorpool, type TestOptions } from './motorpool.ts'
import { choicesIn } from './teams-form.ts'
import { everythingSent } from './what-stands.ts'

/** The car of the requests here. */
export const OCTAVIA = 'Škoda Octavia (B-MP 505), 5 seats'

type Name = 'anna' | 'ben' | 'mara' | 'hanna' | 'helen' | 'aydin'

/** The demo company, which has Teams alone. */
export interface TeamsCompany {
  connector: BotConnector
  motorpool: TestMotorpool
  people: Record<Name, TeamsPerson>
  /** Waits until nothing is on its way to anybody any more. */
  everythingSent(): Promise<void>
  /** A request of Anna's for the Octavia that is Mara's to decide: the cards of both. */
  requested(destination: string, typed?: Record<string, string>): Promise<Cards>
  /** The same, approved by Mara, then by Hanna. */
  approved(destination: string): Promise<Cards>
  stop(): Promise<void>
}

interface Cards {
  own: SeenActivity
  asked: SeenActivity
}

/** @param having those who have added the app */
export async function startTeamsCompany(
  clock: BusinessClock,
  having: Name[],
  options: TestOptions = {},
): Promise<TeamsCompany> {
  const connector = await startBotConnector({ people: DEMO_IN_TEAMS })
  const motorpool = await startMotorpool({ now: clock.now, teams: connector, withoutSlack: true, ...options })
  const people = {
    anna: connector.person('Anna'),
    ben: connector.person('Ben'),
    mara: connector.person('Mara'),
    hanna: connector.person('Hanna'),
    helen: connector.person('Helen'),
    aydin: connector.person('Aydin'),
  }
  for (const name of having) await people[name].installs()
  const { anna, mara, hanna } = people
  const requested = async (destination: string, typed: Record<string, string> = {}) => {
    const form = await answerTo(anna, 'book')
    await anna.presses(form, 'Request car', { destination, car: choicesIn(form, 'car')[OCTAVIA] ?? '', ...typed })
    const own = await teamsCardAbout(anna, destination)
    const asked = await teamsCardAbout(mara, destination)
    await everythingSent(motorpool.database)
    return { own, asked }
  }
  return {
    connector,
    motorpool,
    people,
    everythingSent: () => everythingSent(motorpool.database),
    requested,
    approved: async (destination) => {
      const { own, asked } = await requested(destination)
      await mara.presses(asked, 'Approve')
      await hanna.presses(await teamsCardAbout(hanna, destination), 'Approve')
      await waitUntilShown(anna, own, /Approved by Hanna Weber for HR/)
      await everythingSent(motorpool.database)
      return { own: nowShown(anna, own), asked: nowShown(mara, asked) }
    },
    stop: async () => {
      await motorpool.stop()
      await connector.close()
    },
  }
}
