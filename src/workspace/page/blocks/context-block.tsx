import type { ContextBlock, ImageElement } from '@slack/types'
import { SlackText } from '../text/slack-text.tsx'

export function ContextBlockView({ block }: { block: ContextBlock }) {
  return (
    <div className="block-context">
      {block.elements.map((element, index) =>
        element.type === 'image' ? (
          // biome-ignore lint/suspicious/noArrayIndexKey: the elements of a context block have no other identity
          <BlockImage key={index} image={element} size={20} />
        ) : (
          // biome-ignore lint/suspicious/noArrayIndexKey: the elements of a context block have no other identity
          <SlackText key={index} text={element} />
        ),
      )}
    </div>
  )
}

/** A picture beside a section or inside a context line. */
export function BlockImage({ image, size }: { image: ImageElement; size: number }) {
  if (!('image_url' in image)) return null
  return <img className="block-image" src={image.image_url} alt={image.alt_text} width={size} height={size} />
}
