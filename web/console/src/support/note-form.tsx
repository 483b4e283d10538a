import { Alert, NativeSelect, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { AskedButton } from '../controls/choice.tsx'
import { useSaying, useWords } from '../language.tsx'
import * as support from './api.ts'
import { planParts, type PlanPart, type Screen } from './api.ts'
import { words } from './note-words.ts'

const changes = [['support', 'notes']]

/** A counsellor writes a note; saved, it is sealed. */
export function WriteNote({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const [text, setText] = useState('')
  return (
    <AskedButton
      label={say('write')}
      title={say('writeTitle')}
      sentence={say('writeSentence')}
      confirm={say('seal')}
      said={say('sealed')}
      size="sm"
      isReady={text.trim() !== ''}
      verb={() => support.writeNote(id, { kind: 'note', text: text.trim() }).then(() => setText(''))}
      changes={changes}
    >
      <Textarea
        label={say('text')}
        autosize
        minRows={6}
        maxRows={16}
        maxLength={20_000}
        value={text}
        data-autofocus
        onChange={event => setText(event.currentTarget.value)}
      />
    </AskedButton>
  )
}

/** The victim and the counsellor write down what to do when it gets hard. */
export function MakeSafetyPlan({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const [parts, setParts] = useState<Partial<Record<PlanPart, string>>>({})
  return (
    <AskedButton
      label={say('plan')}
      title={say('planTitle')}
      sentence={say('planSentence')}
      confirm={say('seal')}
      said={say('sealed')}
      size="sm"
      isReady={Object.values(parts).some(text => text.trim() !== '')}
      verb={() => support.writeNote(id, { kind: 'safetyPlan', parts }).then(() => setParts({}))}
      changes={changes}
    >
      {planParts.map((each, index) => (
        <Textarea
          key={each}
          label={say(each)}
          autosize
          minRows={1}
          maxLength={2000}
          value={parts[each] ?? ''}
          data-autofocus={index === 0}
          onChange={event => {
            const { value } = event.currentTarget
            setParts(before => ({ ...before, [each]: value }))
          }}
        />
      ))}
    </AskedButton>
  )
}

/** A standard screen, where the victim wishes. */
export function AskScreen({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const { either } = useSaying()
  const query = useQuery({
    queryKey: ['support', 'screens'],
    queryFn: support.screens,
    staleTime: 3_600_000,
  })
  const [code, setCode] = useState('')
  const [answers, setAnswers] = useState<readonly (number | undefined)[]>([])
  const screen = query.data?.rows.find(each => each.code === code)
  const given = answers.filter(each => each !== undefined)
  return (
    <AskedButton
      label={say('ask')}
      title={say('askTitle')}
      sentence={say('askSentence')}
      confirm={say('seal')}
      said={say('sealed')}
      size="sm"
      isReady={screen !== undefined && given.length === screen.questions.length}
      verb={() =>
        support.writeNote(id, { kind: 'screen', screen: code, answers: given }).then(() => setCode(''))
      }
      changes={changes}
    >
      <NativeSelect
        label={say('whichScreen')}
        value={code}
        data-autofocus
        onChange={event => {
          setCode(event.currentTarget.value)
          setAnswers([])
        }}
        data={[
          { value: '', label: say('choose') },
          ...(query.data?.rows ?? []).map(each => ({ value: each.code, label: either(each.name) })),
        ]}
      />
      {screen === undefined ? null : (
        <Questions
          of={screen}
          answers={answers}
          choose={(index, value) =>
            setAnswers(before => screen.questions.map((_, at) => (at === index ? value : before[at])))
          }
        />
      )}
    </AskedButton>
  )
}

function Questions({
  of,
  answers,
  choose,
}: {
  readonly of: Screen
  readonly answers: readonly (number | undefined)[]
  readonly choose: (index: number, value: number) => void
}) {
  const say = useWords(words)
  const { either } = useSaying()
  return (
    <>
      {of.translation === 'own' ? <Alert color="warn">{say('own')}</Alert> : null}
      <Text size="sm">{either(of.intro)}</Text>
      {of.questions.map((question, index) => (
        <Radio.Group
          key={question.en}
          label={`${index + 1}. ${either(question)}`}
          value={answers[index] === undefined ? '' : String(answers[index])}
          onChange={value => choose(index, Number(value))}
        >
          <Stack gap={6} mt={6}>
            {of.choices.map(each => (
              <Radio key={each.value} value={String(each.value)} label={either(each.name)} />
            ))}
          </Stack>
        </Radio.Group>
      ))}
      <Text size="xs" c="dimmed">
        {say('source')}: {of.source} {say('licence')}: {of.licence}
      </Text>
    </>
  )
}
