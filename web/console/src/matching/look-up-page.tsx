import { isStopped } from '@jikimi/shared/api.ts'
import {
  Alert,
  Button,
  FileButton,
  Group,
  Progress as Bar,
  Radio,
  Stack,
  Text,
  TextInput,
} from '@mantine/core'
import { IconFileSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { Page, Part } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import * as matching from './api.ts'
import type { Hit, Lookup } from './api.ts'
import { percentOf } from './bank-state.tsx'
import { NotRead, valuesOf } from './file-values.ts'
import { LookUpHits } from './look-up-hits.tsx'
import { words } from './look-up-words.ts'

interface Answered {
  readonly hits: readonly Hit[]
  /** What was asked about, for the reader: a value's beginning or a file's name. It stays on this page. */
  readonly what: string
  readonly note: 'weak' | 'digestsOnly' | null
}

/** Whether the banks know a value or a file. The answer says where, how near, and never what is stored. */
export function LookUpPage() {
  const say = useWords(words)
  const [answer, setAnswer] = useState<Answered>()
  return (
    <Page title={say('title')} lead={say('lead')}>
      <div className="columns">
        <Part title={say('byValue')}>
          <ByValue answer={setAnswer} />
        </Part>
        <Part title={say('byFile')}>
          <ByFile answer={setAnswer} />
        </Part>
      </div>
      {answer === undefined ? null : (
        <Part title={say('results')}>
          <Text size="sm" mb={6} role="status" className="file-name">
            {say('resultOf', { what: answer.what })}
            {answer.note === null ? null : ` · ${say(answer.note)}`}
          </Text>
          <LookUpHits
            of={answer.hits}
            forget={entry => setAnswer({ ...answer, hits: answer.hits.filter(each => each.entry !== entry) })}
          />
        </Part>
      )}
    </Page>
  )
}

// So much of a value is shown as tells it from the one before.
const shownDigits = 12

function ByValue({ answer }: { readonly answer: (answered: Answered) => void }) {
  const say = useWords(words)
  const [typed, setTyped] = useState('')
  const [isPdq, setPdq] = useState(true)
  const value = typed.replaceAll(/\s+/g, '').toLowerCase()
  const isValue = /^([0-9a-f]{32}|[0-9a-f]{40}|[0-9a-f]{64})$/.test(value)
  const is64 = isValue && value.length === 64
  const act = useAct({
    verb: (asked: Lookup) => matching.lookUp(asked),
    isQuiet: true,
    after: ({ hits }) => answer({ hits, what: `${value.slice(0, shownDigits)}…`, note: null }),
  })
  return (
    <form
      onSubmit={event => {
        event.preventDefault()
        if (isValue) act.run(is64 && isPdq ? { fingerprint: value } : { digest: value })
      }}
    >
      <Stack gap="sm">
        <TextInput
          data-search
          className="value-field"
          label={say('value')}
          description={say('valueHint')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          error={value === '' || isValue ? null : say('valueWrong')}
          autoComplete="off"
          spellCheck={false}
          maxLength={200}
          value={typed}
          onChange={event => setTyped(event.currentTarget.value)}
        />
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
          <Button type="submit" loading={act.isBusy} disabled={!isValue}>
            {say('lookUp')}
          </Button>
        </Group>
      </Stack>
    </form>
  )
}

function ByFile({ answer }: { readonly answer: (answered: Answered) => void }) {
  const say = useWords(words)
  const [share, setShare] = useState<number>()
  const [isUnread, setUnread] = useState(false)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const act = useAct({
    verb: async (file: File) => {
      const control = new AbortController()
      running.current = control
      setUnread(false)
      setShare(0)
      try {
        const made = await valuesOf(file, { signal: control.signal, heard: setShare })
        const { hits } = await matching.lookUp({ file: made.values })
        return { hits, made }
      } catch (error) {
        if (error instanceof NotRead) setUnread(true)
        if (error instanceof NotRead || isStopped(error)) return undefined
        throw error
      } finally {
        setShare(undefined)
      }
    },
    isQuiet: true,
    after: (answered, file) => {
      if (answered === undefined) return
      const { hits, made } = answered
      const note = made.values.turns.length === 0 ? 'digestsOnly' : made.isWeak ? 'weak' : null
      answer({ hits, what: file.name, note })
    },
  })
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {say('byFileHint')}
      </Text>
      <Group>
        <FileButton
          onChange={file => (file === null ? undefined : act.run(file))}
          disabled={act.isBusy}
          inputProps={{ 'aria-label': say('choose') }}
        >
          {props => (
            <Button
              {...props}
              variant="default"
              disabled={act.isBusy}
              leftSection={<IconFileSearch size={16} />}
            >
              {say('choose')}
            </Button>
          )}
        </FileButton>
      </Group>
      {share === undefined ? null : (
        <Stack gap={6}>
          <Text size="sm" id="file-progress">
            {say('making', { percent: percentOf(share) })}
          </Text>
          <Bar.Root>
            <Bar.Section value={share * 100} aria-labelledby="file-progress" />
          </Bar.Root>
          <Group>
            <Button variant="default" onClick={() => running.current?.abort()}>
              {say('stop')}
            </Button>
          </Group>
        </Stack>
      )}
      {isUnread ? (
        <Alert color="bad" role="alert">
          {say('notRead')}
        </Alert>
      ) : null}
      <Refused error={act.error} />
    </Stack>
  )
}
