const BLOCKS = 'https://docs.slack.dev/reference/block-kit/blocks'
const ELEMENTS = 'https://docs.slack.dev/reference/block-kit/block-elements'
const OBJECTS = 'https://docs.slack.dev/reference/block-kit/composition-objects'
const VIEWS = 'https://docs.slack.dev/reference/views'

/** How much fits where (characters, items, bytes), each with the page of Slack's documentation that says so. */
export const LIMITS = {
  messageBlocks: { max: 50, page: BLOCKS },
  viewBlocks: { max: 100, page: VIEWS },
  viewBytes: { max: 250_000, page: 'https://docs.slack.dev/reference/methods/views.open' },
  viewStack: { max: 3, page: 'https://docs.slack.dev/reference/methods/views.push' },
  viewTitle: { max: 24, page: `${VIEWS}/modal-views` },
  viewSubmit: { max: 24, page: `${VIEWS}/modal-views` },
  viewClose: { max: 24, page: `${VIEWS}/modal-views` },
  privateMetadata: { max: 3000, page: VIEWS },
  callbackId: { max: 255, page: VIEWS },
  externalId: { max: 255, page: VIEWS },
  blockId: { max: 255, page: BLOCKS },
  actionId: { max: 255, page: ELEMENTS },
  text: { max: 3000, page: `${OBJECTS}/text-object` },
  headerText: { max: 150, page: `${BLOCKS}/header-block` },
  sectionFields: { max: 10, page: `${BLOCKS}/section-block` },
  sectionFieldText: { max: 2000, page: `${BLOCKS}/section-block` },
  contextElements: { max: 10, page: `${BLOCKS}/context-block` },
  actionsElements: { max: 25, page: `${BLOCKS}/actions-block` },
  inputLabel: { max: 2000, page: `${BLOCKS}/input-block` },
  inputHint: { max: 2000, page: `${BLOCKS}/input-block` },
  imageUrl: { max: 3000, page: `${BLOCKS}/image-block` },
  imageAltText: { max: 2000, page: `${BLOCKS}/image-block` },
  imageTitle: { max: 2000, page: `${BLOCKS}/image-block` },
  markdownText: { max: 12_000, page: `${BLOCKS}/markdown-block` },
  tableRows: { max: 100, page: `${BLOCKS}/table-block` },
  tableCells: { max: 20, page: `${BLOCKS}/table-block` },
  buttonText: { max: 75, page: `${ELEMENTS}/button-element` },
  buttonValue: { max: 2000, page: `${ELEMENTS}/button-element` },
  buttonUrl: { max: 3000, page: `${ELEMENTS}/button-element` },
  buttonLabel: { max: 75, page: `${ELEMENTS}/button-element` },
  selectOptions: { max: 100, page: `${ELEMENTS}/select-menu-element` },
  optionGroups: { max: 100, page: `${ELEMENTS}/select-menu-element` },
  choiceOptions: { max: 10, page: `${ELEMENTS}/radio-button-group-element` },
  overflowOptions: { max: 5, page: `${ELEMENTS}/overflow-menu-element` },
  placeholder: { max: 150, page: `${ELEMENTS}/select-menu-element` },
  typedText: { max: 3000, page: `${ELEMENTS}/plain-text-input-element` },
  optionText: { max: 75, page: `${OBJECTS}/option-object` },
  optionValue: { max: 150, page: `${OBJECTS}/option-object` },
  optionDescription: { max: 75, page: `${OBJECTS}/option-object` },
  optionGroupLabel: { max: 75, page: `${OBJECTS}/option-group-object` },
  confirmTitle: { max: 100, page: `${OBJECTS}/confirmation-dialog-object` },
  confirmText: { max: 300, page: `${OBJECTS}/confirmation-dialog-object` },
  confirmButton: { max: 30, page: `${OBJECTS}/confirmation-dialog-object` },
  messageText: { max: 40_000, page: 'https://docs.slack.dev/reference/methods/chat.postMessage' },
  updatedText: { max: 4000, page: 'https://docs.slack.dev/reference/methods/chat.update' },
  metadataBytes: { max: 8000, page: 'https://docs.slack.dev/messaging/message-metadata' },
} as const satisfies Record<string, { max: number; page: string }>

export type LimitName = keyof typeof LIMITS

/** Where blocks are shown. */
export type Surface = 'message' | 'modal' | 'home'

const EVERYWHERE: readonly Surface[] = ['message', 'modal', 'home']

/**
 * Which blocks may stand on which surface, from each block's own page under
 * https://docs.slack.dev/reference/block-kit/blocks. A type that is not listed is refused here, whatever Slack does.
 */
export const BLOCK_SURFACES: Readonly<Record<string, readonly Surface[]>> = {
  actions: EVERYWHERE,
  context: EVERYWHERE,
  divider: EVERYWHERE,
  header: EVERYWHERE,
  image: EVERYWHERE,
  input: EVERYWHERE,
  rich_text: EVERYWHERE,
  section: EVERYWHERE,
  markdown: ['message'],
  table: ['message'],
}

const PICKERS = ['datepicker', 'timepicker']
const MENUS = ['static_select', 'external_select', 'users_select', 'conversations_select', 'channels_select']
const CHOICES = ['checkboxes', 'radio_buttons']
const SELECTS = [...MENUS, ...MENUS.map((menu) => `multi_${menu}`)]

/** Which elements may stand in which block, from https://docs.slack.dev/reference/block-kit/block-elements */
export const BLOCK_ELEMENTS = {
  section: ['button', 'image', 'overflow', ...PICKERS, ...SELECTS, ...CHOICES],
  actions: ['button', 'overflow', 'datetimepicker', ...PICKERS, ...SELECTS, ...CHOICES],
  input: [
    'plain_text_input',
    'number_input',
    'email_text_input',
    'url_text_input',
    'rich_text_input',
    'datetimepicker',
    ...PICKERS,
    ...SELECTS,
    ...CHOICES,
  ],
} as const satisfies Record<string, readonly string[]>
