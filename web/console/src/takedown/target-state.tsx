import { Chip } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import type { Tone } from '../look.ts'
import type { Target, TargetState, Verdict } from './api.ts'
import { words } from './words.ts'

const toneOf: Readonly<Record<TargetState, Tone>> = {
  open: 'plain',
  awaitingChannel: 'warn',
  noticed: 'accent',
  needsInfo: 'warn',
  refused: 'bad',
  claimedDown: 'accent',
  suspectedDown: 'warn',
  downOnce: 'accent',
  verifiedDown: 'good',
  reappeared: 'bad',
  exhausted: 'bad',
  withdrawn: 'plain',
}

export function TargetStateChip({ of }: { readonly of: TargetState }) {
  const say = useWords(words)
  return <Chip tone={toneOf[of]}>{say(wordOf('state', of))}</Chip>
}

export function VerdictWord({ of }: { readonly of: Verdict | null }) {
  const say = useWords(words)
  if (of === null) return <span className="quiet">{say('never')}</span>
  return (
    <span
      className={
        of.startsWith('up') ? 'tone-bad' : of.startsWith('down') || of === 'mediaGone' ? 'tone-good' : ''
      }
    >
      {say(wordOf('verdict', of))}
    </span>
  )
}

/** True where a person must act before anything goes on. */
export function waitsForPerson(target: Target): boolean {
  if (target.attention !== null) return true
  return (
    target.state === 'awaitingChannel' || target.state === 'needsInfo' || target.state === 'suspectedDown'
  )
}
