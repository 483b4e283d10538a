import { Group } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Failure } from '../controls/answer.tsx'
import { Empty, Page } from '../controls/page.tsx'
import { wordOf, words as intakeWords } from '../intake/words.ts'
import { useWords } from '../language.tsx'
import * as cases from './api.ts'
import { Assign } from './assign.tsx'
import { BreakGlass } from './break-glass.tsx'
import { CaseState, Flags } from './flags.tsx'
import { HandOver } from './hand-over.tsx'
import { PeoplePart } from './people-part.tsx'
import { words } from './words.ts'

/** A case that is closed to whoever looks. A leader sees its outside, gives it to an officer and lets people in. */
export function LockedCase({ case: id, error }: { readonly case: string; readonly error: unknown }) {
  const say = useWords(words)
  const sayIntake = useWords(intakeWords)
  const query = useQuery({
    queryKey: ['cases', 'outside', id],
    queryFn: () => cases.outside(id),
    retry: false,
  })
  const line = query.data
  if (line === undefined) return query.error === null ? null : <Failure error={error} />
  return (
    <Page
      title={`${line.number} ${sayIntake(wordOf('concern', line.title))}`}
      lead={
        <span className="case-head">
          <Link to="/cases">{say('backToList')}</Link>
          <CaseState of={line.state} />
          <Flags of={line} />
          <span>{line.officer?.name ?? say('unassigned')}</span>
        </span>
      }
      beside={
        <Group gap="xs">
          <Assign of={line} />
          <HandOver of={line} />
        </Group>
      }
    >
      <Empty title={say('locked')} hint={say('lockedHint')}>
        <BreakGlass case={id} />
      </Empty>
      <PeoplePart case={id} />
    </Page>
  )
}
