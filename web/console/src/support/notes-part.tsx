import { Alert, Button, Group, Modal, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { Answer } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { Empty, Facts, Part, When } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import * as support from './api.ts'
import { planParts, type Note, type NoteLine } from './api.ts'
import { AllowedPart } from './allowed-part.tsx'
import { AskScreen, MakeSafetyPlan, WriteNote } from './note-form.tsx'
import { words } from './note-words.ts'

/** What was written about the victim, for those alone whom the victim lets read it. */
export function NotesPart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const may = useMay()
  const [opened, setOpened] = useState<NoteLine>()
  const query = useQuery({ queryKey: ['support', 'notes', id], queryFn: () => support.notes(id) })
  return (
    <>
      <Part
        title={say('notes')}
        beside={
          may('support.counsel') ? (
            <Group gap="xs">
              <WriteNote case={id} />
              <MakeSafetyPlan case={id} />
              <AskScreen case={id} />
            </Group>
          ) : null
        }
      >
        <Text size="sm" c="dimmed" mb="xs">
          {say('lead')}
        </Text>
        <Answer of={query}>
          {({ rows }) => (
            <Rows
              of={rows}
              label={say('notes')}
              keyOf={row => row.note}
              empty={<Empty title={say('none')} hint={say('noneHint')} />}
              columns={[
                { key: 'kind', name: say('kind'), isWide: true, cell: row => say(row.kind) },
                { key: 'author', name: say('author'), cell: row => row.author ?? '—' },
                { key: 'writtenAt', name: say('writtenAt'), cell: row => <When at={row.writtenAt} /> },
                {
                  key: 'acts',
                  name: say('acts'),
                  isAct: true,
                  cell: row => (
                    <Button variant="default" size="xs" onClick={() => setOpened(row)}>
                      {say('open')}
                    </Button>
                  ),
                },
              ]}
            />
          )}
        </Answer>
      </Part>
      <AllowedPart case={id} />
      <Modal
        opened={opened !== undefined}
        onClose={() => setOpened(undefined)}
        title={say('openTitle')}
        closeButtonProps={{ 'aria-label': say('close') }}
      >
        {opened === undefined ? null : <Opened note={opened.note} />}
      </Modal>
    </>
  )
}

function Opened({ note }: { readonly note: string }) {
  // Asked once and kept by nobody: each opening is a reading, and is in the log.
  const query = useQuery({
    queryKey: ['support', 'open-note', note],
    queryFn: () => support.note(note),
    gcTime: 0,
    staleTime: Number.POSITIVE_INFINITY,
    refetchOnWindowFocus: false,
    refetchOnReconnect: false,
  })
  return <Answer of={query}>{read => <Words of={read} />}</Answer>
}

function Words({ of }: { readonly of: Note }) {
  const say = useWords(words)
  const { either } = useSaying()
  const { parts, screen } = of
  if (screen !== null)
    return (
      <>
        <Facts
          of={[
            [say('screen'), screen.code],
            [say('score'), say('scoreOf', { score: screen.score, max: screen.scoreMax })],
          ]}
        />
        <Text size="sm">{either(screen.band)}</Text>
        {screen.attention === null ? null : (
          <Alert color="bad" mt="sm" title={say('attention')}>
            {either(screen.attention)}
          </Alert>
        )}
      </>
    )
  if (parts !== null)
    return (
      <Facts
        of={planParts
          .filter(each => (parts[each] ?? '') !== '')
          .map(each => [say(each), parts[each] ?? ''] as const)}
      />
    )
  return <Text style={{ whiteSpace: 'pre-wrap' }}>{of.text}</Text>
}
