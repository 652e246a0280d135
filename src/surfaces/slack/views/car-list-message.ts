import { carsLeftOut } from '../../view-models/cars-left-out.ts'
import type { CarList } from '../../view-models/cars-words.ts'
import { escaped, sections } from '../mrkdwn.ts'
import type { SlackMessage } from './booking-card-message.ts'
import { fittingLines } from './fitting-blocks.ts'

type Car = CarList['sites'][number]['cars'][number]

const MARK: Record<Car['state'], string> = { free: '🟢', partly: '🟡', taken: '⚪' }

/** When cars are free: counts first, then a line for each car, as many as Slack takes. */
export function carListMessage(list: CarList): SlackMessage {
  const { headline, sites } = list
  const lines = sites.flatMap(({ name, cars }) => [
    { isCar: false, text: `*${escaped(name)}*` },
    ...cars.map(({ state, text }) => ({ isCar: true, text: `${MARK[state]} ${escaped(text)}` })),
  ])
  const { blocks, shown } = fittingLines(lines.map(({ text }) => text))
  const left = carsLeftOut(list, lines.slice(0, shown).filter(({ isCar }) => isCar).length, '/book-car cars')
  return {
    text: escaped(headline),
    blocks: [...sections(`*${escaped(headline)}*`), ...blocks, ...(left === null ? [] : sections(escaped(left)))],
  }
}
