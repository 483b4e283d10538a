import { Alert, Button, Group, Progress as Bar, Stack, Text } from '@mantine/core'
import { Refused } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { wordOf } from '../intake/words.ts'
import { useSaying, useWords } from '../language.tsx'
import { percentOf } from './bank-state.tsx'
import { Unsendable, type Progress, type Totals } from './list-file.ts'
import type { Importing } from './use-import.ts'
import { words } from './list-words.ts'

/** How far a list is, what was wrong with it, and the press that comes next. */
export function ImportResult({
  importing,
  hasFile,
}: {
  readonly importing: Importing
  readonly hasFile: boolean
}) {
  const say = useWords(words)
  const { number } = useSaying()
  const { state } = importing
  if (state.at === 'nothing')
    return (
      <Group>
        <Button disabled={!hasFile} onClick={importing.read}>
          {say('read')}
        </Button>
      </Group>
    )
  if (state.at === 'reading' || state.at === 'importing')
    return <Working progress={state.progress} word={state.at} stop={importing.stop} />
  const { totals, share } = state.progress
  if (state.at === 'done')
    return (
      <Stack gap="sm" role="status">
        <Alert color="good">{say('done')}</Alert>
        <Counts of={totals} />
        <Wrong of={totals} />
      </Stack>
    )
  if (state.at === 'tried')
    return (
      <Stack gap="sm">
        <Alert color={totals.read === 0 ? 'warn' : 'accent'} role="status">
          {totals.read === 0 ? say('trialNone') : say('trialDone', { count: number(totals.read) })}
        </Alert>
        <Wrong of={totals} />
        <Group>
          <Button disabled={totals.read === 0} onClick={importing.bringIn}>
            {say('import', { count: number(totals.read) })}
          </Button>
        </Group>
      </Stack>
    )
  return (
    <Stack gap="sm">
      {state.error === null ? null : <Fault error={state.error} />}
      {state.isTrial ? null : (
        <>
          <Alert color="warn" role="status">
            {say('stopped', { percent: percentOf(share) })}
          </Alert>
          <Counts of={totals} />
        </>
      )}
      <Group>
        {state.isTrial ? (
          <Button onClick={importing.read}>{say('readAgain')}</Button>
        ) : (
          <Button onClick={importing.bringIn}>{say('resume')}</Button>
        )}
      </Group>
    </Stack>
  )
}

function Working({
  progress,
  word,
  stop,
}: {
  readonly progress: Progress
  readonly word: 'reading' | 'importing'
  readonly stop: () => void
}) {
  const say = useWords(words)
  const percent = percentOf(progress.share)
  return (
    <Stack gap={6}>
      <Text size="sm" id="list-progress">
        {say(word, { percent })}
      </Text>
      <Bar.Root>
        <Bar.Section value={percent} aria-labelledby="list-progress" />
      </Bar.Root>
      <Group>
        <Button variant="default" onClick={stop}>
          {say('stop')}
        </Button>
      </Group>
    </Stack>
  )
}

function Fault({ error }: { readonly error: Error }) {
  const say = useWords(words)
  if (!(error instanceof Unsendable)) return <Refused error={error} />
  return (
    <Alert color="bad" role="alert">
      {say(wordOf('unsendable', error.fault))}
    </Alert>
  )
}

function Counts({ of }: { readonly of: Totals }) {
  const say = useWords(words)
  const { number } = useSaying()
  const tiles = [
    [say('added'), of.added],
    [say('known'), of.known],
    [say('withdrawnBefore'), of.withdrawn],
  ] as const
  return (
    <>
      <dl className="tiles list-tiles">
        {tiles.map(([name, count]) => (
          <div key={name} className="tile">
            <dt>{name}</dt>
            <dd>{number(count)}</dd>
          </div>
        ))}
      </dl>
      {of.withdrawn > 0 ? <p className="quiet">{say('withdrawnHint')}</p> : null}
    </>
  )
}

function Wrong({ of }: { readonly of: Totals }) {
  const say = useWords(words)
  const { number } = useSaying()
  if (of.unreadableCount === 0) return null
  return (
    <Stack gap={6}>
      <Text size="sm">
        {say('unreadable', { count: number(of.unreadableCount) })}{' '}
        {of.unreadableCount > of.unreadable.length
          ? say('unreadableShown', { count: number(of.unreadable.length) })
          : null}
      </Text>
      <Rows
        of={of.unreadable}
        label={say('fault')}
        keyOf={row => String(row.line)}
        empty={null}
        columns={[
          { key: 'line', name: say('line'), cell: row => number(row.line) },
          { key: 'fault', name: say('fault'), isWide: true, cell: row => say(wordOf('fault', row.fault)) },
        ]}
      />
    </Stack>
  )
}
