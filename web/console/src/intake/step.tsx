import { Chip } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import type { Tone } from '../look.ts'
import type { Step } from './api.ts'
import { wordOf, words } from './words.ts'

const toneOf: Readonly<Record<Step, Tone>> = {
  received: 'plain',
  captured: 'plain',
  recognised: 'accent',
  underReview: 'warn',
  notYours: 'plain',
  requested: 'accent',
  answered: 'accent',
  refusedByHost: 'bad',
  removed: 'accent',
  verified: 'good',
  blocked: 'good',
  unblocked: 'warn',
  returned: 'bad',
  unreachable: 'warn',
  stopped: 'plain',
}

export function StepChip({ step }: { readonly step: Step }) {
  const say = useWords(words)
  return <Chip tone={toneOf[step]}>{say(wordOf('step', step))}</Chip>
}
