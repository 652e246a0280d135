import type { KnownBlock } from '@slack/types'
import { ConfirmDialog } from '../confirm-dialog.tsx'
import { DisplayBlocks } from '../text/slack-text.tsx'
import { ActionsBlockView } from './actions-block.tsx'
import { ContextBlockView } from './context-block.tsx'
import { HeaderBlockView } from './header-block.tsx'
import { InputBlockView } from './input-block.tsx'
import { SectionBlockView } from './section-block.tsx'
import { SurfaceContext } from './surface.ts'
import type { useSurfaceState } from './use-surface-state.ts'

/** The blocks of a message, the Home tab or a modal, live. */
export function SurfaceBlocks({ blocks, use }: { blocks: KnownBlock[]; use: ReturnType<typeof useSurfaceState> }) {
  return (
    <SurfaceContext value={use.surface}>
      <div className="blocks">
        {blocks.map((block, index) => (
          <BlockView key={block.block_id ?? index} block={block} />
        ))}
      </div>
      {use.asking && <ConfirmDialog confirm={use.asking} onAnswer={use.answerConfirm} />}
    </SurfaceContext>
  )
}

function BlockView({ block }: { block: KnownBlock }) {
  switch (block.type) {
    case 'section':
      return <SectionBlockView block={block} />
    case 'context':
      return <ContextBlockView block={block} />
    case 'header':
      return <HeaderBlockView block={block} />
    case 'actions':
      return <ActionsBlockView block={block} />
    case 'input':
      return <InputBlockView block={block} />
    case 'divider':
      return <hr className="block-divider" />
    default:
      return <DisplayBlocks blocks={[block]} />
  }
}
