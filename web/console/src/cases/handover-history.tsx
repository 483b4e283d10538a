import { Text } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Rows } from '../controls/list.tsx'
import { Chip, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { useAgencyName } from '../staffing/agency.tsx'
import * as cases from './api.ts'
import type { Handover } from './api.ts'
import { words } from './handover-words.ts'

/** Through whose hands the case went: from, to, why and when, the latest first. Nothing where it went through none. */
export function HandoverHistory({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const agencyName = useAgencyName()
  const { data: rows = [] } = useQuery({
    queryKey: ['cases', 'handovers', id],
    queryFn: () => cases.handoversOf(id),
  })
  if (rows.length === 0) return null
  const from = (row: Handover) => `${agencyName(row.from)} · ${row.fromOfficer ?? say('nobody')}`
  const to = (row: Handover) => `${agencyName(row.to)} · ${row.toOfficer ?? say('byRulesTaken')}`
  return (
    <Part title={say('history')}>
      <Rows
        of={rows}
        label={say('history')}
        keyOf={row => row.handover}
        empty={null}
        columns={[
          { key: 'from', name: say('from'), cell: from },
          { key: 'to', name: say('to'), cell: to },
          {
            key: 'reason',
            name: say('reason'),
            isWide: true,
            cell: row => (
              <>
                {say(row.reason)}
                {row.words === '' ? null : (
                  <Text size="sm" c="dimmed">
                    {row.words}
                  </Text>
                )}
              </>
            ),
          },
          {
            key: 'at',
            name: say('at'),
            cell: row => (row.isDone ? <When at={row.at} /> : <Chip tone="warn">{say('underWay')}</Chip>),
          },
        ]}
      />
    </Part>
  )
}
