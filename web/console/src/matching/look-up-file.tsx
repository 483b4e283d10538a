import { isStopped } from '@jikimi/shared/api.ts'
import { Alert, Button, FileButton, Group, Progress as Bar, Stack, Text } from '@mantine/core'
import { IconFileSearch } from '@tabler/icons-react'
import { useEffect, useRef, useState } from 'react'
import { useAct } from '../controls/act.tsx'
import { Refused } from '../controls/answer.tsx'
import { useWords } from '../language.tsx'
import * as matching from './api.ts'
import { percentOf } from './bank-state.tsx'
import { NotRead, valuesOf } from './file-values.ts'
import type { Stage } from './file-words.ts'
import type { Answered } from './look-up-page.tsx'
import { words } from './look-up-words.ts'

/** What is being done with the file, and how far it is; the server's answer has no share. */
interface Doing {
  readonly stage: Stage | 'asking'
  readonly share: number
}

/** Asks for a file by what this device makes of it. */
export function ByFile({ answer }: { readonly answer: (answered: Answered) => void }) {
  const say = useWords(words)
  const [doing, setDoing] = useState<Doing>()
  const [isUnread, setUnread] = useState(false)
  const running = useRef<AbortController>(undefined)
  useEffect(() => () => running.current?.abort(), [])
  const act = useAct({
    verb: async (file: File) => {
      const control = new AbortController()
      running.current = control
      setUnread(false)
      setDoing({ stage: 'digests', share: 0 })
      try {
        const heard = (stage: Stage, share: number) => setDoing({ stage, share })
        const { asked, note } = await valuesOf(file, { signal: control.signal, heard })
        setDoing({ stage: 'asking', share: 1 })
        return { ...(await matching.lookUp(asked, control.signal)), note }
      } catch (error) {
        if (error instanceof NotRead) setUnread(true)
        if (error instanceof NotRead || isStopped(error)) return undefined
        throw error
      } finally {
        setDoing(undefined)
      }
    },
    isQuiet: true,
    after: (answered, file) => {
      if (answered !== undefined) answer({ ...answered, what: file.name })
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
      {doing === undefined ? null : <Progress of={doing} stop={() => running.current?.abort()} />}
      {isUnread ? (
        <Alert color="bad" role="alert">
          {say('notRead')}
        </Alert>
      ) : null}
      <Refused error={act.error} />
    </Stack>
  )
}

const stageWords = { digests: 'readingFile', film: 'readingFilm', asking: 'asking' } as const

function Progress({ of: { stage, share }, stop }: { readonly of: Doing; readonly stop: () => void }) {
  const say = useWords(words)
  return (
    <Stack gap={6}>
      <Text size="sm" id="file-progress">
        {say(stageWords[stage], { percent: percentOf(share) })}
      </Text>
      <Bar.Root>
        <Bar.Section value={share * 100} aria-labelledby="file-progress" />
      </Bar.Root>
      <Group>
        <Button variant="default" onClick={stop}>
          {say('stop')}
        </Button>
      </Group>
    </Stack>
  )
}
