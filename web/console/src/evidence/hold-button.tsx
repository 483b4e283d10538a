import { Button } from '@mantine/core'
import { useEffect, useRef, useState } from 'react'
import { useWords } from '../language.tsx'
import { words } from './words.ts'

const holdMs = 1000
const armedMs = 4000

/**
 * A button that must be held: by pointer, or by Space or Enter. Whoever cannot hold presses twice; a single
 * slip of the hand shows nothing.
 */
export function HoldButton({
  isOff,
  isBusy,
  act,
}: {
  readonly isOff: boolean
  readonly isBusy: boolean
  readonly act: () => void
}) {
  const say = useWords(words)
  const [isHeld, setHeld] = useState(false)
  const [isArmed, setArmed] = useState(false)
  const isDone = useRef(false)

  useEffect(() => {
    if (!isHeld) return undefined
    const timer = setTimeout(() => {
      isDone.current = true
      setHeld(false)
      act()
    }, holdMs)
    return () => clearTimeout(timer)
  }, [isHeld])
  useEffect(() => {
    if (!isArmed) return undefined
    const timer = setTimeout(() => setArmed(false), armedMs)
    return () => clearTimeout(timer)
  }, [isArmed])

  const begin = () => {
    isDone.current = false
    setHeld(true)
  }
  const press = () => {
    setHeld(false)
    if (isDone.current) return
    if (!isArmed) return setArmed(true)
    setArmed(false)
    act()
  }
  return (
    <Button
      className={isHeld ? 'hold hold-held' : 'hold'}
      color="warn"
      disabled={isOff}
      loading={isBusy}
      onPointerDown={begin}
      onPointerLeave={() => setHeld(false)}
      onPointerCancel={() => setHeld(false)}
      onKeyDown={event => {
        if ((event.key === ' ' || event.key === 'Enter') && !event.repeat) begin()
        // Enter clicks at each repeat; the click comes from letting go instead.
        if (event.key === 'Enter') event.preventDefault()
      }}
      onKeyUp={event => {
        if (event.key === 'Enter') press()
      }}
      onBlur={() => setHeld(false)}
      onClick={press}
    >
      {say(isArmed ? 'holdAgain' : 'hold')}
    </Button>
  )
}
