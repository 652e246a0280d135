import { type Fields, fieldsList, isFields } from '../json.ts'
import { BLOCK_ELEMENTS, BLOCK_SURFACES, LIMITS, type Surface } from './block-limits.ts'
import { BlockProblems } from './block-problems.ts'
import { checkElement } from './check-element.ts'

type Check = (block: Fields, at: string, problems: BlockProblems) => void

/** Each block's own rules; its page is https://docs.slack.dev/reference/block-kit/blocks/<name>-block */
const BLOCK_CHECKS: Readonly<Record<string, Check>> = {
  actions: (block, at, problems) => {
    checkElements(problems.items(block, 'elements', 'actionsElements', at), 'actions', `${at}/elements`, problems)
  },
  context: (block, at, problems) => {
    problems.items(block, 'elements', 'contextElements', at).forEach((element, index) => {
      if (element.type === 'image') checkImage(element, `${at}/elements/${index}`, problems)
      else problems.textObject(element, 'text', `${at}/elements/${index}`, false)
    })
  },
  divider: () => {},
  header: (block, at, problems) => problems.text(block, 'text', 'headerText', at, { plain: true, required: true }),
  image: checkImage,
  input: checkInput,
  markdown: (block, at, problems) => problems.string(block, 'text', 'markdownText', at, true),
  rich_text: (block, at, problems) => {
    if (!Array.isArray(block.elements)) problems.add('missing required field: elements', at)
  },
  section: checkSection,
  table: checkTable,
}

/**
 * Says what Slack would not accept about these blocks on that surface.
 * @returns sentences with JSON pointers that start at `at`; none when all is well
 */
export function blockProblems(blocks: unknown, surface: Surface, at = '/blocks'): string[] {
  const problems = new BlockProblems()
  if (!Array.isArray(blocks)) {
    problems.add('must be an array', at)
    return problems.list
  }
  const { max } = surface === 'message' ? LIMITS.messageBlocks : LIMITS.viewBlocks
  if (blocks.length > max) problems.add(`no more than ${max} items allowed`, at)
  blocks.forEach((block, index) => {
    checkBlock(block, surface, `${at}/${index}`, problems)
  })
  checkBlockIds(fieldsList(blocks), at, problems)
  return problems.list
}

function checkBlock(block: unknown, surface: Surface, at: string, problems: BlockProblems): void {
  if (!isFields(block)) {
    problems.add('must provide an object', at)
    return
  }
  const surfaces = BLOCK_SURFACES[String(block.type)]
  if (!surfaces?.includes(surface)) {
    problems.add(`unsupported type: ${String(block.type)}`, at)
    return
  }
  problems.string(block, 'block_id', 'blockId', at)
  BLOCK_CHECKS[String(block.type)]?.(block, at, problems)
}

/** A block id is unique in its message or view. https://docs.slack.dev/reference/block-kit/blocks */
function checkBlockIds(blocks: Fields[], at: string, problems: BlockProblems): void {
  const seen = new Set<string>()
  blocks.forEach((block, index) => {
    if (typeof block.block_id !== 'string') return
    if (seen.has(block.block_id)) problems.add(`block_id "${block.block_id}" already exists`, `${at}/${index}/block_id`)
    seen.add(block.block_id)
  })
}

/** An action id is unique in its block. https://docs.slack.dev/reference/block-kit/block-elements */
function checkElements(
  elements: Fields[],
  block: keyof typeof BLOCK_ELEMENTS,
  at: string,
  problems: BlockProblems,
): void {
  const seen = new Set<string>()
  elements.forEach((element, index) => {
    const elementAt = `${at}/${index}`
    if (!problems.oneOf(element.type, BLOCK_ELEMENTS[block], elementAt)) return
    checkElement(element, elementAt, problems)
    if (typeof element.action_id !== 'string') return
    if (seen.has(element.action_id)) {
      problems.add(`action_id "${element.action_id}" already exists`, `${elementAt}/action_id`)
    }
    seen.add(element.action_id)
  })
}

function checkSection(block: Fields, at: string, problems: BlockProblems): void {
  if (block.text === undefined && block.fields === undefined) problems.add('missing required field: text', at)
  problems.text(block, 'text', 'text', at, { plain: false, required: false })
  if (block.fields !== undefined) {
    problems.items(block, 'fields', 'sectionFields', at).forEach((field, index) => {
      problems.textObject(field, 'sectionFieldText', `${at}/fields/${index}`, false)
    })
  }
  const { accessory } = block
  if (accessory === undefined) return
  if (!isFields(accessory)) {
    problems.add('must provide an object', `${at}/accessory`)
    return
  }
  if (!problems.oneOf(accessory.type, BLOCK_ELEMENTS.section, `${at}/accessory`)) return
  if (accessory.type === 'image') checkImage(accessory, `${at}/accessory`, problems)
  else checkElement(accessory, `${at}/accessory`, problems)
}

function checkInput(block: Fields, at: string, problems: BlockProblems): void {
  problems.text(block, 'label', 'inputLabel', at, { plain: true, required: true })
  problems.text(block, 'hint', 'inputHint', at, { plain: true, required: false })
  if (!isFields(block.element)) {
    problems.add('missing required field: element', at)
    return
  }
  if (problems.oneOf(block.element.type, BLOCK_ELEMENTS.input, `${at}/element`)) {
    checkElement(block.element, `${at}/element`, problems)
  }
}

function checkImage(image: Fields, at: string, problems: BlockProblems): void {
  problems.string(image, 'alt_text', 'imageAltText', at, true)
  if (image.slack_file === undefined) problems.string(image, 'image_url', 'imageUrl', at, true)
  problems.text(image, 'title', 'imageTitle', at, { plain: true, required: false })
}

function checkTable(block: Fields, at: string, problems: BlockProblems): void {
  if (!Array.isArray(block.rows)) {
    problems.add('missing required field: rows', at)
    return
  }
  if (block.rows.length > LIMITS.tableRows.max) {
    problems.add(`no more than ${LIMITS.tableRows.max} items allowed`, `${at}/rows`)
  }
  block.rows.forEach((row: unknown, index: number) => {
    if (Array.isArray(row) && row.length <= LIMITS.tableCells.max) return
    problems.add(`must be an array of at most ${LIMITS.tableCells.max} cells`, `${at}/rows/${index}`)
  })
}
