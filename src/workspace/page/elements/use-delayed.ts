import { useCallback, useEffect, useRef } from 'react'

/** Calls the newest `act` once, when `pauseMs` have passed without another call; never after the component is gone. */
export function useDelayed<Arguments extends unknown[]>(act: (...given: Arguments) => void, pauseMs: number) {
  const timer = useRef<ReturnType<typeof setTimeout>>(undefined)
  const latest = useRef(act)
  latest.current = act
  useEffect(() => () => clearTimeout(timer.current), [])
  return useCallback(
    (...given: Arguments) => {
      clearTimeout(timer.current)
      timer.current = setTimeout(() => latest.current(...given), pauseMs)
    },
    [pauseMs],
  )
}
