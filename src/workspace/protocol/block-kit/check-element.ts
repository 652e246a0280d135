import { isDeepStrictEqual } from 'node:util'
import { type Fields, fieldsList, isFields } from '../json.ts'
import type { LimitName } from './block-limits.ts'
import type { BlockProblems } from './block-problems.ts'

const DATE = /^\d{4}-\d{2}-\d{2}$/
const TIME = /^([01]\d|2[0-3]):[0-5]\d$/

type Check = (element: Fields, at: string, problems: BlockProblems) => void

/** Each element's own rules; its page is https://docs.slack.dev/reference/block-kit/block-elements/<name>-element */
const ELEMENT_CHECKS: Readonly<Record<string, Check>> = {
  button: checkButton,
  static_select: (element, at, problems) => checkMenu(element, at, problems, 'selectOptions'),
  multi_static_select: (element, at, problems) => checkMenu(element, at, problems, 'selectOptions'),
  radio_buttons: (element, at, problems) => checkMenu(element, at, problems, 'choiceOptions'),
  checkboxes: (element, at, problems) => checkMenu(element, at, problems, 'choiceOptions'),
  overflow: (element, at, problems) => checkMenu(element, at, problems, 'overflowOptions'),
  datepicker: (element, at, problems) => checkFormat(element, 'initial_date', DATE, at, problems),
  timepicker: (element, at, problems) => checkFormat(element, 'initial_time', TIME, at, problems),
  datetimepicker: (element, at, problems) => {
    const initial = element.initial_date_time
    if (initial !== undefined && !(Number.isInteger(initial) && String(initial).length === 10)) {
      problems.add('must be a UNIX timestamp of 10 digits', `${at}/initial_date_time`)
    }
  },
  plain_text_input: (element, at, problems) => problems.string(element, 'initial_value', 'typedText', at),
  number_input: (element, at, problems) => {
    if (typeof element.is_decimal_allowed !== 'boolean') {
      problems.add('missing required field: is_decimal_allowed', at)
    }
    if (element.initial_value !== undefined && typeof element.initial_value !== 'string') {
      problems.add('must provide a string', `${at}/initial_value`)
    }
  },
}

/** Checks one interactive element: what every element has, then what is special about its type. */
export function checkElement(element: Fields, at: string, problems: BlockProblems): void {
  if (element.type === 'image') return
  problems.string(element, 'action_id', 'actionId', at)
  problems.text(element, 'placeholder', 'placeholder', at, { plain: true, required: false })
  if (element.confirm !== undefined) checkConfirm(element.confirm, `${at}/confirm`, problems)
  ELEMENT_CHECKS[String(element.type)]?.(element, at, problems)
}

function checkButton(element: Fields, at: string, problems: BlockProblems): void {
  problems.text(element, 'text', 'buttonText', at, { plain: true, required: true })
  problems.string(element, 'value', 'buttonValue', at)
  problems.string(element, 'url', 'buttonUrl', at)
  problems.string(element, 'accessibility_label', 'buttonLabel', at)
  if (element.style !== undefined && element.style !== 'primary' && element.style !== 'danger') {
    problems.add('must be one of primary, danger', `${at}/style`)
  }
}

function checkMenu(element: Fields, at: string, problems: BlockProblems, limit: LimitName): void {
  const grouped = element.option_groups !== undefined
  const plain = element.type !== 'radio_buttons' && element.type !== 'checkboxes'
  if (grouped && element.options !== undefined) problems.add('cannot specify both options and option_groups', at)
  const groups = grouped ? problems.items(element, 'option_groups', 'optionGroups', at) : []
  groups.forEach((group, index) => {
    const groupAt = `${at}/option_groups/${index}`
    problems.text(group, 'label', 'optionGroupLabel', groupAt, { plain: true, required: true })
    checkOptions(problems.items(group, 'options', limit, groupAt), groupAt, problems, plain)
  })
  if (!grouped) checkOptions(problems.items(element, 'options', limit, at), at, problems, plain)
  const offered = (grouped ? groups.flatMap((group) => fieldsList(group.options)) : fieldsList(element.options)).map(
    plainOption,
  )
  if (isFields(element.initial_option) && !isOffered(element.initial_option, offered)) {
    problems.add('`initial_option` must be one of the provided options', at)
  }
  if (element.initial_options !== undefined) {
    const initial = fieldsList(element.initial_options)
    if (initial.length === 0) problems.add('no fewer than 1 items allowed', `${at}/initial_options`)
    if (!initial.every((option) => isOffered(option, offered))) {
      problems.add('`initial_options` must be among the provided options', at)
    }
  }
}

function checkOptions(options: Fields[], at: string, problems: BlockProblems, plain: boolean): void {
  options.forEach((option, index) => {
    checkOption(option, `${at}/options/${index}`, problems, plain)
  })
}

/**
 * An option; only radio buttons and checkboxes may have other than plain text.
 * https://docs.slack.dev/reference/block-kit/composition-objects/option-object
 */
export function checkOption(option: Fields, at: string, problems: BlockProblems, plain = true): void {
  problems.text(option, 'text', 'optionText', at, { plain, required: true })
  problems.string(option, 'value', 'optionValue', at, true)
  problems.text(option, 'description', 'optionDescription', at, { plain, required: false })
}

function isOffered(option: Fields, offered: Fields[]): boolean {
  return offered.some((one) => isDeepStrictEqual(one, plainOption(option)))
}

/** An option without what Slack fills in by itself, so that equal ones compare equal. */
function plainOption(option: Fields): Fields {
  const text = isFields(option.text) ? { type: option.text.type, text: option.text.text } : option.text
  const description = isFields(option.description) ? option.description.text : option.description
  return { text, description, value: option.value }
}

function checkFormat(element: Fields, field: string, format: RegExp, at: string, problems: BlockProblems): void {
  const value = element[field]
  if (value !== undefined && !(typeof value === 'string' && format.test(value))) {
    problems.add(`does not match the format of ${field}`, `${at}/${field}`)
  }
}

/** https://docs.slack.dev/reference/block-kit/composition-objects/confirmation-dialog-object */
function checkConfirm(confirm: unknown, at: string, problems: BlockProblems): void {
  if (!isFields(confirm)) {
    problems.add('must provide an object', at)
    return
  }
  problems.text(confirm, 'title', 'confirmTitle', at, { plain: true, required: true })
  problems.text(confirm, 'text', 'confirmText', at, { plain: false, required: true })
  problems.text(confirm, 'confirm', 'confirmButton', at, { plain: true, required: true })
  problems.text(confirm, 'deny', 'confirmButton', at, { plain: true, required: true })
}
