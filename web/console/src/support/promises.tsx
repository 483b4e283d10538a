import { Alert, Switch } from '@mantine/core'
import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useMay } from '../access/session.tsx'
import { roleWord, words as accessWords } from '../access/words.ts'
import { Listing, Rows, useRows } from '../controls/list.tsx'
import { Chip, Clock, Empty, Part, When } from '../controls/page.tsx'
import { useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as support from './api.ts'
import type { CarePromise } from './api.ts'
import { NotePromise, PromiseActs } from './promise-form.tsx'
import { words } from './promise-words.ts'

const stateWord = { open: 'stateOpen', kept: 'stateKept', withdrawn: 'stateWithdrawn' } as const

/** The care plan of a case: what was promised, by whom, until when; overdue first. */
export function CarePlanPart({ case: id }: { readonly case: string }) {
  const say = useWords(words)
  const may = useMay()
  const [settled, setSettled] = useState(false)
  const query = useRows(['support', 'promises', id, settled], after =>
    support.promises({ case: id, settled }, after),
  )
  return (
    <Part title={say('plan')} beside={may('support.promise') ? <NotePromise case={id} /> : null}>
      <Switch
        label={say('showSettled')}
        checked={settled}
        mb="xs"
        onChange={event => setSettled(event.currentTarget.checked)}
      />
      <Listing of={query}>{rows => <Promises of={rows} />}</Listing>
    </Part>
  )
}

function Promises({ of }: { readonly of: readonly CarePromise[] }) {
  const say = useWords(words)
  const may = useMay()
  const owner = useOwner()
  return (
    <Rows
      of={of}
      label={say('plan')}
      keyOf={row => row.promise}
      empty={<Empty title={say('none')} hint={say('noneHint')} />}
      toneOf={row => (row.isOverdue ? 'bad' : undefined)}
      columns={[
        { key: 'what', name: say('what'), isWide: true, cell: row => row.what },
        { key: 'person', name: say('person'), cell: row => say(row.person) },
        { key: 'who', name: say('who'), cell: owner },
        {
          key: 'until',
          name: say('until'),
          cell: row => (row.state === 'open' ? <Clock endsAt={row.until} /> : <When at={row.settledAt} />),
        },
        {
          key: 'state',
          name: say('state'),
          cell: row => (
            <Chip tone={row.isOverdue ? 'bad' : row.state === 'kept' ? 'good' : 'plain'}>
              {row.isOverdue
                ? say('overdue')
                : row.reason === null
                  ? say(stateWord[row.state])
                  : `${say(stateWord[row.state])}: ${say(row.reason)}`}
            </Chip>
          ),
        },
        {
          key: 'acts',
          name: say('acts'),
          isAct: true,
          cell: row => (row.state === 'open' && may('support.promise') ? <PromiseActs of={row} /> : null),
        },
      ]}
    />
  )
}

function useOwner() {
  const say = useWords(words)
  const sayAccess = useWords(accessWords)
  return ({ by }: CarePromise) =>
    by.role === null ? (by.name ?? say('gone')) : say('whoever', { role: sayAccess(roleWord[by.role]) })
}

const stripMax = 5

/**
 * What is owed to victims, the overdue first: of one case, or of all that one sees into. Nothing where nothing is
 * promised.
 */
export function PromiseStrip({ case: id }: { readonly case?: string }) {
  const say = useWords(words)
  const owner = useOwner()
  const query = useQuery({
    queryKey: ['support', 'strip', id ?? 'all'],
    queryFn: () => support.promises({ limit: stripMax, ...(id === undefined ? {} : { case: id }) }),
    ...live(30),
  })
  const { rows = [], overdue = 0 } = query.data ?? {}
  if (rows.length === 0) return null
  return (
    <Alert
      color={overdue > 0 ? 'bad' : 'accent'}
      role="status"
      mb="md"
      title={
        <>
          {say('owed')}
          {overdue === 0 ? null : ` · ${say('overdueCount', { count: overdue })}`}
        </>
      }
    >
      <ul className="sentences">
        {rows.map(row => (
          <li key={row.promise}>
            <Clock endsAt={row.until} />{' '}
            {id === undefined ? (
              <Link to="/cases/$case" params={{ case: row.case }} search={{ tab: 'support' }}>
                {row.number}
              </Link>
            ) : null}{' '}
            {row.what} <span className="quiet">{owner(row)}</span>
          </li>
        ))}
      </ul>
    </Alert>
  )
}
