import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { Rows } from '../controls/list.tsx'
import { Clock } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import type { Target } from './api.ts'
import { TargetStateChip, VerdictWord, waitsForPerson } from './target-state.tsx'
import { words } from './words.ts'

export function TargetTable({ of, empty }: { readonly of: readonly Target[]; readonly empty: ReactNode }) {
  const say = useWords(words)
  return (
    <Rows
      of={of}
      label={say('list')}
      keyOf={row => row.target}
      toneOf={row => (waitsForPerson(row) ? 'warn' : undefined)}
      empty={empty}
      columns={[
        {
          key: 'address',
          name: say('address'),
          isWide: true,
          cell: row => (
            <Link
              to="/takedown/$target"
              params={{ target: row.target }}
              data-row
              className="row-link address"
            >
              {row.canonical}
            </Link>
          ),
        },
        {
          key: 'provider',
          name: say('provider'),
          cell: row => row.provider?.name ?? <span className="quiet">{say('providerUnknown')}</span>,
        },
        { key: 'state', name: say('state'), cell: row => <TargetStateChip of={row.state} /> },
        {
          key: 'rung',
          name: say('rung'),
          cell: row =>
            `${say('rungSaid', { rung: row.rung })}${row.round > 1 ? ` · ${say('roundSaid', { round: row.round })}` : ''}`,
        },
        { key: 'clock', name: say('clock'), cell: row => <Clock endsAt={row.clockEndsAt} /> },
        { key: 'verdict', name: say('verdict'), cell: row => <VerdictWord of={row.verdict} /> },
      ]}
    />
  )
}
