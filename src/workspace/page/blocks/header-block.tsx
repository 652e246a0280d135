import type { HeaderBlock } from '@slack/types'
import { SlackText } from '../text/slack-text.tsx'

export function HeaderBlockView({ block }: { block: HeaderBlock }) {
  return (
    <h3 className="block-header">
      <SlackText text={block.text} />
    </h3>
  )
}
