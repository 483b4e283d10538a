import { useQuery } from '@tanstack/react-query'
import { useMay } from '../access/session.tsx'
import { ActButton, useAct } from '../controls/act.tsx'
import { Answer } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { Empty, Page, Part, When } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import { live } from '../server.ts'
import * as operations from './api.ts'
import type { Jobs, PoisonJob } from './api.ts'
import { words } from './words.ts'

const key = ['operations', 'jobs']

/** Jobs that failed for good, their second chance, and how long the queues are. */
export function OperationsPage() {
  const say = useWords(words)
  const query = useQuery({ queryKey: key, queryFn: operations.jobs, ...live(7) })
  return (
    <Page title={say('title')} lead={say('lead')}>
      <Answer of={query}>
        {jobs => (
          <>
            <Failed of={jobs.poison} />
            <Queues of={jobs.queues} />
          </>
        )}
      </Answer>
    </Page>
  )
}

function Failed({ of }: { readonly of: Jobs['poison'] }) {
  const say = useWords(words)
  const may = useMay()
  const retry = useAct({ verb: operations.retry, changes: [key], said: say('retried') })
  return (
    <Part title={say('failed')} count={of.length}>
      <Rows
        of={of}
        label={say('failed')}
        keyOf={row => row.id}
        empty={<Empty title={say('none')} hint={say('noneHint')} />}
        columns={[
          { key: 'queue', name: say('queue'), cell: row => <code>{row.queue}</code> },
          { key: 'fault', name: say('fault'), isWide: true, cell: row => row.fault },
          { key: 'attempts', name: say('attempts'), isFigure: true, cell: row => row.attempts },
          { key: 'failed', name: say('failedAt'), cell: row => <When at={row.failedAt} /> },
          ...(may('operations.change')
            ? [
                {
                  key: 'retry',
                  name: say('retry'),
                  isAct: true,
                  cell: (row: PoisonJob) => (
                    <ActButton act={retry} asked={row} size="xs" variant="default">
                      {say('retry')}
                    </ActButton>
                  ),
                },
              ]
            : []),
        ]}
      />
    </Part>
  )
}

function Queues({ of }: { readonly of: Jobs['queues'] }) {
  const say = useWords(words)
  const { number } = useSaying()
  return (
    <Part title={say('queues')}>
      <Rows
        of={of}
        label={say('queues')}
        keyOf={row => `${row.queue} ${row.state}`}
        empty={<Empty title={say('noQueues')} />}
        columns={[
          { key: 'queue', name: say('queue'), isWide: true, cell: row => <code>{row.queue}</code> },
          { key: 'state', name: say('state'), cell: row => row.state },
          { key: 'count', name: say('count'), isFigure: true, cell: row => number(row.count) },
        ]}
      />
    </Part>
  )
}
