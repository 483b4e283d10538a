import { Button, Group, NativeSelect, TextInput } from '@mantine/core'
import { useWords } from '../language.tsx'
import * as audit from './api.ts'
import type { LogFilter } from './api.ts'
import { words } from './flag-words.ts'

const kinds = {
  '': 'kindAll',
  case: 'kindCase',
  exhibit: 'kindExhibit',
  session: 'kindSession',
  approval: 'kindApproval',
  glass: 'kindGlass',
  log: 'kindLog',
} as const

const idShape = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i
export const isId = (text: string) => idShape.test(text)

/** What an auditor looks for: a person, a case, a kind of act; and taking what was found away. */
export function Filter({
  of,
  change,
}: {
  readonly of: LogFilter
  readonly change: (filter: LogFilter) => void
}) {
  const say = useWords(words)
  const field = (name: 'account' | 'case', label: string) => (
    <TextInput
      size="xs"
      label={label}
      value={of[name] ?? ''}
      error={of[name] !== undefined && of[name] !== '' && !isId(of[name]) ? say('wrongId') : undefined}
      onChange={event => change({ ...of, [name]: event.currentTarget.value.trim() })}
    />
  )
  return (
    <Group gap="xs" align="end" role="search" aria-label={say('filter')} mb="xs">
      <NativeSelect
        size="xs"
        label={say('filterKind')}
        value={of.kind ?? ''}
        onChange={event => change({ ...of, kind: event.currentTarget.value })}
        data={Object.entries(kinds).map(([value, word]) => ({ value, label: say(word) }))}
      />
      {field('account', say('filterAccount'))}
      {field('case', say('filterCase'))}
      <Button size="xs" variant="default" onClick={() => void audit.exportSelection(of)}>
        {say('take')}
      </Button>
    </Group>
  )
}
