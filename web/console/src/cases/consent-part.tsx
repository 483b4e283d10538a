import { Alert, Button, Group, NativeSelect, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { useAct } from '../controls/act.tsx'
import { Answer } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import * as cases from './api.ts'
import { purposes, type Consent, type Purpose } from './api.ts'
import { words } from './consent-words.ts'

/** What the victim has consented to, purpose by purpose; the team writes down what it is told. */
export function ConsentPart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const may = useMay()
  const query = useQuery({ queryKey: ['cases', 'consents', id], queryFn: () => cases.consents(id) })
  return (
    <Part title={say('title')}>
      <Text size="sm" c="dimmed" mb="xs">
        {say('lead')}
      </Text>
      <Answer of={query} lines={4}>
        {({ rows, mayBeAsked }) => (
          <>
            {mayBeAsked ? null : (
              <Text size="sm" mb="xs">
                {say('bystander')}
              </Text>
            )}
            <Rows
              of={rows}
              label={say('title')}
              keyOf={row => row.purpose}
              empty={null}
              columns={[
                { key: 'what', name: say('what'), cell: row => say(row.purpose) },
                { key: 'answer', name: say('answer'), cell: row => <State of={row} /> },
                { key: 'said', name: say('how'), cell: row => <Said of={row} /> },
              ]}
            />
            {mayBeAsked && may('cases.consent') ? <Taking case={id} rows={rows} /> : null}
          </>
        )}
      </Answer>
    </Part>
  )
}

function State({ of }: { readonly of: Consent }) {
  const say = useWords(words)
  if (of.isByLaw) return <Chip tone="accent">{say('byLaw')}</Chip>
  if (of.isGiven === null) return <Chip>{say('unsaid')}</Chip>
  if (of.isGiven) return <Chip tone="good">{say('given')}</Chip>
  return (
    <Group gap={4}>
      <Chip tone="bad">{say('withdrawn')}</Chip>
      {of.stopped === 'underWay' ? <Chip tone="warn">{say('underWay')}</Chip> : null}
      {of.stopped === 'done' ? <Chip>{say('done')}</Chip> : null}
    </Group>
  )
}

function Said({ of }: { readonly of: Consent }) {
  const say = useWords(words)
  if (of.saidAt === null) return <>–</>
  const by =
    of.saidBy === 'report'
      ? 'saidInReport'
      : of.saidBy === 'reporter'
        ? 'saidByReporter'
        : of.how === 'written'
          ? 'saidToStaffWritten'
          : 'saidToStaffSpoken'
  return (
    <>
      {say(by)} <When at={of.saidAt} />
    </>
  )
}

function Taking({ case: id, rows }: { readonly case: string; readonly rows: readonly Consent[] }) {
  const say = useWords(words)
  const open = purposes.filter(each => rows.find(row => row.purpose === each)?.isByLaw !== true)
  const [purpose, setPurpose] = useState<Purpose>(open[0] ?? 'banks')
  const [isGiven, setGiven] = useState(true)
  const [how, setHow] = useState<'spoken' | 'written'>('spoken')
  const act = useAct({
    verb: () => cases.takeConsent(id, { purpose, isGiven, how }),
    changes: [['cases']],
    said: say('saved'),
  })
  return (
    <details className="taking">
      <summary>{say('record')}</summary>
      <form
        onSubmit={event => {
          event.preventDefault()
          act.run(undefined)
        }}
      >
        <NativeSelect
          label={say('what')}
          value={purpose}
          data={open.map(each => ({ value: each, label: say(each) }))}
          onChange={event => setPurpose(event.currentTarget.value as Purpose)}
        />
        <NativeSelect
          label={say('answer')}
          value={isGiven ? 'given' : 'withdrawn'}
          data={(['given', 'withdrawn'] as const).map(each => ({ value: each, label: say(each) }))}
          onChange={event => setGiven(event.currentTarget.value === 'given')}
        />
        <NativeSelect
          label={say('how')}
          value={how}
          data={(['spoken', 'written'] as const).map(each => ({ value: each, label: say(each) }))}
          onChange={event => setHow(event.currentTarget.value as 'spoken' | 'written')}
        />
        <Text size="xs" c="dimmed" my={6}>
          {say('hint')}
        </Text>
        <Button type="submit" size="xs" loading={act.isBusy}>
          {say('save')}
        </Button>
      </form>
    </details>
  )
}

/** Said on every tab of the case: a slip here puts a child in danger. */
export function GuardianWarning() {
  const say = useWords(words)
  return (
    <Alert color="bad" title={say('guardianTitle')} mb="md">
      {say('guardian')}
    </Alert>
  )
}
