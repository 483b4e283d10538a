import { useQuery } from '@tanstack/react-query'
import { Answer } from '../controls/answer.tsx'
import { Rows } from '../controls/list.tsx'
import { Empty, Page, Part } from '../controls/page.tsx'
import { wordOf } from '../intake/words.ts'
import { useSaying, useWords } from '../language.tsx'
import type { Tone } from '../look.ts'
import { live } from '../server.ts'
import { useAgencyName } from '../staffing/agency.tsx'
import { targetStates } from '../takedown/api.ts'
import { words as takedownWords } from '../takedown/words.ts'
import * as statistics from './api.ts'
import type { Statistics } from './api.ts'
import { words } from './words.ts'

const scopeWord = { unit: 'scopeUnit', agency: 'scopeAgency', own: 'scopeOwn' } as const

export function StatisticsPage() {
  const say = useWords(words)
  const query = useQuery({ queryKey: ['statistics'], queryFn: statistics.statistics, ...live(15) })
  return (
    <Page
      title={say('title')}
      lead={query.data === undefined ? say('lead') : `${say(scopeWord[query.data.scope])} ${say('lead')}`}
    >
      <Answer of={query} lines={10}>
        {numbers => <Numbers of={numbers} />}
      </Answer>
    </Page>
  )
}

function Numbers({ of }: { readonly of: Statistics }) {
  const say = useWords(words)
  const { number } = useSaying()
  const hours = useHours()
  const { addresses, cases } = of
  const tiles: readonly (readonly [string, string, Tone?])[] = [
    [say('reports'), number(of.reports)],
    [say('casesOpen'), number(cases.open)],
    [say('casesClosed'), number(cases.closed)],
    [say('reported'), number(addresses.reported)],
    [say('found'), number(addresses.found)],
    [say('removed'), number(addresses.removed), 'good'],
    [say('blocked'), number(addresses.blocked)],
    [say('median'), hours(of.medianHoursToRemoval)],
  ]
  return (
    <>
      <dl className="tiles">
        {tiles.map(([name, value, tone]) => (
          <div key={name} className={tone === undefined ? 'tile' : `tile tile-${tone}`}>
            <dt>{name}</dt>
            <dd>{value}</dd>
          </div>
        ))}
      </dl>
      <div className="columns">
        <Part title={say('addresses')}>
          <Bars
            of={[
              [say('removed'), addresses.removed, 'good'],
              [say('blocked'), addresses.blocked, 'accent'],
              [say('notYours'), addresses.notYours ?? 0, 'plain'],
              [say('open'), addresses.open, 'warn'],
            ]}
          />
        </Part>
        <Targets of={of.targetsByState} />
      </div>
      <ByAgency of={of.byAgency} />
    </>
  )
}

function useHours(): (hours: number | null) => string {
  const say = useWords(words)
  const { number } = useSaying()
  return hours =>
    hours === null ? say('noMedian') : say('hours', { hours: number(Math.round(hours * 10) / 10) })
}

function Targets({ of }: { readonly of: Statistics['targetsByState'] }) {
  const say = useWords(words)
  const sayTakedown = useWords(takedownWords)
  const nameOf = (state: string) => {
    const known = targetStates.find(each => each === state)
    return known === undefined ? state : sayTakedown(wordOf('state', known))
  }
  return (
    <Part title={say('targets')}>
      {of.length === 0 ? (
        <Empty title={say('none')} />
      ) : (
        <Bars
          of={of.map(
            each =>
              [nameOf(each.state), each.count, each.state === 'verifiedDown' ? 'good' : 'accent'] as const,
          )}
        />
      )}
    </Part>
  )
}

/** Bars with their figures beside them: the length is for the eye, the figure says it. */
function Bars({ of }: { readonly of: readonly (readonly [string, number, Tone])[] }) {
  const say = useWords(words)
  const { number } = useSaying()
  const sum = of.reduce((all, [, count]) => all + count, 0)
  const most = Math.max(1, ...of.map(([, count]) => count))
  return (
    <ul className="bars">
      {of.map(([name, count, tone]) => (
        <li key={name}>
          <span>{name}</span>
          <span className="bar" aria-hidden="true">
            <span className={`bar-fill bar-${tone}`} style={{ width: `${(count / most) * 100}%` }} />
          </span>
          <span className="bar-figure">
            {say('share', { count: number(count), share: sum === 0 ? 0 : Math.round((count / sum) * 100) })}
          </span>
        </li>
      ))}
    </ul>
  )
}

function ByAgency({ of }: { readonly of: Statistics['byAgency'] }) {
  const say = useWords(words)
  const { number } = useSaying()
  const hours = useHours()
  const agencyName = useAgencyName()
  return (
    <Part title={say('byAgency')}>
      <Rows
        of={of}
        label={say('byAgency')}
        keyOf={row => row.agency}
        empty={<Empty title={say('none')} />}
        columns={[
          { key: 'agency', name: say('agency'), isWide: true, cell: row => agencyName(row.agency) },
          { key: 'reports', name: say('reports'), isFigure: true, cell: row => number(row.reports) },
          { key: 'open', name: say('casesOpen'), isFigure: true, cell: row => number(row.cases.open) },
          { key: 'closed', name: say('casesClosed'), isFigure: true, cell: row => number(row.cases.closed) },
          {
            key: 'removed',
            name: say('removed'),
            isFigure: true,
            cell: row => number(row.addresses.removed),
          },
          {
            key: 'blocked',
            name: say('blocked'),
            isFigure: true,
            cell: row => number(row.addresses.blocked),
          },
          { key: 'left', name: say('open'), isFigure: true, cell: row => number(row.addresses.open) },
          {
            key: 'median',
            name: say('median'),
            isFigure: true,
            cell: row => hours(row.medianHoursToRemoval),
          },
        ]}
      />
    </Part>
  )
}
