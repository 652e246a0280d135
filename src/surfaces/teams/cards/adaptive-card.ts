/**
 * The parts of Adaptive Cards 1.5 that Motorpool uses, as Teams shows them.
 * https://adaptivecards.io/explorer/AdaptiveCard.html
 */
export interface AdaptiveCard {
  type: 'AdaptiveCard'
  $schema: string
  version: '1.5'
  /** For notifications and for clients that cannot draw the card. Plain text. */
  fallbackText: string
  /** https://learn.microsoft.com/en-us/microsoftteams/platform/task-modules-and-cards/cards/cards-format#full-width-adaptive-card */
  msteams: { width: 'Full' }
  body: Element[]
  actions?: Action[]
}

export type Element = RichTextBlock | Container | ColumnSet | ActionSet | Input

interface Placed {
  id?: string
  spacing?: 'none' | 'small' | 'default' | 'medium' | 'large'
  separator?: boolean
}

/** What people typed stands only here: a TextBlock or FactSet would read it as Markdown. */
export interface RichTextBlock extends Placed {
  type: 'RichTextBlock'
  inlines: TextRun[]
}

export interface TextRun extends TextLook {
  type: 'TextRun'
  text: string
}

export interface TextLook {
  size?: 'small' | 'medium' | 'large'
  weight?: 'bolder'
  color?: 'attention'
  isSubtle?: boolean
}

interface Container extends Placed {
  type: 'Container'
  items: Element[]
  style?: 'emphasis'
}

export interface ColumnSet extends Placed {
  type: 'ColumnSet'
  columns: Column[]
}

interface Column {
  type: 'Column'
  width: 'auto' | 'stretch' | `${number}px`
  items: Element[]
  verticalContentAlignment?: 'bottom'
}

export interface ActionSet extends Placed {
  type: 'ActionSet'
  actions: Action[]
}

export type Action = Execute | ShowCard

interface Pressed {
  title: string
  style?: 'positive' | 'destructive'
}

export interface Execute extends Pressed {
  type: 'Action.Execute'
  verb: string
  data: Record<string, string | number>
  /** `auto`: the inputs beside it are checked by the client and sent along. */
  associatedInputs: 'auto' | 'none'
}

export interface ShowCard extends Pressed {
  type: 'Action.ShowCard'
  card: { type: 'AdaptiveCard'; body: Element[]; actions: Execute[] }
}

export type Input = TextInput | NumberInput | DateInput | ChoiceSetInput

interface Asked extends Placed {
  /** One in a card, those in its ShowCards counted: mobile clients draw nothing else. https://github.com/MicrosoftDocs/msteams-docs/issues/7868 */
  id: string
  label: string
  isRequired?: boolean
  errorMessage?: string
}

export interface TextInput extends Asked {
  type: 'Input.Text'
  value?: string
  placeholder?: string
  maxLength: number
  isMultiline?: boolean
}

interface NumberInput extends Asked {
  type: 'Input.Number'
  value?: number
  min: number
  max: number
}

/** Dates as "2026-11-05", times as "09:00". */
export interface DateInput extends Asked {
  type: 'Input.Date' | 'Input.Time'
  value?: string
}

export interface ChoiceSetInput extends Asked {
  type: 'Input.ChoiceSet'
  choices: { title: string; value: string }[]
  /** Of several choices, their values with commas between them. */
  value?: string
  style: 'compact'
  placeholder?: string
  isMultiSelect?: boolean
  wrap?: boolean
}
