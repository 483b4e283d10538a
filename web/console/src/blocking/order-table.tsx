import { Group } from '@mantine/core'
import { Link } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useMay } from '../access/session.tsx'
import { Rows } from '../controls/list.tsx'
import { Chip, When } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useLanguage, useWords } from '../language.tsx'
import type { Tone } from '../look.ts'
import { basisName } from '../takedown/statutes.ts'
import type { BlockOrder, Guard, OrderState } from './api.ts'
import { OrderActs } from './order-acts.tsx'
import { words } from './words.ts'

const toneOf: Readonly<Record<OrderState, Tone>> = {
  proposed: 'warn',
  requested: 'warn',
  approved: 'accent',
  published: 'good',
  refused: 'bad',
  lifted: 'plain',
  expired: 'plain',
}

export function OrderTable({
  of,
  empty,
  showsCase,
}: {
  readonly of: readonly BlockOrder[]
  readonly empty: ReactNode
  readonly showsCase: boolean
}) {
  const say = useWords(words)
  const language = useLanguage()
  const may = useMay()
  return (
    <Rows
      of={of}
      label={say('list')}
      keyOf={row => row.order}
      toneOf={row => (row.state === 'proposed' || row.state === 'requested' ? 'warn' : undefined)}
      empty={empty}
      columns={[
        {
          key: 'target',
          name: say('target'),
          isWide: true,
          cell: row => (
            <span className="two-lines">
              {may('takedown.read') ? (
                <Link to="/takedown/$target" params={{ target: row.target }} data-row className="row-link">
                  {row.host}
                </Link>
              ) : (
                row.host
              )}
              <small className="address">{row.canonical}</small>
              {showsCase && may('cases.read') ? (
                <small>
                  <Link to="/cases/$case" params={{ case: row.case }} search={{ tab: 'blocks' }}>
                    {say('toCase')}
                  </Link>
                </small>
              ) : null}
            </span>
          ),
        },
        {
          key: 'state',
          name: say('state'),
          cell: row => (
            <Chip tone={toneOf[row.state]}>
              {row.state === 'requested' && row.approver === 'head'
                ? say('stateRequestedOfHead')
                : say(wordOf('state', row.state))}
            </Chip>
          ),
        },
        { key: 'scope', name: say('scope'), cell: row => say(wordOf('scope', row.scope)) },
        {
          key: 'basis',
          name: say('basis'),
          cell: row => (row.basis === null ? '–' : basisName(row.basis, language)),
        },
        { key: 'guards', name: say('guards'), cell: row => <Guards of={row.guards} /> },
        { key: 'expires', name: say('expires'), cell: row => <When at={row.expiresAt} /> },
        { key: 'acts', name: say('acts'), isAct: true, cell: row => <OrderActs of={row} /> },
      ]}
    />
  )
}

const known: readonly Guard[] = ['critical', 'publicSuffix', 'sharedHost', 'ipAddress', 'notADnsName']

function Guards({ of }: { readonly of: readonly string[] }) {
  const say = useWords(words)
  if (of.length === 0) return <span aria-hidden="true">–</span>
  return (
    <Group gap={4}>
      {of.map(code => {
        const guard = known.find(each => each === code)
        return (
          <span key={code} className="guard">
            {guard === undefined ? code : say(wordOf('guard', guard))}
          </span>
        )
      })}
    </Group>
  )
}
