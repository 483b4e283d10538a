import { NativeSelect, Stack, Textarea } from '@mantine/core'
import { useState } from 'react'
import { AskedButton } from '../controls/choice.tsx'
import { wordOf } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import * as matching from './api.ts'
import { reversalReasons, type Match, type ReversalReason } from './api.ts'
import { words } from './words.ts'

const changes = [['matching'], ['cases'], ['takedown'], ['blocking']]

// As the server says.
const wordsMax = 1000

/** Takes a confirmed match back, with the reason; what follows from it ends. */
export function TakeBack({ of }: { readonly of: Match }) {
  const say = useWords(words)
  const [reason, setReason] = useState<ReversalReason>('anotherPerson')
  const [added, setAdded] = useState('')
  return (
    <AskedButton
      label={say('takeBack')}
      title={say('takeBackTitle')}
      sentence={say('takeBackSentence')}
      confirm={say('takeBackConfirm')}
      tone="bad"
      size="xs"
      verb={() => matching.takeBack(of.match, reason, added.trim())}
      changes={changes}
    >
      <Stack gap="sm">
        <NativeSelect
          label={say('takeBackReason')}
          data-autofocus
          value={reason}
          onChange={event => setReason(event.currentTarget.value as ReversalReason)}
          data={reversalReasons.map(each => ({ value: each, label: say(wordOf('back', each)) }))}
        />
        <Textarea
          label={say('takeBackWords')}
          description={say('takeBackWordsHint')}
          autosize
          minRows={2}
          maxRows={6}
          maxLength={wordsMax}
          value={added}
          onChange={event => setAdded(event.currentTarget.value)}
        />
      </Stack>
    </AskedButton>
  )
}

/** Why a match was taken back. */
export function TakenBack({ reversal }: { readonly reversal: NonNullable<Match['reversal']> }) {
  const say = useWords(words)
  return (
    <p className="quiet match-waits">
      {say('takenBack')} {say(wordOf('back', reversal.reason))}
      {reversal.words === null ? null : `: ${reversal.words}`}
    </p>
  )
}
