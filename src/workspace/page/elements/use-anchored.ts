import { type CSSProperties, type RefObject, useLayoutEffect, useState } from 'react'

const GAP = 4
const LEAST_ROOM = 220

/** Keeps something that floats beside `anchor`: below it, or above it where there is more room. */
export function useAnchored(anchor: RefObject<HTMLElement | null>): CSSProperties {
  const [style, setStyle] = useState<CSSProperties>({ visibility: 'hidden' })
  useLayoutEffect(() => {
    const place = () => {
      const box = anchor.current?.getBoundingClientRect()
      if (!box) return
      const below = window.innerHeight - box.bottom - 2 * GAP
      const above = box.top - 2 * GAP
      const up = below < LEAST_ROOM && above > below
      setStyle({
        left: box.left,
        width: box.width,
        maxHeight: Math.min(320, up ? above : below),
        ...(up ? { bottom: window.innerHeight - box.top + GAP } : { top: box.bottom + GAP }),
      })
    }
    place()
    // The box may grow while the list is open: chips are added to it.
    const grown = new ResizeObserver(place)
    if (anchor.current) grown.observe(anchor.current)
    window.addEventListener('resize', place)
    window.addEventListener('scroll', place, true)
    return () => {
      grown.disconnect()
      window.removeEventListener('resize', place)
      window.removeEventListener('scroll', place, true)
    }
  }, [anchor])
  return style
}
