import type { ActionsBlock } from '@slack/types'
import { ElementView } from '../elements/element-view.tsx'

export function ActionsBlockView({ block }: { block: ActionsBlock }) {
  return (
    <div className="block-actions">
      {block.elements.map((element, index) => (
        <ElementView key={element.action_id ?? index} blockId={block.block_id ?? ''} element={element} />
      ))}
    </div>
  )
}
