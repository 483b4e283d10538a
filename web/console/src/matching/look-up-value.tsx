import { Button, Group, Radio, Stack, Text, Textarea } from '@mantine/core'
import { useMemo, useState, type KeyboardEvent } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { useSaying, useWords } from '../language.tsx'
import * as matching from './api.ts'
import type { Lookup } from './api.ts'
import { clockOf } from './clock.ts'
import type { Answered } from './look-up-page.tsx'
import { words } from './look-up-words.ts'
import { askable, pastedIn, type Pasted } from './pasted.ts'

// So much of a value is shown as tells it from the one before.
const shownDigits = 12

/** Asks for what was pasted: one hash, or the lines of a film. */
export function ByValue({ answer }: { readonly answer: (answered: Answered) => void }) {
  const say = useWords(words)
  const { number } = useSaying()
  const [typed, setTyped] = useState('')
  const [isPdq, setPdq] = useState(true)
  const pasted = useMemo(() => pastedIn(typed), [typed])
  const asked = askedFor(pasted, isPdq)
  const is64 = pasted.kind === 'value' && pasted.value.length === 64
  const act = useAct({
    verb: async ({ lookup, of }: { lookup: Lookup; of: Pasted }) => ({
      ...(await matching.lookUp(lookup)),
      of,
    }),
    isQuiet: true,
    after: ({ of, ...found }) => {
      const what =
        of.kind === 'film'
          ? say('filmOf', { count: number(of.film.frames.length) })
          : `${of.kind === 'value' ? of.value.slice(0, shownDigits) : ''}…`
      answer({ ...found, what, note: null })
    },
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (asked !== undefined) act.run({ lookup: asked, of: pasted })
      }}
    >
      <Stack gap="sm">
        <Textarea
          data-search
          className="value-field"
          label={say('value')}
          description={say('valueHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={faultOf(pasted, say)}
          autoComplete="off"
          spellCheck={false}
          rows={3}
          resize="vertical"
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
          onKeyDown={submitOfOneLine}
        />
        {pasted.kind === 'film' ? (
          <Text size="sm" role="status">
            {say('filmRead', {
              count: number(pasted.film.frames.length),
              end: clockOf(pasted.film.durationMs),
            })}
          </Text>
        ) : null}
        {is64 ? (
          <Radio.Group
            label={say('is64')}
            value={isPdq ? 'pdq' : 'sha256'}
            onChange={chosen => setPdq(chosen === 'pdq')}
          >
            <Stack gap={8} mt={6}>
              <Radio value="pdq" label={say('isPdq')} />
              <Radio value="sha256" label={say('isSha256')} />
            </Stack>
          </Radio.Group>
        ) : null}
        <Refused error={act.error} />
        <Group>
          <Button type="submit" loading={act.isBusy} disabled={asked === undefined}>
            {say('lookUp')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function askedFor(pasted: Pasted, isPdq: boolean): Lookup | undefined {
  if (pasted.kind === 'film') return { film: askable(pasted.film), digests: [] }
  if (pasted.kind !== 'value') return undefined
  return pasted.value.length === 64 && isPdq ? { fingerprint: pasted.value } : { digest: pasted.value }
}

function faultOf(
  pasted: Pasted,
  say: (key: 'valueWrong' | 'lineWrong', values?: { readonly line: number }) => string,
): string | null {
  if (pasted.kind === 'wrongLine') return say('lineWrong', { line: pasted.line })
  return pasted.kind === 'wrongValue' ? say('valueWrong') : null
}

/** A single hash is asked for by Enter, as in a field of one line; in lines of a film Enter is a new line. */
function submitOfOneLine(event: KeyboardEvent<HTMLTextAreaElement>): void {
  const { form, value } = event.currentTarget
  if (event.key !== 'Enter' || event.shiftKey || value.includes(',')) return
  event.preventDefault()
  form?.requestSubmit()
}
