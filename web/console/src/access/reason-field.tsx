import { NativeSelect } from '@mantine/core'
import { useState } from 'react'
import { useWords } from '../language.tsx'
import { refusalReasonWord, resetReasonWord, words } from './approval-words.ts'

const wordOf = { ...resetReasonWord, ...refusalReasonWord }
type Reason = keyof typeof wordOf

/** The reason chosen from a closed list, beginning with its first. */
export function useReason<const R extends Reason>(of: readonly [R, ...R[]]) {
  return useState<R>(of[0])
}

export function ReasonField<R extends Reason>({
  of,
  value,
  choose,
}: {
  readonly of: readonly R[]
  readonly value: R
  readonly choose: (reason: R) => void
}) {
  const say = useWords(words)
  return (
    <NativeSelect
      label={say('reason')}
      data-autofocus
      value={value}
      onChange={event => choose(event.currentTarget.value as R)}
      data={of.map(each => ({ value: each, label: say(wordOf[each]) }))}
    />
  )
}
