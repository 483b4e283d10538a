import { Alert, Checkbox, NativeSelect, Stack, Text, Textarea, TextInput } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { ActButton, useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { AskedButton } from '../controls/choice.tsx'
import { useSaying, useWords } from '../language.tsx'
import * as support from './api.ts'
import { facts, type Draft } from './api.ts'
import { words } from './referral-words.ts'

const blank: Draft = { body: '', language: 'ko', facts: [], wishedName: '', words: '' }

/** Refers the victim to a body: what they allow is chosen, the text is shown, and only then it goes. */
export function Refer({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const [draft, setDraft] = useState<Draft>(blank)
  const [shown, setShown] = useState<string>()
  const [isAllowed, setAllowed] = useState(false)
  // What was shown is not what would be sent any more.
  const change = (part: Partial<Draft>) => {
    setDraft(before => ({ ...before, ...part }))
    setShown(undefined)
    setAllowed(false)
  }
  const act = useAct({
    verb: () => support.draftReferral(id, draft),
    isQuiet: true,
    after: ({ text }) => setShown(text),
  })
  return (
    <AskedButton
      label={say('refer')}
      title={say('referTitle')}
      sentence={say('referSentence')}
      confirm={say('refer')}
      said={say('sent')}
      size="sm"
      isReady={shown !== undefined && isAllowed}
      verb={() => support.refer(id, draft).then(() => change(blank))}
      changes={[['support', 'referrals']]}
    >
      <Fields draft={draft} change={change} />
      <ActButton act={act} asked={undefined} variant="default" size="sm">
        {say('show')}
      </ActButton>
      <Refused error={act.error} />
      {shown === undefined ? null : (
        <>
          <Alert color="accent" role="status" title={say('preview')}>
            <Text size="sm" className="prewrap">
              {shown}
            </Text>
          </Alert>
          <Checkbox
            label={say('isAllowed')}
            checked={isAllowed}
            onChange={event => setAllowed(event.currentTarget.checked)}
          />
        </>
      )}
    </AskedButton>
  )
}

function Fields({
  draft,
  change,
}: {
  readonly draft: Draft
  readonly change: (part: Partial<Draft>) => void
}) {
  const say = useWords(words)
  const { either } = useSaying()
  const bodies = useQuery({ queryKey: ['support', 'bodies'], queryFn: support.bodies, staleTime: 60_000 })
  const has = (fact: support.Fact) => draft.facts.includes(fact)
  return (
    <>
      <NativeSelect
        label={say('body')}
        value={draft.body}
        data-autofocus
        onChange={event => change({ body: event.currentTarget.value })}
        data={[
          { value: '', label: say('chooseBody') },
          ...(bodies.data?.rows ?? []).map(each => ({
            value: each.body,
            label: each.hasAgent ? either(each.name) : say('byPhone', { name: either(each.name) }),
          })),
        ]}
      />
      <NativeSelect
        label={say('messageLanguage')}
        value={draft.language}
        onChange={event => change({ language: event.currentTarget.value as Draft['language'] })}
        data={(['ko', 'en'] as const).map(each => ({ value: each, label: say(each) }))}
      />
      <fieldset className="bare">
        <legend>{say('allows')}</legend>
        <Stack gap={6}>
          {facts.map(fact => (
            <Checkbox
              key={fact}
              label={say(fact)}
              checked={has(fact)}
              onChange={event =>
                change({
                  facts: event.currentTarget.checked
                    ? [...draft.facts, fact]
                    : draft.facts.filter(each => each !== fact),
                })
              }
            />
          ))}
        </Stack>
      </fieldset>
      {has('wishedName') ? (
        <TextInput
          aria-label={say('wishedName')}
          placeholder={say('wishedName')}
          maxLength={60}
          value={draft.wishedName}
          onChange={event => change({ wishedName: event.currentTarget.value })}
        />
      ) : null}
      {has('words') ? (
        <Textarea
          aria-label={say('words')}
          placeholder={say('words')}
          autosize
          minRows={2}
          maxLength={2000}
          value={draft.words}
          onChange={event => change({ words: event.currentTarget.value })}
        />
      ) : null}
    </>
  )
}
