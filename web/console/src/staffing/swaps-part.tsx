import { Group, Stack, Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { useMay } from '../access/session.tsx'
import { ActButton, useAct } from '../controls/act.tsx'
import { Chip, Part } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as staffing from './api.ts'
import type { Swap } from './api.ts'
import { words } from './roster-words.ts'

const changes = [
  ['staffing', 'swaps'],
  ['staffing', 'duties'],
]

/** Swaps that wait for the one who was asked, or for the leader. Nothing where none does. */
export function SwapsPart() {
  const say = useWords(words)
  const query = useQuery({ queryKey: ['staffing', 'swaps'], queryFn: staffing.swaps, ...live(30) })
  if (query.data === undefined || query.data.length === 0) return null
  return (
    <Part title={say('swaps')} count={query.data.length}>
      <Stack gap="xs">
        {query.data.map(each => (
          <Line key={each.swap} of={each} />
        ))}
      </Stack>
    </Part>
  )
}

function Line({ of }: { readonly of: Swap }) {
  const say = useWords(words)
  const may = useMay()
  const isAnswering = of.isForMe && of.state === 'asked'
  const isDeciding = of.state === 'agreed' && may('staffing.approve') && !of.isForMe
  const act = useAct({
    verb: (isAgreed: boolean) =>
      isAnswering ? staffing.answerSwap(of.swap, isAgreed) : staffing.decideSwap(of.swap, isAgreed),
    changes,
  })
  return (
    <Group justify="space-between" gap="xs">
      <Text size="sm">
        {say('swapLine', { day: of.day, one: of.askedByName, other: of.askedOfName })}{' '}
        <Chip>{say(of.state === 'asked' ? 'waitsColleague' : 'waitsLeader')}</Chip>
      </Text>
      {isAnswering || isDeciding ? (
        <Group gap={6}>
          <ActButton act={act} asked={true} size="xs">
            {say(isAnswering ? 'agree' : 'approve')}
          </ActButton>
          <ActButton act={act} asked={false} size="xs" variant="default">
            {say('refuse')}
          </ActButton>
        </Group>
      ) : null}
    </Group>
  )
}
