import { LIMITS } from './block-kit/block-limits.ts'
import { BlockProblems } from './block-kit/block-problems.ts'
import { checkOption } from './block-kit/check-element.ts'
import { deliver } from './deliver.ts'
import type { DirectoryPerson } from './directory.ts'
import { fieldsList, isFields, parseJson } from './json.ts'
import type { ActResult, Acts } from './page-api.ts'
import { blockSuggestion } from './payloads.ts'
import type { World } from './world.ts'

const FAILED: ActResult = { ok: false, error: 'Results could not be loaded.' }

/**
 * Asks the app what a select with an external source offers for the typed letters.
 * https://docs.slack.dev/reference/interaction-payloads/block_suggestion-payload
 */
export async function suggestOptions(world: World, person: DirectoryPerson, act: Acts['suggest']): Promise<ActResult> {
  const found = world.views.find(act.viewId)
  if (found?.userId !== person.userId) return { ok: false, error: 'This modal is not open any more.' }
  const payload = JSON.stringify(blockSuggestion(world, person, found.view, act))
  const delivered = await deliver(world, { form: { payload } })
  const answer = delivered.answered ? parseJson(delivered.body) : undefined
  if (!isFields(answer)) return FAILED
  const groups = fieldsList(answer.option_groups)
  const options = [...fieldsList(answer.options), ...groups.flatMap((group) => fieldsList(group.options))]
  const problems = new BlockProblems()
  options.forEach((option, index) => {
    checkOption(option, `/options/${index}`, problems)
  })
  if (options.length > LIMITS.selectOptions.max || problems.list.length > 0) return FAILED
  const result = answer.option_groups === undefined ? { options } : { optionGroups: groups }
  return { ok: true, ...result } as unknown as ActResult
}
