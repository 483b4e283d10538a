import { Code, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { ActButton, useAct } from '../controls/act.tsx'
import { Answer } from '../controls/answer.tsx'
import { Listing, useRows } from '../controls/list.tsx'
import { Empty, Facts, Page, Part } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as audit from './api.ts'
import type { LogFilter } from './api.ts'
import { FlagsPart } from './flags-part.tsx'
import { Filter, isId } from './log-filter.tsx'
import { TimeLine } from './time-line.tsx'
import { words } from './words.ts'

export function LogPage() {
  const say = useWords(words)
  const may = useMay()
  const exported = useAct({ verb: audit.exportLog })
  const [filter, setFilter] = useState<LogFilter>({})
  return (
    <Page
      title={say('title')}
      lead={say('lead')}
      beside={
        may('audit.read') ? (
          <ActButton act={exported} asked={undefined} variant="default">
            {say('export')}
          </ActButton>
        ) : null
      }
    >
      {may('audit.protect') ? <FlagsPart choose={account => setFilter({ account })} /> : null}
      {may('audit.read') ? <Entries filter={filter} change={setFilter} /> : null}
      <Head />
    </Page>
  )
}

function Head() {
  const say = useWords(words)
  const { number } = useSaying()
  const query = useQuery({ queryKey: ['audit', 'head'], queryFn: audit.head, ...live(5) })
  return (
    <Part title={say('head')}>
      <Answer of={query}>
        {head => (
          <>
            <Facts
              of={[
                [say('size'), number(head.size)],
                [say('waiting'), head.waiting === 0 ? say('waitingNone') : number(head.waiting)],
                [say('key'), <code key="key">{head.verifierKey}</code>],
              ]}
            />
            <Text size="sm" fw={600} mt="sm" mb={4}>
              {say('note')}
            </Text>
            {head.note === null ? (
              <Text size="sm">{say('noNote')}</Text>
            ) : (
              <Code block tabIndex={0}>
                {head.note}
              </Code>
            )}
            <Text size="sm" fw={600} mt="sm" mb={4}>
              {say('verify')}
            </Text>
            <Text size="sm" c="dimmed" mb={4}>
              {say('verifyHint')}
            </Text>
            <Code block tabIndex={0}>
              npm run jikimi -- verify log.ndjson
            </Code>
          </>
        )}
      </Answer>
    </Part>
  )
}

function Entries({
  filter,
  change,
}: {
  readonly filter: LogFilter
  readonly change: (filter: LogFilter) => void
}) {
  const say = useWords(words)
  const may = useMay()
  // An id that is still being typed is no question yet.
  const asked = Object.fromEntries(
    Object.entries(filter).filter(([name, value]) => name === 'kind' || isId(String(value))),
  ) as LogFilter
  const list = useRows(['audit', 'entries', asked], after => audit.entries(asked, after))
  return (
    <Part title={say(may('audit.protect') ? 'allEntries' : 'entries')}>
      <Text size="sm" c="dimmed" mb="xs">
        {say(may('audit.protect') ? 'allEntriesHint' : 'entriesHint')}
      </Text>
      <Filter of={filter} change={change} />
      <Listing of={list}>
        {rows =>
          rows.length === 0 ? (
            <Empty title={say('none')} hint={say('noneHint')} />
          ) : (
            <TimeLine of={rows} label={say('entries')} />
          )
        }
      </Listing>
    </Part>
  )
}
