import { useEffect, useState } from 'react'

const MINUTE = 60_000

/** Motorpool's present minute. The page and its server share one computer's clock. */
export function useBusinessTime(aheadMs: number): Date {
  const minuteNow = () => Math.floor((Date.now() + aheadMs) / MINUTE)
  const [, drawAgain] = useState(minuteNow)
  useEffect(() => {
    const timer = setInterval(() => drawAgain(Math.floor((Date.now() + aheadMs) / MINUTE)), 1000)
    return () => clearInterval(timer)
  }, [aheadMs])
  return new Date(minuteNow() * MINUTE)
}
