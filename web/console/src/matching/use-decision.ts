import { useEffect, useRef, useState } from 'react'
import { useAct } from '../controls/act.tsx'
import { useWords } from '../language.tsx'
import { queries } from '../server.ts'
import * as matching from './api.ts'
import type { Match, Verdict } from './api.ts'
import { words } from './words.ts'

/** A decision waits this long before it is sent: as long as it waits it can be undone. */
export const undoMs = 5000

const changes = [['matching'], ['cases'], ['takedown']]

/** What a bank of no case knows acts when two people agree; only the server knows who serves alone. */
export const needsSecond = (of: Match): boolean => of.kind === 'listed' && of.agreed === null

export interface Deciding {
  /** What was decided and not yet sent, or is on its way. */
  readonly verdict: Verdict | undefined
  readonly isSent: boolean
  readonly decide: (verdict: Verdict) => void
  readonly undo: () => void
}

/**
 * One decision about one match. Whoever leaves the page has decided: then it is sent at once. Whoever closes the
 * window within the five seconds has not, and the match waits on.
 */
export function useDecision(of: Match): Deciding {
  const { match } = of
  const say = useWords(words)
  const [verdict, setVerdict] = useState<Verdict>()
  const [isSent, setSent] = useState(false)
  const waiting = useRef<Verdict>(undefined)
  const act = useAct({
    verb: (asked: Verdict) => matching.decide(match, asked),
    changes,
    said: say(verdict !== 'same' ? 'decidedDifferent' : needsSecond(of) ? 'decidedFirst' : 'decidedSame'),
  })
  const { run, error } = act

  useEffect(() => {
    if (verdict === undefined) return undefined
    waiting.current = verdict
    const timer = setTimeout(() => {
      waiting.current = undefined
      setSent(true)
      run(verdict)
    }, undoMs)
    return () => clearTimeout(timer)
    // `run` is made anew at each drawing; the clock starts with the decision alone.
  }, [verdict])

  useEffect(() => () => sendNow(match, waiting.current), [match])

  const undo = () => {
    waiting.current = undefined
    setVerdict(undefined)
    setSent(false)
  }
  // Refused: the match can be decided again. What was refused stands in the notice.
  useEffect(() => {
    if (error !== null) undo()
  }, [error])

  return { verdict, isSent, decide: setVerdict, undo }
}

function sendNow(match: string, verdict: Verdict | undefined): void {
  if (verdict === undefined) return
  matching.decide(match, verdict).then(
    () => Promise.all(changes.map(queryKey => queries.invalidateQueries({ queryKey }))),
    // It is not decided: it stands in the list again.
    () => queries.invalidateQueries({ queryKey: ['matching'] }),
  )
}
