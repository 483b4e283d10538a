import { Button, FileButton, Group, NativeSelect, Stack, Text, TextInput } from '@mantine/core'
import { IconFileUpload } from '@tabler/icons-react'
import { useState } from 'react'
import { Part } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useLanguage, useWords } from '../language.tsx'
import { opinions, type ListedBank, type Opinion } from './api.ts'
import { ImportResult } from './import-result.tsx'
import { useImport, type Content } from './use-import.ts'
import { words } from './list-words.ts'

const contents = ['pdq', 'vpdq', 'md5', 'sha1', 'sha256', 'jsonLines'] as const
type Choice = (typeof contents)[number]
const digests: readonly Choice[] = ['md5', 'sha1', 'sha256', 'jsonLines']
const hintOf = {
  pdq: 'hintPdq',
  vpdq: 'hintVpdq',
  md5: 'hintDigest',
  sha1: 'hintDigest',
  sha256: 'hintDigest',
  jsonLines: 'hintJsonLines',
} as const
const labelMax = 80

/** Brings a list into a bank: first only read, then, by a second press, brought in. */
export function ListImport({ bank }: { readonly bank: ListedBank }) {
  const say = useWords(words)
  const offered = bank.kind === 'list' ? digests : contents
  const [choice, setChoice] = useState<Choice>(offered[0]!)
  const [opinion, setOpinion] = useState<Opinion>('unstated')
  const [label, setLabel] = useState('')
  const [file, setFile] = useState<File | null>(null)
  const importing = useImport(bank.bank, file, contentOf(choice, opinion, label.trim()))
  // What was read on trial was read as something else.
  const change = (act: () => void) => {
    importing.forget()
    act()
  }
  const isOff = importing.isBusy
  return (
    <Part title={say('title')}>
      <Stack gap="sm" className="list-import">
        <Text size="sm" c="dimmed">
          {say('lead')}
        </Text>
        <NativeSelect
          label={say('content')}
          description={say(hintOf[choice])}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          disabled={isOff}
          value={choice}
          onChange={event => {
            const chosen = event.currentTarget.value as Choice
            change(() => setChoice(chosen))
          }}
          data={offered.map(each => ({ value: each, label: say(wordOf('content', each)) }))}
        />
        {choice === 'jsonLines' ? null : (
          <Group grow align="flex-start" preventGrowOverflow={false}>
            <NativeSelect
              label={say('opinion')}
              disabled={isOff}
              value={opinion}
              onChange={event => {
                const chosen = event.currentTarget.value as Opinion
                change(() => setOpinion(chosen))
              }}
              data={opinions.map(each => ({ value: each, label: say(wordOf('opinion', each)) }))}
            />
            <TextInput
              label={say('label')}
              description={say('labelHint')}
              inputWrapperOrder={['label', 'input', 'description', 'error']}
              maxLength={labelMax}
              disabled={isOff}
              value={label}
              onChange={event => {
                const typed = event.currentTarget.value
                change(() => setLabel(typed))
              }}
            />
          </Group>
        )}
        <Chosen file={file} isOff={isOff} choose={next => change(() => setFile(next))} />
        <ImportResult importing={importing} hasFile={file !== null} />
      </Stack>
    </Part>
  )
}

function contentOf(choice: Choice, opinion: Opinion, label: string): Content {
  if (choice === 'jsonLines') return { form: 'jsonLines' }
  return { form: 'values', algorithm: choice, opinion, ...(label === '' ? {} : { label }) }
}

function Chosen({
  file,
  isOff,
  choose,
}: {
  readonly file: File | null
  readonly isOff: boolean
  readonly choose: (file: File) => void
}) {
  const say = useWords(words)
  const sizeOf = useSize()
  return (
    <Group gap="sm">
      <FileButton
        accept=".txt,.csv,.json,.jsonl,.ndjson,text/*"
        onChange={next => (next === null ? undefined : choose(next))}
        disabled={isOff}
        inputProps={{ 'aria-label': say('choose') }}
      >
        {props => (
          <Button {...props} variant="default" disabled={isOff} leftSection={<IconFileUpload size={16} />}>
            {say(file === null ? 'choose' : 'chooseOther')}
          </Button>
        )}
      </FileButton>
      {file === null ? null : (
        <Text size="sm" className="file-name">
          {say('chosen', { name: file.name, size: sizeOf(file.size) })}
        </Text>
      )}
    </Group>
  )
}

const units = ['byte', 'kilobyte', 'megabyte', 'gigabyte'] as const

/** A size in the largest unit that it fills, as `3.2MB`. */
function useSize(): (bytes: number) => string {
  const language = useLanguage()
  return bytes => {
    const step = bytes < 1 ? 0 : Math.min(units.length - 1, Math.floor(Math.log(bytes) / Math.log(1024)))
    const form = {
      style: 'unit',
      unit: units[step]!,
      unitDisplay: 'short',
      maximumFractionDigits: 1,
    } as const
    return new Intl.NumberFormat(language, form).format(bytes / 1024 ** step)
  }
}
