import type { SectionBlock } from '@slack/types'
import { ElementView } from '../elements/element-view.tsx'
import { SlackText } from '../text/slack-text.tsx'
import { BlockImage } from './context-block.tsx'

export function SectionBlockView({ block }: { block: SectionBlock }) {
  const { accessory, fields, text } = block
  return (
    <div className="block-section">
      <div className="block-section-text">
        {text && <SlackText text={text} />}
        {fields && (
          <div className="block-fields">
            {fields.map((field, index) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: fields have no other identity
              <SlackText key={index} text={field} />
            ))}
          </div>
        )}
      </div>
      {accessory && (
        <div className="block-accessory">
          {accessory.type === 'image' ? (
            <BlockImage image={accessory} size={88} />
          ) : (
            <ElementView blockId={block.block_id ?? ''} element={accessory} label={text?.text} />
          )}
        </div>
      )}
    </div>
  )
}
