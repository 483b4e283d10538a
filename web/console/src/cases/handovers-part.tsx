import { Alert, Group, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useMay } from '../access/session.tsx'
import { ActButton, useAct } from '../controls/act.tsx'
import { useSaying, useWords } from '../language.tsx'
import { live } from '../server.ts'
import { useAgencyName } from '../staffing/agency.tsx'
import * as cases from './api.ts'
import type { Handover } from './api.ts'
import { words } from './handover-words.ts'

const key = ['cases', 'handovers']

/** Tells a leader which cases came from other agencies, until note is taken. Nothing where there is none. */
export function HandoversPart() {
  const say = useWords(words)
  const isLeader = useMay()('cases.handOver')
  const query = useQuery({ queryKey: key, queryFn: cases.handovers, enabled: isLeader, ...live(15) })
  if (query.data === undefined || query.data.length === 0) return null
  return (
    <Alert color="warn" role="status" title={say('arrived')} mb="md">
      {query.data.map(each => (
        <Arrived key={each.handover} of={each} />
      ))}
    </Alert>
  )
}

function Arrived({ of }: { readonly of: Handover }) {
  const say = useWords(words)
  const { when } = useSaying()
  const agencyName = useAgencyName()
  const act = useAct({ verb: () => cases.noteHandover(of.handover), changes: [key] })
  const line = say('line', {
    number: of.number,
    from: agencyName(of.from),
    reason: say(of.reason),
    at: when(of.at),
    officer: of.officer ?? say('nobody'),
  })
  return (
    <Group justify="space-between" gap="xs" wrap="nowrap">
      <div>
        <Link to="/cases/$case" params={{ case: of.case }} search={{}}>
          {line}
        </Link>
        <Text size="sm">{of.words}</Text>
      </div>
      <ActButton
        act={act}
        asked={undefined}
        size="xs"
        variant="default"
        aria-label={`${say('noted')}: ${of.number}`}
      >
        {say('noted')}
      </ActButton>
    </Group>
  )
}
