import { NativeSelect, Stack, Textarea, TextInput } from '@mantine/core'
import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { useWords } from '../language.tsx'
import * as cases from './api.ts'
import { glassReasons, type GlassReason } from './api.ts'
import { glassReasonWord, words } from './glass-words.ts'

const wordsMin = 10

/** Opens a case for an hour in an emergency. Without `case` its number is asked for. */
export function BreakGlass({ case: id }: { readonly case?: string }) {
  const say = useWords(words)
  const may = useMay()
  const navigate = useNavigate()
  const [number, setNumber] = useState('')
  const [reason, setReason] = useState<GlassReason | ''>('')
  const [why, setWhy] = useState('')
  const wanted = id ?? number.trim()
  if (!may('cases.breakGlass')) return null
  const open = async () => {
    const broken = await cases.breakGlass({ case: wanted, reason: reason as GlassReason, words: why })
    await navigate({ to: '/cases/$case', params: { case: broken.case } })
  }
  return (
    <AskedButton
      label={say('break')}
      title={say('breakTitle')}
      sentence={say('breakSentence')}
      confirm={say('breakConfirm')}
      said={say('broken')}
      tone="bad"
      size="sm"
      isReady={wanted !== '' && reason !== '' && why.trim().length >= wordsMin}
      verb={open}
      changes={[['cases']]}
    >
      <Stack gap="xs">
        {id === undefined ? (
          <TextInput
            label={say('number')}
            value={number}
            data-autofocus
            maxLength={40}
            onChange={event => setNumber(event.currentTarget.value)}
          />
        ) : null}
        <NativeSelect
          label={say('reason')}
          value={reason}
          onChange={event => setReason(event.currentTarget.value as GlassReason | '')}
          data={[
            { value: '', label: '—' },
            ...glassReasons.map(each => ({ value: each, label: say(glassReasonWord[each]) })),
          ]}
        />
        <Textarea
          label={say('why')}
          description={say('whyHint')}
          autosize
          minRows={2}
          maxLength={500}
          value={why}
          onChange={event => setWhy(event.currentTarget.value)}
        />
      </Stack>
    </AskedButton>
  )
}
