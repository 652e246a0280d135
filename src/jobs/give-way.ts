import { setTimeout as sleep } from 'node:timers/promises'

/** So long may what nobody waits for be put off, in milliseconds: short beside what a card may take to be shown. */
const LONGEST = 100

/** How often to look whether it is quiet. Milliseconds. */
const PAUSE = 5

/**
 * Waits while somebody waits for an answer: a burst of presses is answered before the mails and cards that it brings about
 * are made. Under steady work it only spreads the load, since each wait ends after a tenth of a second.
 */
export async function giveWay(isAnswering: () => boolean): Promise<void> {
  const end = performance.now() + LONGEST
  while (isAnswering() && performance.now() < end) await sleep(PAUSE)
}
