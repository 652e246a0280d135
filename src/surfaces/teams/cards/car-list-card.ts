import { carsLeftOut } from '../../view-models/cars-left-out.ts'
import type { CarList } from '../../view-models/cars-words.ts'
import { clipped } from '../../view-models/clipped.ts'
import type { AdaptiveCard, RichTextBlock } from './adaptive-card.ts'
import { card, fittingCard, heading, line, under } from './parts.ts'

type Car = CarList['sites'][number]['cars'][number]

const MARK: Record<Car['state'], string> = { free: '🟢', partly: '🟡', taken: '⚪' }

/** How much of a line about a car is shown, in characters. */
const LINE = 300

/** When cars are free: counts first, then a line for each car, as many as a card takes. */
export function carListCard(list: CarList): AdaptiveCard {
  const { headline, sites } = list
  const lines = sites.flatMap(({ name, cars }): { isCar: boolean; shown: RichTextBlock }[] => [
    { isCar: false, shown: line(clipped(name, LINE), { weight: 'bolder' }) },
    ...cars.map(({ state, text }) => ({ isCar: true, shown: under(`${MARK[state]} ${clipped(text, LINE)}`) })),
  ])
  return fittingCard(
    lines.map(({ shown }) => shown),
    (shown) => {
      const more = carsLeftOut(list, lines.slice(0, shown.length).filter(({ isCar }) => isCar).length, 'cars')
      return card(headline, [heading(headline), ...shown, ...(more ? [line(more, { isSubtle: true })] : [])])
    },
  )
}
