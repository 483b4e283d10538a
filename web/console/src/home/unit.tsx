import { useQuery } from '@tanstack/react-query'
import { Link } from '@tanstack/react-router'
import { Answer } from '../controls/answer.tsx'
import { Chip, Empty, Part, When } from '../controls/page.tsx'
import { useSaying, useWords } from '../language.tsx'
import * as operations from '../operations/api.ts'
import { live } from '../server.ts'
import * as staffing from '../staffing/api.ts'
import { breachWords, words as staffingWords } from '../staffing/words.ts'
import * as statistics from '../statistics/api.ts'
import { words } from './words.ts'

/** For whoever sees no case: the unit in five numbers. */
export function Numbers() {
  const say = useWords(words)
  const { number } = useSaying()
  const query = useQuery({ queryKey: ['statistics'], queryFn: statistics.statistics, ...live(15) })
  return (
    <Answer of={query} lines={2}>
      {of => (
        <dl className="tiles">
          {(
            [
              [say('reports'), of.reports],
              [say('open'), of.cases.open],
              [say('removed'), of.addresses.removed],
              [say('blocked'), of.addresses.blocked],
            ] as const
          ).map(([name, value]) => (
            <div key={name} className="tile">
              <dt>{name}</dt>
              <dd>{number(value)}</dd>
            </div>
          ))}
        </dl>
      )}
    </Answer>
  )
}

export function Breaches() {
  const say = useWords(words)
  const sayStaffing = useWords(staffingWords)
  const { either } = useSaying()
  const query = useQuery({ queryKey: ['staffing', 'table'], queryFn: staffing.staffing, ...live(15) })
  const broken = query.data?.rows.filter(row => row.breaches.length > 0)
  return (
    <Part title={say('breaches')} count={broken?.length} beside={<All to="/staffing" />}>
      <Answer of={query}>
        {() =>
          broken === undefined || broken.length === 0 ? (
            <Empty title={say('noBreaches')} />
          ) : (
            <ul className="lines">
              {broken.map(row => (
                <li key={row.agency}>
                  <strong>{either(row)}</strong>
                  <span className="spring" />
                  {row.breaches.map(code => (
                    <Chip key={code} tone="bad">
                      {breachWords[code] === undefined ? code : sayStaffing(breachWords[code])}
                    </Chip>
                  ))}
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Part>
  )
}

export function FailedJobs() {
  const say = useWords(words)
  const query = useQuery({ queryKey: ['operations', 'jobs'], queryFn: operations.jobs, ...live(10) })
  return (
    <Part title={say('jobs')} count={query.data?.poison.length} beside={<All to="/operations" />}>
      <Answer of={query}>
        {({ poison }) =>
          poison.length === 0 ? (
            <Empty title={say('noJobs')} />
          ) : (
            <ul className="lines">
              {poison.slice(0, 6).map(job => (
                <li key={job.id}>
                  <code>{job.queue}</code>
                  <span className="spring" />
                  <When at={job.failedAt} />
                </li>
              ))}
            </ul>
          )
        }
      </Answer>
    </Part>
  )
}

function All({ to }: { readonly to: '/staffing' | '/operations' }) {
  const say = useWords(words)
  return (
    <Link to={to} className="small-link">
      {say('all')}
    </Link>
  )
}
